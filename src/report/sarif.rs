//! Findings as SARIF 2.1.0.

pub(in crate::report) mod log;

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::telling::{Room, Shown, Telling, Told, identity};
use super::{Beside, Since};
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Severity, Sources, Span};
use crate::lint::{Fixes, RULES, document};
use crate::text::{Fingerprints, sum};
use log::{
    Artifact, ArtifactChange, Configuration, Descriptor, Help, Location, Message, Physical, Properties, Region,
    Replacement, SarifFix, SarifResult, fingerprints,
};

/// How many results GitHub's code scanning takes in of one run.
pub(in crate::report) const RESULTS: usize = 5000;

/// The log of one run. What there was before is among the results, as the standard wants it: whoever takes the log in
/// would believe otherwise that it has gone.
pub fn sarif(sources: &Sources, telling: &Telling<'_>, beside: Beside<'_>) -> String {
    let rules = descriptors();
    let index: HashMap<&'static str, usize> = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let mut room = Room::new(|()| RESULTS);
    let new = telling.within(|_| room.take(()));
    let old = beside.since.map(|Since { old, .. }| (old, old.within(|_| room.take(()))));
    let mut results = Results { sources, index, prints: Fingerprints::new(sources), seen: BTreeMap::new() };
    // They have the fingerprints that they had.
    let unchanged = old.as_ref().map(|(telling, old)| results.all(telling, old, Some("unchanged")));
    let mut all = results.all(telling, &new, unchanged.as_ref().map(|_| "new"));
    all.extend(unchanged.into_iter().flatten());
    let left_out = new.rest.into_iter().chain(old.and_then(|(_, old)| old.rest));
    let properties = (beside.invariants > 0).then_some(Properties { invariants_not_proved: beside.invariants });
    log::log(rules, all, left_out.collect(), properties)
}

/// Everything that can be found: lints, and the errors of every other stage.
fn descriptors() -> Vec<Descriptor> {
    let lints = RULES.iter().map(|rule| Descriptor {
        id: rule.code.name(),
        short_description: Message::new(rule.code.title()),
        full_description: Some(Message::new(rule.what())),
        help: Some(Help {
            text: match rule.fixes {
                Fixes::None => rule.why(),
                Fixes::Safe | Fixes::Unsafe => format!("{} A fix is offered where one is known.", rule.why()),
            },
            markdown: document(rule),
        }),
        default_configuration: Configuration {
            enabled: rule.level.severity().is_some(),
            level: level(rule.code.severity()),
        },
    });
    let codes = code::all().map(|code| Descriptor {
        id: code.name(),
        short_description: Message::new(code.title()),
        full_description: None,
        help: None,
        default_configuration: Configuration { enabled: true, level: level(code.severity()) },
    });
    lints.chain(codes).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

/// What results are made from.
struct Results<'a> {
    sources: &'a Sources,
    /// The rules by their names.
    index: HashMap<&'static str, usize>,
    prints: Fingerprints<'a>,
    /// How often each fingerprint has been seen.
    seen: BTreeMap<u64, usize>,
}

impl Results<'_> {
    fn all(&mut self, telling: &Telling<'_>, shown: &Shown<'_, '_>, state: Option<&'static str>) -> Vec<SarifResult> {
        shown.told.iter().map(|told| self.result(told, telling, state)).collect()
    }

    fn result(&mut self, told: &Told<'_>, telling: &Telling<'_>, state: Option<&'static str>) -> SarifResult {
        let (sources, diagnostic) = (self.sources, told.first);
        let sentence = [Some(diagnostic.sentence()), super::finding::followers(diagnostic), telling.more(told)];
        let several = told.count() > 1;
        let mut labels = diagnostic.labels.iter();
        let locations =
            labels.next().map(|label| location(sources, None, label.span, &label.text)).into_iter().collect();
        let others = told.next_places().filter_map(|other| Some((other.span()?, other.message.as_str())));
        let related = labels.map(|label| (label.span, label.text.as_str())).chain(others).enumerate();
        SarifResult {
            rule_id: diagnostic.code.name(),
            rule_index: self.index.get(diagnostic.code.name()).copied(),
            level: level(diagnostic.severity),
            message: Message { text: sentence.into_iter().flatten().collect::<Vec<_>>().join("; ") },
            baseline_state: state,
            occurrence_count: several.then_some(told.count()),
            locations,
            related_locations: related
                .map(|(index, (span, words))| location(sources, Some(index + 1), span, words))
                .collect(),
            // An edit that mends the first only would not mend the result.
            fixes: if several { Vec::new() } else { fixes(sources, diagnostic) },
            partial_fingerprints: fingerprints(self.fingerprint(told)),
        }
    }

    /// What stays when lines move; of several findings, what they have in common. The same again gets a number.
    fn fingerprint(&mut self, told: &Told<'_>) -> String {
        let hash = match told.count() {
            1 => self.prints.fingerprint(told.first).sum,
            _ => sum::go_on(sum::EMPTY, identity(self.sources, told.first).as_bytes()),
        };
        let count = self.seen.entry(hash).or_insert(0);
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}

fn location(sources: &Sources, id: Option<usize>, span: Span, words: &str) -> Location {
    let message = (!words.is_empty()).then(|| Message { text: words.to_owned() });
    Location { id, physical_location: physical(sources, span), message }
}

fn fixes(sources: &Sources, diagnostic: &Diagnostic) -> Vec<SarifFix> {
    let Some(fix) = &diagnostic.fix else { return Vec::new() };
    let mut changes: IndexMap<FileId, Vec<Replacement>> = IndexMap::new();
    for edit in &fix.edits {
        changes.entry(edit.span.file).or_default().push(Replacement {
            deleted_region: region(sources, edit.span),
            inserted_content: Message { text: edit.text.clone() },
        });
    }
    let change = |(file, replacements): (FileId, Vec<Replacement>)| ArtifactChange {
        artifact_location: Artifact::new(sources.path(file)),
        replacements,
    };
    vec![SarifFix {
        description: Message { text: fix.title.clone() },
        artifact_changes: changes.into_iter().map(change).collect(),
    }]
}

fn physical(sources: &Sources, span: Span) -> Physical {
    Physical { artifact_location: Artifact::new(sources.path(span.file)), region: region(sources, span) }
}

fn region(sources: &Sources, span: Span) -> Region {
    let (start, end) = (sources.start(span), sources.end(span));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}
