//! Containers and manifests.

use crate::language::Sources;
use crate::model::{CategoryId, Held, Model, Says};
use crate::report::page::Page;
use crate::report::place;
use crate::report::table::{Rows, wrap};

/// What a container publishes, masks and shows.
pub(super) fn container(model: &Model, id: crate::model::ContainerId) -> Page {
    let container = &model.containers[id];
    let names = |category: &CategoryId| model.categories[*category].declared.name.as_str();
    let width = container.holds.keys().map(|category| names(category).chars().count()).max().unwrap_or(0);
    let mut text = Page::new();
    for (category, held) in &container.holds {
        let wrapped = wrap(publication(model, held).split(' '), &" ".repeat(width + 4), 100);
        text.push_str(wrapped.behind(&format!("  {:<width$}  ", names(category))));
        text.push('\n');
    }
    if container.blocking {
        text.push_str("  it blocks: nobody in it is moved out of it by a manifest\n");
    }
    text
}

fn publication(model: &Model, held: &Held) -> String {
    let mut parts: Vec<String> =
        held.published.keys().map(|field| model.fields[*field].declared.name.clone()).collect();
    for shows in &held.shows {
        let kind = model.kind_of(crate::model::What::Presence(shows.field));
        let value = model.value_name(&kind, shows.value);
        let when = model.condition_unless_always(shows.when);
        let when = when.map(|condition| format!(" when {condition}")).unwrap_or_default();
        parts.push(format!("{} as {value}{when}", model.fields[shows.field].declared.name));
    }
    match (parts.is_empty(), held.lines.iter().any(|line| line.says == Says::Masks)) {
        (true, true) => "masked".to_owned(),
        (true, false) => "nothing".to_owned(),
        (false, _) => parts.join(", "),
    }
}

/// When a manifest is in effect, and its rules.
pub(super) fn manifest(model: &Model, sources: &Sources, id: crate::model::ManifestId) -> Page {
    let manifest = &model.manifests[id];
    let mut rows = Rows::default();
    let when = manifest.when.map_or("for everybody whom no other takes".to_owned(), |when| model.condition_name(when));
    rows.push(["when".to_owned(), when]);
    for rule in &manifest.rules {
        let at = place(sources, model.manifest_rules[*rule].span);
        rows.push(["rule".to_owned(), model.manifest_rule_name(*rule), at]);
    }
    rows.render("  ")
}
