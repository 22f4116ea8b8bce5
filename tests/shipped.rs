//! The shipped catalogue over a small organisation, asked with assumed values.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use prescope::graph::RuleGraph;
use prescope::model::{FeatureId, Model};
use prescope::project::Project;
use prescope::resolve::{Answer, By, Context, Entries, RuleSet, Ruling, decide, decide_use};

/// Anna is whom it is about: she owns, organizes and calls. Dan is her contact and delegate, Bob neither; all levels
/// have people from all networks, who stand there as recorded.
pub(crate) const DIRECTORY: &str = r#"
organization: { domains: [contoso.com] }
federation:   { partners: [fabrikam.com], public_cloud: [live.com] }
users:
  anna@contoso.com:
    contacts:  [dan@contoso.com]
    delegates: [dan@contoso.com]
    memberships:
      external:           ["user:l100@contoso.com", "user:l100@fabrikam.com", "user:l100@live.com", "user:l100@nowhere.example"]
      colleagues:         ["user:l200@contoso.com", "user:l200@fabrikam.com", "user:l200@live.com", "user:l200@nowhere.example"]
      workgroup:          ["user:l300@contoso.com", "user:l300@fabrikam.com", "user:l300@live.com", "user:l300@nowhere.example"]
      friends_and_family: ["user:l400@contoso.com", "user:l400@fabrikam.com", "user:l400@live.com", "user:l400@nowhere.example"]
      blocked:            ["user:l32000@contoso.com", "user:l32000@fabrikam.com", "user:l32000@live.com", "user:l32000@nowhere.example"]
  cleo@contoso.com: { contacts: [dan@contoso.com] }
  dan@contoso.com: {}
  bob@contoso.com: {}
meetings:
  review: { organizer: anna@contoso.com }
"#;

/// Paths and texts of the catalogue's files, its own tests left out.
pub(crate) fn policies() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/lync2013");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the catalogue")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "prescope"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .filter(|(name, _)| !name.starts_with("tests"))
        .collect();
    files.sort();
    files
}

/// A fixture as data. Each is read once: in a debug build, reading YAML takes longer than asking all that it says.
pub(crate) fn fixture(path: &str) -> serde_json::Value {
    static READ: Mutex<BTreeMap<String, serde_json::Value>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().expect("a fixture that can be read");
    let value = read.entry(path.to_owned()).or_insert_with(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path);
        let text = std::fs::read_to_string(&file).expect("a fixture");
        serde_yaml::from_str(&text).expect("a fixture in YAML")
    });
    value.clone()
}

/// Values that a question assumes: `user.EnableCDR` and what it is.
pub(crate) type World = Vec<(String, String)>;

/// The catalogue, or what is left of it, ready to be asked.
pub(crate) struct Shipped {
    rules: RuleSet,
    recorded: RuleSet,
}

/// The catalogue as shipped.
pub(crate) static SHIPPED: LazyLock<Shipped> =
    LazyLock::new(|| Shipped::of(policies()).expect("the catalogue compiles"));

impl Shipped {
    /// These policies; None if they have errors.
    pub(crate) fn of(policies: Vec<(String, String)>) -> Option<Shipped> {
        let project = Project::from_sources(policies, [("directory.yaml".to_owned(), DIRECTORY.to_owned())]);
        project.compilation().graph.as_ref().map(Shipped::on)
    }

    /// The same for a rule graph.
    pub(crate) fn on(graph: &Arc<RuleGraph>) -> Shipped {
        let rules = |entries| RuleSet::new(Arc::clone(graph), entries);
        Shipped { rules: rules(Entries::InForce), recorded: rules(Entries::Recorded) }
    }

    pub(crate) fn model(&self) -> &Model {
        self.rules.model()
    }

    pub(crate) fn feature(&self, name: &str) -> FeatureId {
        self.model().names.features.find(name).unwrap_or_else(|| panic!("no feature {name}"))
    }

    fn assuming(&self, rules: &RuleSet, world: &[(String, String)]) -> RuleSet {
        let assumed = world.iter().map(|(path, value)| {
            let text = format!("{path}={value}");
            rules.assumption(&text).unwrap_or_else(|unknown| panic!("{text}: {unknown}"))
        });
        rules.assuming(&assumed.collect::<Vec<_>>())
    }

    /// The rule set in a world.
    pub(crate) fn world(&self, world: &[(String, String)]) -> RuleSet {
        self.assuming(&self.rules, world)
    }

    /// Somebody's question about a feature, in the context that its shape needs.
    pub(crate) fn ruling(&self, who: &str, feature: &str, context: Context<'_>, world: &[(String, String)]) -> Ruling {
        Self::ruled(&self.world(world), who, feature, context)
    }

    /// The same on the entries as recorded, where nobody is moved.
    pub(crate) fn ruling_as_recorded(
        &self,
        who: &str,
        feature: &str,
        context: Context<'_>,
        world: &[(String, String)],
    ) -> Ruling {
        Self::ruled(&self.assuming(&self.recorded, world), who, feature, context)
    }

    fn ruled(rules: &RuleSet, who: &str, feature: &str, context: Context<'_>) -> Ruling {
        let question = rules.use_feature(who, feature, context);
        let question = question.unwrap_or_else(|unknown| panic!("{who} uses {feature}: {unknown}"));
        decide_use(rules, question.feature(), question.cast())
    }

    /// Whether Anna may use a feature of users.
    pub(crate) fn anna_may(&self, feature: &str, world: &[(String, String)]) -> bool {
        self.ruling("anna@contoso.com", feature, Context::default(), world).available
    }

    /// What a viewer gets of an owner.
    pub(crate) fn sees(&self, viewer: &str, owner: &str, target: &str, world: &[(String, String)]) -> Answer {
        let rules = self.world(world);
        let question = rules.see_target(viewer, owner, target);
        decide(&rules, &question.unwrap_or_else(|unknown| panic!("{target}: {unknown}"))).answer
    }

    /// The name of the manifest in effect for somebody.
    pub(crate) fn mode(&self, owner: &str, world: &[(String, String)]) -> String {
        let rules = self.world(world);
        let owner = rules.owner(owner).expect("an owner");
        let manifest = rules.standing(owner).manifest().expect("a manifest");
        rules.model().manifests[manifest].declared.name.clone()
    }

    /// What decided, in words: a label, `requires NAME`, or `otherwise`.
    pub(crate) fn reason(&self, ruling: Ruling) -> String {
        match ruling.by {
            By::Requires(feature) => format!("requires {}", self.model().features[feature].declared.name),
            By::Rule(rule) => self.model().rules[rule].declared.name.clone(),
            By::Default => "otherwise".to_owned(),
        }
    }
}

/// Somebody from a network who stands at a level of Anna's.
pub(crate) fn at_level(level: i64, network: &str) -> String {
    format!("l{level}@{}", domain(network))
}

/// Somebody from a network of whom nothing else is known.
pub(crate) fn stranger(network: &str) -> String {
    format!("someone@{}", domain(network))
}

fn domain(network: &str) -> &'static str {
    match network {
        "same_enterprise" => "contoso.com",
        "federated" => "fabrikam.com",
        "public_cloud" => "live.com",
        "other" => "nowhere.example",
        other => panic!("no network {other}"),
    }
}
