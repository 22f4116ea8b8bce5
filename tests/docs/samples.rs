//! Samples: policies parse or compile, directories and project files can be read.

use prescope::directory;
use prescope::language::{Diagnostic, Sources, parse};
use prescope::project::{Project, config};
use prescope::report::finding;

use super::block::Block;
use super::{all_well, documents};

/// The words that may stand behind the language of a sample.
const PRESCOPE: [&str; 2] = ["set", "alone"];
const YAML: [&str; 2] = ["directory", "project"];

/// What is wrong with a sample, as its reader would see it; None if nothing is.
fn complaint(sources: &Sources, found: &[Diagnostic]) -> Option<String> {
    let errors: Vec<Diagnostic> = found.iter().filter(|it| it.is_error()).cloned().collect();
    if errors.is_empty() { None } else { Some(finding::plain(sources, &errors)) }
}

/// A set of one sample, and of the catalogue if the sample is about it.
fn compiled(block: &Block, catalogue: bool) -> Project {
    let mut policies = vec![("sample.prescope".to_owned(), block.text())];
    if catalogue && !block.text().contains("use std/") {
        policies.push(("use.prescope".to_owned(), "use std/lync2013\n".to_owned()));
    }
    Project::builder().policies(policies).build()
}

fn policies(block: &Block) -> Option<String> {
    if let Some(code) = block.value("error") {
        let set = compiled(block, true);
        let found: Vec<&str> = set.diagnostics().iter().map(|it| it.code.name()).collect();
        return (!found.contains(&code)).then(|| format!("expected `{code}`, found {found:?}"));
    }
    if block.says("set") || block.says("alone") {
        let set = compiled(block, block.says("set"));
        return complaint(set.sources(), set.diagnostics());
    }
    let mut sources = Sources::default();
    let file = sources.add("sample.prescope", block.text());
    complaint(&sources, &parse(file, sources.text(file)).diagnostics)
}

fn yaml(block: &Block) -> Option<String> {
    let mut sources = Sources::default();
    let file = sources.add("sample.yaml", block.text());
    let found = match block.says("project") {
        true => config::read(file, sources.text(file)).1,
        false if block.says("directory") => directory::read(file, directory::FileKind::Yaml, sources.text(file)).1,
        false => Vec::new(),
    };
    complaint(&sources, &found)
}

#[test]
fn samples_have_no_errors() {
    let mut wrong = Vec::new();
    for document in documents() {
        for block in document.blocks() {
            let (known, complaint) = match block.language() {
                "prescope" => (PRESCOPE.as_slice(), policies(&block)),
                "yaml" => (YAML.as_slice(), yaml(&block)),
                _ => continue,
            };
            let place = format!("{}:{}", document.path, block.line);
            wrong.extend(complaint.map(|complaint| format!("{place}: {complaint}")));
            let unknown = block.attributes().find(|word| !word.contains('=') && !known.contains(word));
            wrong.extend(unknown.map(|word| format!("{place}: a sample cannot be `{word}`")));
        }
    }
    all_well(&wrong);
}
