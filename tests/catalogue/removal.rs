//! Takes each rule, requirement, disclosure and storage out of the catalogue in turn, and wants some check to notice.

use std::sync::Arc;

use prescope::diagnostic::Sink;
use prescope::graph;
use prescope::language::ast::{Extend, FeatureItem, ItemKind};
use prescope::language::{Parsed, Sources, parse};
use prescope::model::{Input, link};

use super::{Facts, files, nothing_of};
use crate::given;
use crate::tries::share;

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

/// The catalogue as somebody's own policies: texts, and the trees that were made of them.
struct Policies {
    files: Vec<(String, String)>,
    trees: Vec<Parsed>,
}

impl Policies {
    fn read() -> Policies {
        let (mut sources, files) = (Sources::default(), files());
        let tree = |(path, text): &(String, String)| parse(sources.add(path.clone(), text.clone()), text);
        let trees = files.iter().map(tree).collect();
        Policies { files, trees }
    }

    /// Every line that can be taken out.
    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (file, (tree, (_, text))) in self.trees.iter().zip(&self.files).enumerate() {
            for item in &tree.items {
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

    fn text(&self, line: &Line) -> String {
        let (path, text) = &self.files[line.file];
        format!("{path}: {}", &text[line.start..line.end])
    }
}

/// Which check noticed that a line is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noticed {
    /// The set has errors without it.
    Compiler,
    /// The tables of the sources.
    Sources,
    /// Only the table of all lines.
    Lines,
    /// Nobody.
    Nobody,
}

/// Who notices that a line is gone. Only the file it is cut from is read again; the rest is the pipeline's.
fn noticed(facts: &Facts, policies: &Policies, line: &Line) -> Noticed {
    let mut trees = policies.trees.clone();
    let mut text = policies.files[line.file].1.clone();
    text.replace_range(line.start..line.end, "");
    trees[line.file] = parse(trees[line.file].file, &text);

    let (model, found) = link(Input { own: &trees, libraries: &[], directory: None });
    let mut sink = Sink::new();
    sink.extend(found);
    sink.extend(trees[line.file].diagnostics.iter().cloned());
    let model = Arc::new(model);
    let graph = graph::build(Arc::clone(&model), &mut sink);
    if graph.is_none() {
        return Noticed::Compiler;
    }
    if !facts.held_by_sources(&model).is_empty() {
        return Noticed::Sources;
    }
    if facts.lines.wrong(&model).is_empty() { Noticed::Nobody } else { Noticed::Lines }
}

#[test]
fn the_catalogue_as_it_is_passes_every_check_of_the_harness() {
    let (facts, policies) = (Facts::read(), Policies::read());
    for file in share(0..policies.files.len()) {
        let by = noticed(&facts, &policies, &Line { file, start: 0, end: 0 });
        assert!(by == Noticed::Nobody, "{}: a check fails where nothing is gone", policies.files[file].0);
    }
}

#[test]
fn no_line_of_the_catalogue_can_go_without_a_check_that_notices() {
    let (facts, policies) = (Facts::read(), Policies::read());
    let lines = policies.lines();
    assert!(lines.len() > 400, "only {} lines were found to take out", lines.len());
    let lines = share(lines);

    let by_line = given::in_parallel(&lines, |line| noticed(&facts, &policies, line));
    let found: Vec<(&Line, Noticed)> = lines.iter().zip(by_line).collect();
    let by = |who: Noticed| found.iter().filter(move |(_, by)| *by == who).map(|(line, _)| policies.text(line));
    nothing_of(&by(Noticed::Nobody).collect::<Vec<_>>());
    // A cut that breaks a file would pass for a check that notices: nothing refers to a line.
    nothing_of(&by(Noticed::Compiler).collect::<Vec<_>>());
    // The table of lines is ours. A good part has to be missed by the sources, too.
    let (sources, all) = (by(Noticed::Sources).count(), found.len());
    assert!(sources * 5 > all, "the tables of the sources miss {sources} of {all} lines only");
}
