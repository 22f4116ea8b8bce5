//! A comparison as SARIF: a result for each group of answers that change alike, at what made them change, and one for
//! each new disclosure, each invariant that was taken back and each gate that denies.

use super::{
    Comparison, Different, Found, Naming, fingerprint, fingerprint_of_disclosure, group, named, placed, renamed,
    selection, worlds,
};
use crate::diff::{Difference, Direction, Disclosed, Group, Location, Reasons, Side, Step, Thing, Verdict};
use crate::language::Position;
use crate::project::FILE;
use crate::project::side::Side as SideOfProject;
use crate::report::sarif::RESULTS;
use crate::report::sarif::log::SARIF_HEAD;
use crate::report::sarif::log::{self, Artifact, Configuration, Descriptor, Message, Physical, Region, SarifResult};
use crate::resolve::Entries;
use crate::text::{counted, sum};
use crate::worlds::Row;

/// What a result is about.
#[derive(Clone, Copy)]
struct Rule {
    id: &'static str,
    is: &'static str,
    level: &'static str,
}

const GAIN: Rule = Rule { id: "diff::gain", is: "more is seen of presence", level: "warning" };
const LOSS: Rule = Rule { id: "diff::loss", is: "less is seen of presence", level: "note" };
const OTHER_VALUE: Rule =
    Rule { id: "diff::other-value", is: "another value is seen in place of the owner's", level: "note" };
const GAIN_IN_WORLDS: Rule =
    Rule { id: "diff::gain-in-worlds", is: "somebody gains something in some world", level: "warning" };
const NEW_DISCLOSURE: Rule = Rule { id: "diff::new-disclosure", is: "something leaves that did not", level: "warning" };
const REMOVED_INVARIANT: Rule =
    Rule { id: "diff::removed-invariant", is: "an invariant is gone, or lacks a clause that it had", level: "warning" };
const DENIED: Rule = Rule { id: "diff::denied", is: "a gate denies the change, or cannot be decided", level: "error" };
const RULES: [Rule; 7] = [GAIN, LOSS, OTHER_VALUE, GAIN_IN_WORLDS, NEW_DISCLOSURE, REMOVED_INVARIANT, DENIED];

/// Whether a text is such a log: the first rule of other logs of ours is another one.
pub fn is_sarif(text: &str) -> bool {
    let rules = text.strip_prefix(SARIF_HEAD).and_then(|rest| rest.split_once("\"rules\":[{\"id\":\""));
    rules.is_some_and(|(_, first)| first.starts_with(GAIN.id))
}

/// The log.
pub fn sarif(comparison: Comparison<'_>) -> String {
    let recorded = (comparison.entries == Entries::Recorded).then(|| "on the recorded entries".to_owned());
    let mut notes: Vec<String> =
        recorded.into_iter().chain(renamed::lines(comparison)).chain(selection::lines(comparison)).collect();
    let mut results: Vec<SarifResult> = match comparison.found {
        Found::Same(_) => Vec::new(),
        Found::Different(of) => Results { comparison, different: of }.all(&mut notes),
    };
    if let Found::Different(Different { compared: Err(why), everywhere, .. }) = comparison.found {
        notes.push(super::instead(why, everywhere));
    }
    let more = results.len().saturating_sub(RESULTS);
    if more > 0 {
        results.truncate(RESULTS);
        notes.push(format!("{more} more results have no room here"));
    }
    let rules = RULES.iter().map(|rule| Descriptor {
        id: rule.id,
        short_description: Message::new(rule.is),
        full_description: None,
        help: None,
        default_configuration: Configuration { enabled: true, level: rule.level },
    });
    log::log(rules.collect(), results, notes, None)
}

/// What results are made from.
#[derive(Clone, Copy)]
struct Results<'c> {
    comparison: Comparison<'c>,
    different: Different<'c>,
}

/// A result, but for what all have.
struct Said {
    rule: Rule,
    words: String,
    fingerprint: String,
}

