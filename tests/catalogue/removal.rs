//! Takes each rule, requirement, disclosure and storage out of the catalogue in turn, and wants some check to notice.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use prescope::project::Project;
use prescope::syntax::ast::{Extend, FeatureItem, ItemKind};
use prescope::syntax::parse;
use prescope::text::Sources;

use super::{Facts, files, nothing_of};

/// A line of the catalogue: the file it stands in, and from where to where.
struct Line {
    file: usize,
    start: usize,
    end: usize,
}

/// The place of a line of a feature or guard; None if the line is none of those we take out.
fn place(item: &FeatureItem, text: &str) -> Option<(usize, usize)> {
    let (start, end) = match item {
        FeatureItem::Rule(rule) => (rule.it.doc.as_ref().map_or(rule.span.start, |doc| doc.span.start), rule.span.end),
        FeatureItem::Discloses(line) => (line.span.start, line.span.end),
        FeatureItem::Stores(line) => (line.span.start, line.span.end),
        FeatureItem::Requires(names) => {
            let (first, last) = (names.first()?, names.last()?);
            (text[..first.span.start as usize].rfind("requires")? as u32, last.span.end)
        }
        _ => return None,
    };
    Some((start as usize, end as usize))
}

/// Every line that can be taken out.
fn lines(files: &[(String, String)]) -> Vec<Line> {
    let mut sources = Sources::default();
    let mut lines = Vec::new();
    for (file, (path, text)) in files.iter().enumerate() {
        let parsed = parse(sources.add(path.clone(), text.clone()), text);
        assert!(parsed.diagnostics.is_empty(), "{path} does not parse");
        for item in &parsed.items {
            let items = match &item.kind {
                ItemKind::Feature(feature) => &feature.items,
                ItemKind::Guard(guard) | ItemKind::Extend(Extend::Guard(guard)) => &guard.items,
                ItemKind::Extend(Extend::Feature { items, .. }) => items,
                _ => continue,
            };
            let places = items.iter().filter_map(|item| place(item, text));
            lines.extend(places.map(|(start, end)| Line { file, start, end }));
        }
    }
    lines
}

/// Which check noticed that a line is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noticed {
    /// The set has errors without it.
    Compiler,
    /// The table of all lines only.
    Lines,
    /// The tables of the sources, too.
    Sources,
    /// Nobody.
    Nobody,
}

/// The catalogue as somebody's own policies.
fn compiled(files: impl IntoIterator<Item = (String, String)>) -> Project {
    Project::from_sources(files, [])
}

fn noticed(facts: &Facts, files: &[(String, String)], line: &Line) -> Noticed {
    let mut changed = files.to_vec();
    changed[line.file].1.replace_range(line.start..line.end, "");
    let project = compiled(changed);
    if project.has_errors() {
        return Noticed::Compiler;
    }
    let lines = !facts.lines.wrong(project.model()).is_empty();
    let sources = !facts.held_by_sources(project.model()).is_empty();
    match (lines, sources) {
        (_, true) => Noticed::Sources,
        (true, false) => Noticed::Lines,
        (false, false) => Noticed::Nobody,
    }
}

#[test]
fn the_catalogue_as_it_is_passes_every_check_of_the_harness() {
    let facts = Facts::read();
    let project = compiled(files());
    assert!(!project.has_errors(), "the catalogue has errors");
    let mut wrong = facts.lines.wrong(project.model());
    wrong.extend(facts.held_by_sources(project.model()));
    nothing_of(&wrong);
}

#[test]
fn no_line_of_the_catalogue_can_go_without_a_check_that_notices() {
    let facts = Facts::read();
    let files = files();
    let lines = lines(&files);
    assert!(lines.len() > 400, "only {} lines were found to take out", lines.len());

    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(line) = lines.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let by = noticed(&facts, &files, line);
                    found.lock().unwrap().push((line, by));
                }
            });
        }
    });

    let found = found.into_inner().unwrap();
    let by = |who: Noticed| found.iter().filter(|(_, by)| *by == who).count();
    let unnoticed = found.iter().filter(|(_, by)| *by == Noticed::Nobody).map(|(line, _)| {
        let (path, text) = &files[line.file];
        format!("{path}: {}", &text[line.start..line.end])
    });
    nothing_of(&unnoticed.collect::<Vec<_>>());
    let told = (by(Noticed::Compiler), by(Noticed::Lines), by(Noticed::Sources));
    assert!(told.0 < 20, "the compiler noticed {} lines: the cuts do not fit the grammar", told.0);
    assert!(told.2 > 100, "the tables of the sources noticed {} of {} lines only", told.2, found.len());
}
