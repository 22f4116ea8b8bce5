//! Findings as SARIF 2.1.0.

pub(in crate::report) mod log;

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::telling::{Room, Telling, Told, identity};
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Severity, Sources, Span};
use crate::lint::{Fixes, RULES, document};
use crate::text::sum;
use log::{
    Artifact, ArtifactChange, Configuration, Descriptor, Help, Location, Message, Physical, Properties, Region,
    Replacement, SarifFix, SarifResult, fingerprints, uri,
};

/// How many results GitHub's code scanning takes in of one run.
pub(in crate::report) const RESULTS: usize = 5000;

/// The log of one run.
pub fn sarif(sources: &Sources, telling: &Telling<'_>, invariants: usize) -> String {
    let rules = descriptors();
    let index: HashMap<&'static str, usize> = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let mut room = Room::new(|()| RESULTS);
    let shown = telling.within(|_| room.take(()));
    let mut results = Results { sources, telling, index, seen: BTreeMap::new() };
    let results = shown.told.into_iter().map(|told| results.result(told)).collect();
    let properties = (invariants > 0).then_some(Properties { invariants_not_proved: invariants });
    log::log(rules, results, shown.rest.into_iter().collect(), properties)
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
    telling: &'a Telling<'a>,
    /// The rules by their names.
    index: HashMap<&'static str, usize>,
    /// How often each has been seen of what fingerprints are made of.
    seen: BTreeMap<String, usize>,
}

impl Results<'_> {
    fn result(&mut self, told: &Told<'_>) -> SarifResult {
        let (sources, diagnostic) = (self.sources, told.first);
        let sentence = [Some(diagnostic.sentence()), super::finding::followers(diagnostic), self.telling.more(told)];
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
            occurrence_count: several.then_some(told.count()),
            locations,
            related_locations: related
                .map(|(index, (span, words))| location(sources, Some(index + 1), span, words))
                .collect(),
            // An edit that mends the first only would not mend the result.
            fixes: if several { Vec::new() } else { fixes(sources, diagnostic) },
            partial_fingerprints: fingerprints(fingerprint(sources, told, &mut self.seen)),
        }
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
        artifact_location: Artifact { uri: uri(sources.path(file)) },
        replacements,
    };
    vec![SarifFix {
        description: Message { text: fix.title.clone() },
        artifact_changes: changes.into_iter().map(change).collect(),
    }]
}

fn physical(sources: &Sources, span: Span) -> Physical {
    Physical { artifact_location: Artifact { uri: uri(sources.path(span.file)) }, region: region(sources, span) }
}

fn region(sources: &Sources, span: Span) -> Region {
    let (start, end) = (sources.start(span), sources.end(span));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// What stays when lines move: the code, the file, and the text of the line; of several findings, what they have in
/// common. The same again gets a number.
fn fingerprint(sources: &Sources, told: &Told<'_>, seen: &mut BTreeMap<String, usize>) -> String {
    let diagnostic = told.first;
    let key = match diagnostic.span() {
        _ if told.count() > 1 => identity(sources, diagnostic),
        Some(span) => {
            let line = sources.line(span).trim();
            format!("{}\n{}\n{line}", diagnostic.code.name(), sources.path(span.file))
        }
        None => diagnostic.code.name().to_owned(),
    };
    let hash = sum::fingerprint(&key);
    let count = seen.entry(key).or_insert(0);
    *count += 1;
    format!("{hash}:{count}")
}