impl<'c> Results<'c> {
    /// All results, the heaviest first. Where nobody may be named, an answer that only the directory made change is
    /// left out.
    fn all(self, notes: &mut Vec<String>) -> Vec<SarifResult> {
        let Comparison { selection, gates, .. } = self.comparison;
        let mut results: Vec<SarifResult> =
            gates.iter().filter(|gate| !gate.passed()).map(|gate| self.gate(gate)).collect();
        let (of_people, told): (Vec<_>, Vec<_>) =
            self.different.groups().partition(|(group, reasons)| self.is_of_people(group, *reasons));
        results.extend(told.into_iter().map(|(group, reasons)| self.group(group, reasons)));
        if !of_people.is_empty() {
            let groups = counted(of_people.len(), "group");
            notes.push(format!("{groups} of answers that the directory made change, left out since nobody is named"));
        }
        if let Some(everywhere) = self.different.everywhere.filter(|_| selection.has_effect()) {
            let gains = everywhere.rows.iter().filter(|row| row.direction == Direction::Gains);
            results.extend(gains.map(|row| self.gain_in_worlds(row)));
            let unknown = worlds::unknown(everywhere).into_iter();
            notes.extend(unknown.map(|(word, why, names)| {
                named(&format!("{word} in every world: {}: {why}", names.join(", ")), self.different.naming)
                    .into_owned()
            }));
        }
        let is_new = |of: &&Disclosed| of.direction() == Some(Direction::Gains);
        results.extend(self.different.outcome.disclosures.iter().filter(is_new).map(|of| self.disclosure(of)));
        if selection.has_structure() {
            let taken_back = self.different.structure.iter().filter(|difference| difference.takes_back());
            results.extend(taken_back.map(|difference| self.invariant(difference)));
        }
        results
    }

    /// True of a finding about somebody who is only counted: one answer, and everything that made it change is a
    /// fact of the directory. Of several answers, causes are known of one alone, and a policy can have made the others
    /// change.
    fn is_of_people(self, group: &Group, reasons: Option<&Reasons>) -> bool {
        let Some(Reasons { causes, .. }) = reasons.filter(|reasons| !reasons.causes.has_more) else { return false };
        let mut items = causes.sets.iter().flatten().peekable();
        self.different.naming == Naming::Counts
            && group.known + group.open == 1
            && items.peek().is_some()
            && items.all(|item| item.thing.is_of_directory())
    }

    fn group(self, group: &Group, reasons: Option<&Reasons>) -> SarifResult {
        let of = self.different;
        let (rule, what) = match group.direction {
            Direction::Gains => (GAIN, "more is seen"),
            Direction::Loses => (LOSS, "less is seen"),
            Direction::Differs => (OTHER_VALUE, "another value is seen"),
        };
        let mut words = format!(
            "{}: {what} of {}; by {}; {} of known people, {} of open classes; e.g. {}",
            group::what(group),
            group::owners(of, group),
            group::viewers(of, group),
            counted(group.known, "answer"),
            group.open,
            group::example(of, &group.witness)
        );
        let causes: Vec<_> = reasons.iter().flat_map(|reasons| reasons.causes.sets.iter().flatten()).collect();
        match causes.as_slice() {
            [] if reasons.is_none() => words.push_str("; causes were not sought"),
            [] => {}
            [first, more @ ..] => {
                // They are those of the example; other answers of the group may have others.
                words.push_str(&format!(", because {}", group::called(of, first)));
                if !more.is_empty() {
                    words.push_str(&format!(" and {}", counted(more.len(), "other cause")));
                }
            }
        }
        let mut places = causes.iter().filter_map(|item| Some((placed(of, item)?.1, group::called(of, item))));
        let first = places.next().map(|(place, _)| place);
        let causes = places.map(|(place, words)| (self.physical(place), words));
        let why = reasons.and_then(|reasons| reasons.why.first()).map(Vec::as_slice).unwrap_or_default();
        let steps = why.iter().filter(|_| of.naming == Naming::People).filter_map(|step| self.step(step));
        let related = causes.chain(steps).enumerate().map(|(index, (place, words))| log::Location {
            id: Some(index + 1),
            physical_location: place,
            message: Some(Message::new(words)),
        });
        let said = Said { rule, words, fingerprint: fingerprint(group) };
        SarifResult {
            occurrence_count: Some(group.known + group.open),
            related_locations: related.collect(),
            ..self.result(said, first)
        }
    }

    /// A step that one side alone takes, where it stands.
    fn step(self, step: &Step) -> Option<(Physical, String)> {
        let (side, span) = (step.side?, step.sentence.at?);
        let (sources, side) = (self.different.sources_of(step), if side == Side::Base { "BASE" } else { "HEAD" });
        let place =
            Location { path: sources.path(span.file).to_owned(), start: sources.start(span), end: sources.end(span) };
        Some((self.physical(&place), format!("{side}: {}", group::sentence(step))))
    }

