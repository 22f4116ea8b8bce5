//! Fixes as edits of texts, and the proof that they changed no decision.

use std::collections::BTreeMap;

use super::registry::find;
use super::rule::Fixes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Network, UserId};
use crate::resolve::{Answer, Cast, RuleSet, Somebody, decide_field, decide_use};
use crate::syntax::ast::Shape;
use crate::text::{FileId, Sources};

/// A fix that was not applied, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// The code of the finding.
    pub code: &'static str,
    /// The reason.
    pub why: &'static str,
}

/// The texts that fixes of findings change, with the number of fixes in them. Of two that overlap the first is applied;
/// the next round sees what became of the other. Files that cannot be written are left alone.
pub fn apply(
    sources: &Sources,
    findings: &[Diagnostic],
    with_unsafe: bool,
    writable: impl Fn(FileId) -> bool,
) -> (BTreeMap<FileId, String>, usize, Vec<Skipped>) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut skipped = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let Some(rule) = find(finding.code.name()) else { continue };
        if rule.fixes == Fixes::Unsafe && !with_unsafe {
            skipped.push(Skipped { code: finding.code.name(), why: "it changes decisions; --unsafe-fixes applies it" });
            continue;
        }
        let overlaps = |edit: &Edit| {
            taken.iter().any(|other| {
                let same = other.span == edit.span && other.text == edit.text;
                let apart = edit.span.end <= other.span.start || other.span.end <= edit.span.start;
                edit.span.file == other.span.file && (same || !apart)
            })
        };
        if fix.edits.iter().any(|edit| !writable(edit.span.file) || overlaps(edit)) {
            continue;
        }
        taken.extend(&fix.edits);
        count += 1;
    }
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in taken {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    let edited = by_file.into_iter().map(|(file, edits)| (file, edit(sources.text(file), edits))).collect();
    (edited, count, skipped)
}

fn edit(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        edited.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

/// True if two sets decide alike: the same owners, and for each of them every field for everybody; and every feature
/// for the people and meetings of the directory. Names are compared, since ids differ between sets.
pub fn same_decisions(before: &RuleSet, after: &RuleSet) -> bool {
    decisions(before) == decisions(after)
}

type Seen = BTreeMap<(String, String, String), Option<String>>;

fn decisions(rules: &RuleSet) -> Seen {
    let model = rules.model();
    let mut seen = Seen::new();
    for owner in model.users.ids() {
        let address = model.people[model.users[owner].person].address.to_string();
        for (name, viewer) in viewers(rules, owner) {
            for field in model.fields.ids() {
                let decision = decide_field(rules, viewer, owner, field);
                let field_of = &model.fields[field];
                let answer = match decision.answer {
                    Answer::Hidden => continue, // a field that is gone is hidden too
                    Answer::Visible => "visible".to_owned(),
                    Answer::Altered(value) => {
                        field_of.kind.as_ref().map(|kind| model.value_name(kind, value)).unwrap_or_default()
                    }
                };
                seen.insert((address.clone(), name.clone(), model.field_name(field)), Some(answer));
            }
            features(
                rules,
                Shape::Viewer,
                &address,
                &name,
                &Cast::view(viewer, Somebody::user(model, owner)),
                &mut seen,
            );
        }
        let alone = Cast::view(Somebody::user(model, owner), Somebody::user(model, owner));
        features(rules, Shape::User, &address, "", &alone, &mut seen);
        for (name, peer) in viewers(rules, owner) {
            features(rules, Shape::Party, &address, &name, &Cast::view(Somebody::user(model, owner), peer), &mut seen);
        }
    }
    for (meeting, of) in model.meetings.iter() {
        for (person, role, _) in &of.participants {
            let asker = person.map_or(Somebody::ANONYMOUS, |person| Somebody::known(model, person));
            let name = person.map_or("anonymous".to_owned(), |person| model.people[person].address.to_string());
            let other = Somebody::user(model, of.organizer);
            let cast = Cast { meeting: Some(meeting), role: Some(*role), ..Cast::view(asker, other) };
            features(rules, Shape::Participant, &of.name, &name, &cast, &mut seen);
        }
    }
    seen
}

/// Everybody by name, and one for each way to be nobody in particular.
fn viewers(rules: &RuleSet, owner: UserId) -> Vec<(String, Somebody)> {
    let model = rules.model();
    let mut viewers = Vec::new();
    for person in model.people.ids().filter(|person| *person != model.users[owner].person) {
        // Whom only an entry names is as good as anybody of the domain once the entry is gone.
        viewers.push((model.people[person].address.to_string(), Somebody::known(model, person)));
    }
    for class in rules.classes(owner).into_iter().filter(crate::resolve::Class::is_open) {
        let name = match class.representative.domain {
            Some(domain) => {
                let exact = if class.representative.exact_domain { "" } else { "*." };
                format!("{exact}{}", model.domains[domain].name)
            }
            None => class.representative.network.name().to_owned(),
        };
        viewers.push((name, class.representative));
    }
    viewers.push((Network::Other.name().to_owned(), Somebody::ANONYMOUS));
    viewers
}

fn features(rules: &RuleSet, shape: Shape, first: &str, second: &str, cast: &Cast, seen: &mut Seen) {
    let model = rules.model();
    for (feature, of) in model.features.iter().filter(|(_, of)| of.shape == shape) {
        if decide_use(rules, feature, cast).available {
            seen.insert((first.to_owned(), second.to_owned(), of.declared.name.clone()), None);
        }
    }
}
