//! The catalogue with one line taken out.

use std::ops::Range;
use std::sync::Arc;

use prescope::diagnostic::Diagnostic;
use prescope::directory::{Directory, read};
use prescope::graph::build;
use prescope::model::{Input, link};
use prescope::syntax::ast::{FeatureItem, ItemKind};
use prescope::syntax::{Parsed, parse};
use prescope::text::{Sources, Span};

use crate::shipped::{DIRECTORY, Shipped};

/// One line that can be taken out.
pub(crate) struct Cut {
    /// The feature it belongs to, or `guard` and what that guards.
    pub(crate) of: String,
    /// The label, or the word it begins with.
    pub(crate) what: String,
    file: usize,
    range: Range<usize>,
}

/// Every rule, `requires`, `discloses` and `stores` of these files.
pub(crate) fn cuts(policies: &[(String, String)]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (file, (path, text)) in policies.iter().enumerate() {
        let mut sources = Sources::default();
        let id = sources.add(path.as_str(), text.as_str());
        for item in parse(id, text).items {
            let (of, lines) = match item.kind {
                ItemKind::Feature(feature) => (feature.name.it, feature.items),
                ItemKind::Guard(guard) => {
                    let targets = guard.targets.iter().map(|target| match &target.field {
                        Some(field) => format!("{}.{}", target.category.it, field.it),
                        None => target.category.it.clone(),
                    });
                    let mut targets: Vec<String> = targets.collect();
                    targets.sort();
                    (format!("guard {}", targets.join(", ")), guard.items)
                }
                _ => continue,
            };
            for line in lines {
                let mut cut = |what: &str, range| cuts.push(Cut { of: of.clone(), what: what.to_owned(), file, range });
                match line {
                    FeatureItem::Rule(rule) => cut(&rule.it.label.it, range(rule.span)),
                    FeatureItem::Discloses(line) => cut("discloses", range(line.span)),
                    FeatureItem::Stores(line) => cut("stores", range(line.span)),
                    FeatureItem::Requires(names) => {
                        let first = names.first().map_or(0, |name| name.span.start as usize);
                        let start = text[..first].rfind("requires").expect("the word");
                        let end = names.last().map_or(first, |name| name.span.end as usize);
                        cut("requires", start..end);
                    }
                    FeatureItem::ControlledBy(_)
                    | FeatureItem::Platform(_)
                    | FeatureItem::Otherwise(_)
                    | FeatureItem::Without(_) => {}
                }
            }
        }
    }
    cuts
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

impl Cut {
    /// The text of the line.
    pub(crate) fn text<'p>(&self, policies: &'p [(String, String)]) -> &'p str {
        &policies[self.file].1[self.range.clone()]
    }
}

/// The catalogue as trees: to take out a line, only its file is parsed again. Parsing is most of compiling.
pub(crate) struct Trees {
    trees: Vec<Parsed>,
    texts: Vec<String>,
    directory: Directory,
}

impl Trees {
    /// The trees of these files.
    pub(crate) fn of(policies: &[(String, String)]) -> Trees {
        let mut sources = Sources::default();
        let trees =
            policies.iter().map(|(path, text)| parse(sources.add(path.as_str(), text.as_str()), text)).collect();
        let file = sources.add("directory.yaml", DIRECTORY);
        let texts = policies.iter().map(|(_, text)| text.clone()).collect();
        Trees { trees, texts, directory: read(file, DIRECTORY).0 }
    }

    /// What is left without a line; None if that has errors.
    pub(crate) fn without(&self, cut: &Cut) -> Option<Shipped> {
        let mut text = self.texts[cut.file].clone();
        text.replace_range(cut.range.clone(), "");
        let mut trees = self.trees.clone();
        trees[cut.file] = parse(trees[cut.file].file, &text);
        let mut errors = trees[cut.file].diagnostics.iter().any(Diagnostic::is_error);
        let (model, found) = link(Input { own: &trees, libraries: &[], directory: Some(&self.directory) });
        errors |= found.iter().any(Diagnostic::is_error);
        let (graph, _) = build(Arc::new(model), errors);
        graph.map(|graph| Shipped::on(&Arc::new(graph)))
    }
}