    fn disclosure(self, of: &Disclosed) -> SarifResult {
        let leaving = &of.leaving;
        let outside = match (of.external, of.new_recipient) {
            (true, true) => ", outside, who got nothing before",
            (true, false) => ", outside",
            _ => "",
        };
        let words =
            format!("{}: {} {}{outside}; {}", leaving.feature, leaving.item, leaving.goes, super::disclosed(of.change));
        let is_it = |it: &&Difference| it.thing == Thing::Feature && it.name == leaving.feature;
        let parts = self.different.structure.iter().find(is_it).map(|it| it.parts.as_slice()).unwrap_or_default();
        let place = parts.iter().find_map(|part| part.places[1].as_ref().or(part.places[0].as_ref()));
        let said = Said { rule: NEW_DISCLOSURE, words, fingerprint: fingerprint_of_disclosure(of) };
        self.result(said, place)
    }

    /// What somebody gains in some world.
    fn gain_in_worlds(self, row: &Row) -> SarifResult {
        let changes = worlds::changes(&row.changes);
        let places = worlds::places(row).join("; ");
        let words = named(&format!("{changes}; {places}"), self.different.naming).into_owned();
        let names: Vec<String> = row.changes.iter().map(|it| worlds::name(&it.decided)).collect();
        let fingerprint = sum::fingerprint(&format!("gain in worlds {}\n{places}\n", names.join(", ")));
        self.result(Said { rule: GAIN_IN_WORLDS, words, fingerprint }, None)
    }

    fn invariant(self, of: &Difference) -> SarifResult {
        let lost: Vec<&str> = of.parts.iter().filter_map(|part| part.says[0].as_deref()).collect();
        let lost = lost.join("; ");
        let (name, lost) = (named(&of.name, self.different.naming), named(&lost, self.different.naming));
        let words = match of.only {
            Some(_) => format!("invariant \"{name}\" is gone"),
            None => format!("invariant \"{name}\" does not say any more: {lost}"),
        };
        let fingerprint = sum::fingerprint(&format!("invariant {name}\n{lost}\n"));
        let said = Said { rule: REMOVED_INVARIANT, words, fingerprint };
        self.result(said, of.places[1].as_ref().or(of.places[0].as_ref()))
    }

    /// A gate that did not pass.
    fn gate(self, gate: &Verdict) -> SarifResult {
        let verb = if gate.is_undecided() { "is undecided:" } else { "denies" };
        let found = format!("{verb} {}", super::gates::found(gate));
        let words = format!("gate {} {found}; limit {}", gate.name, gate.limit);
        let fingerprint = sum::fingerprint(&format!("gate {}\n", gate.name));
        self.result(Said { rule: DENIED, words, fingerprint }, None)
    }

    /// A place by its path in the repository: in HEAD, or in BASE where that alone has the project.
    fn physical(self, place: &Location) -> Physical {
        let [base, head] = self.comparison.sides;
        let side = if head.has_project() { head } else { base };
        Physical {
            artifact_location: Artifact::new(&side.located(&place.path)),
            region: Region {
                start_line: place.start.line,
                start_column: place.start.column,
                end_line: place.end.line,
                end_column: place.end.column,
            },
        }
    }

    /// A result. What has no place of its own stands at the project file, since none would be shown without a place.
    fn result(self, said: Said, place: Option<&Location>) -> SarifResult {
        let nowhere = || {
            let first = Position { line: 1, column: 1 };
            self.comparison
                .sides
                .iter()
                .any(SideOfProject::has_project)
                .then(|| self.physical(&Location { path: FILE.to_owned(), start: first, end: first }))
        };
        let place = place.map(|place| self.physical(place)).or_else(nowhere);
        let location = |place| log::Location { id: None, physical_location: place, message: None };
        SarifResult {
            rule_id: said.rule.id,
            rule_index: RULES.iter().position(|rule| rule.id == said.rule.id),
            level: said.rule.level,
            message: Message::new(said.words),
            baseline_state: None,
            occurrence_count: None,
            locations: place.into_iter().map(location).collect(),
            related_locations: Vec::new(),
            fixes: Vec::new(),
            partial_fingerprints: log::fingerprints(said.fingerprint),
        }
    }
}
