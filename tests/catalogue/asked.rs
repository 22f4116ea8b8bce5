//! The catalogue over a small organisation, asked in worlds: with values that differ from the defaults.

use std::sync::{Arc, LazyLock};

use prescope::graph::RuleGraph;
use prescope::library;
use prescope::project::Project;
use prescope::resolve::{Answer, Assumption, By, Context, Entries, RuleSet, Ruling, See, decide, decide_use, lookup};
use serde::Deserialize;

/// Anna is whom it is about: she owns, organizes and calls. Dan is her contact and delegate, Bob neither.
const DIRECTORY: &str = r#"
organization: { domains: [contoso.com] }
federation:   { partners: [fabrikam.com], public_cloud: [live.com] }
users:
  anna@contoso.com:
    contacts:  [dan@contoso.com]
    delegates: [dan@contoso.com]
    memberships: { workgroup: ["user:l300@contoso.com"], blocked: ["user:l32000@contoso.com"] }
  cleo@contoso.com: { contacts: [dan@contoso.com] }
  dan@contoso.com: {}
  bob@contoso.com: {}
meetings:
  review: { organizer: anna@contoso.com }
"#;

/// Values that are assumed: each `path=value`.
pub(super) type World = Vec<String>;

/// The graph of the catalogue and this organisation.
pub(super) static GRAPH: LazyLock<Arc<RuleGraph>> = LazyLock::new(|| {
    let files = library::files("std/lync2013").unwrap();
    let project = Project::builder().policies(files.map(|file| (file.path, file.text)));
    let project = project.directory("directory.yaml", DIRECTORY).build();
    project.set().graph.clone().expect("the catalogue has no errors")
});

/// A set in a world.
pub(super) fn in_world(graph: &Arc<RuleGraph>, world: &World) -> RuleSet {
    let rules = RuleSet::new(Arc::clone(graph), Entries::InForce);
    let assumed =
        world.iter().map(|text| Assumption::typed(rules.model(), text).unwrap_or_else(|it| panic!("{text}: {it}")));
    let assumed: Vec<_> = assumed.collect();
    rules.assuming(&assumed)
}

/// Who asks, in which role; the rest of a question is always the same.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub(super) struct Who {
    who: String,
    with: String,
    #[serde(rename = "as")]
    role: String,
}

impl Who {
    fn name(&self) -> &str {
        if self.who.is_empty() { "anna@contoso.com" } else { &self.who }
    }

    /// Whether they may use a feature, and why.
    pub(super) fn may(&self, rules: &RuleSet, feature: &str) -> Ruling {
        use prescope::language::ast::Shape;
        let id = lookup::feature(rules.model(), feature).unwrap();
        let said = |text| Some(text).filter(|text: &&str| !text.is_empty());
        let context = match rules.model().features[id].shape {
            Shape::User => Context::default(),
            Shape::Viewer => Context { owner: Some("anna@contoso.com"), ..Context::default() },
            Shape::Party => Context { peer: said(&self.with), ..Context::default() },
            Shape::Participant => Context { meeting: Some("review"), role: said(&self.role), ..Context::default() },
        };
        let question = rules.use_feature(self.name(), feature, context);
        let question = question.unwrap_or_else(|it| panic!("{self:?} {feature}: {it}"));
        decide_use(rules, question.feature(), question.cast())
    }

    /// What they see of Cleo, or of Anna if they are at one of her levels.
    pub(super) fn sees(&self, rules: &RuleSet, target: &str) -> Answer {
        let owner = if self.who.starts_with('l') { "anna@contoso.com" } else { "cleo@contoso.com" };
        decide(rules, &See::typed(rules, self.name(), owner, target).unwrap()).answer
    }
}

/// What decided: a label, `requires NAME`, or `otherwise`.
pub(super) fn reason(rules: &RuleSet, ruling: Ruling) -> String {
    match ruling.by {
        By::Requires(feature) => format!("requires {}", rules.model().features[feature].declared.name),
        By::Rule(rule) => rules.model().rules[rule].declared.name.clone(),
        By::Default => "otherwise".to_owned(),
    }
}
