//! The doorway: what an embedder finds at the root of the crate, and what it says when something is wrong.

use std::error::Error;

use prescope::{
    Answer, Context, DirectoryBuilder, Entries, Malformed, Project, RuleSet, SetErrors, Unknown, decide, decide_named,
    decide_use, explain, explain_use, who,
};

use crate::given;

/// What stands at the root beside the modules. Somebody who embeds prescope learns these names: another one has to earn
/// its place.
const NAMES: &[&str] = &[
    "Answer",
    "Assumption",
    "Context",
    "Decision",
    "Diagnostic",
    "Diff",
    "DirectoryBuilder",
    "Entries",
    "Malformed",
    "Project",
    "RuleSet",
    "See",
    "Set",
    "SetErrors",
    "Unknown",
    "Use",
    "decide",
    "decide_known",
    "decide_named",
    "decide_use",
    "explain",
    "explain_use",
    "who",
];

/// The names that lib.rs takes to the root from its modules.
fn at_the_root(lib: &str) -> Vec<&str> {
    let items = lib.split(';').filter_map(|item| item.rsplit_once("pub use ")).map(|(_, path)| path);
    let paths = items.filter(|path| !path.contains(" as "));
    let names = paths.filter_map(|path| path.rsplit_once("::")).flat_map(|(_, names)| names.split(','));
    let mut names: Vec<&str> = names.map(|name| name.trim_matches(['{', '}', '\n', ' '])).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names
}

#[test]
fn the_names_at_the_root_are_few_and_each_is_introduced() {
    let lib = given::text_of("src/lib.rs");
    assert_eq!(at_the_root(&lib), NAMES);
    for name in NAMES {
        assert!(lib.contains(&format!("[`{name}`]")), "`{name}` is not introduced");
    }
}

/// The questions of the table in lib.rs, by names of the root alone.
#[test]
fn the_root_is_enough_to_ask() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut people = DirectoryBuilder::new();
    people.domain("contoso.com")?.user("bob@contoso.com")?;
    people.user("anna@contoso.com")?.contact("bob@contoso.com")?.presence("note.personal", "Back Monday");
    let project = Project::builder().policy("ours.prescope", "use std/lync2013").people(people.build()).build();
    let rules: RuleSet = project.rules(Entries::InForce)?;

    let see = rules.see("bob@contoso.com", "anna@contoso.com", "contact_card", Some("office"))?;
    assert_eq!(decide(&rules, &see).answer, Answer::Visible);
    assert!(!explain(&rules, &see).sentences.is_empty());
    assert_eq!(who(&rules, &see).known.len(), 1);

    let context = Context { owner: Some("anna@contoso.com"), ..Context::default() };
    let interrupt = rules.use_feature("bob@contoso.com", "interrupt", context)?;
    assert!(!decide_use(&rules, interrupt.feature(), interrupt.cast()).available);
    assert!(!explain_use(&rules, &interrupt).sentences.is_empty());
    Ok(())
}

#[test]
fn an_organisation_in_a_file_and_people_of_a_program_are_one_directory() -> Result<(), Box<dyn Error>> {
    let organization = "organization: { domains: [contoso.com] }\nusers: { bob@contoso.com: {} }\n";
    let built = |policy: &str| -> Result<Project, Malformed> {
        let (mut one, mut other) = (DirectoryBuilder::new(), DirectoryBuilder::new());
        one.user("anna@contoso.com")?.entry("workgroup", "bob@contoso.com")?;
        other.user("carol@contoso.com")?.contact("anna@contoso.com")?;
        let project = Project::builder().policy("ours.prescope", policy).people(one.build());
        Ok(project.directory("organization.yaml", organization).people(other.build()).build())
    };
    let project = built("use std/lync2013")?;
    assert_eq!(project.diagnostics(), []);
    let rules = project.rules(Entries::InForce)?;
    assert_eq!(rules.model().users.len(), 3);
    let decision = decide_named(&rules, "bob@contoso.com", "anna@contoso.com", "contact_card.mobile_phone")?;
    assert_eq!(decision.answer, Answer::Visible);
    // What is wrong with it has a place, though not in a file.
    let errors = built("container workgroups(1) { }")?.rules(Entries::InForce).expect_err("another container");
    assert!(errors.to_string().contains("\n(program):1:1: error: there is no container `workgroup`"), "{errors}");
    // Who is in both is said twice.
    let mut bob = DirectoryBuilder::new();
    bob.user("bob@contoso.com")?;
    let twice = Project::builder().directory("organization.yaml", organization).people(bob.build()).build();
    let errors = twice.rules(Entries::InForce).expect_err("bob twice");
    assert_eq!(
        errors.to_string(),
        "the set has errors\n(program):1:1: error: user `bob@contoso.com` is declared twice [directory::duplicate-user]\n    \
         declared again here\n    organization.yaml:2:10: first declared here"
    );
    Ok(())
}

#[test]
fn a_directory_without_people_is_one_nevertheless() {
    let [alone, empty, built] = [
        Project::builder(),
        Project::builder().directory("people.yaml", ""),
        Project::builder().people(DirectoryBuilder::new().build()),
    ]
    .map(|project| project.policy("ours.prescope", "use std/lync2013").build());
    assert_eq!([alone, empty, built].map(|project| project.set().directory.is_some()), [false, true, true]);
}

#[test]
fn a_set_with_errors_says_what_is_wrong_and_where() {
    let policy = "use std/lnyc2013\nextend container workgroup { publishes note }\n";
    let project = Project::builder().policy("ours.prescope", policy).build();
    let errors: SetErrors = project.rules(Entries::InForce).expect_err("a misspelt library");
    assert!(errors.diagnostics().iter().all(prescope::Diagnostic::is_error));
    insta::assert_snapshot!(errors);
    // `main` and `unwrap` print the other form.
    assert_eq!(format!("{errors:?}"), errors.to_string());
}

/// `main` and `unwrap` print the other form, which says no less.
#[test]
fn an_error_reads_the_same_in_both_forms() {
    let malformed = DirectoryBuilder::new().user("anna").map(drop).expect_err("no address");
    assert_eq!(format!("{malformed:?}"), "`anna` is not an address");
    let project = Project::builder().policy("ours.prescope", "use std/lync2013").build();
    let rules = project.rules(Entries::InForce).expect("a set without errors");
    let unknown: Unknown = rules.see("anonymous", "anna@contoso.com", "note", None).expect_err("nobody's note");
    assert_eq!(format!("{unknown:?}"), "`anna@contoso.com` is not among the users");
}

/// Every error there is goes through `?` into what programs usually return, threads included.
#[test]
fn errors_are_errors() {
    fn is_error<E: Error + Send + Sync + 'static>() {}
    is_error::<SetErrors>();
    is_error::<Unknown>();
    is_error::<Malformed>();
    is_error::<prescope::change::Contradiction>();
    is_error::<prescope::change::Objection>();
    is_error::<prescope::language::Unsound>();
    is_error::<prescope::migrate::Refusal>();
    is_error::<prescope::project::NoPlan>();
    is_error::<prescope::project::NoSnapshot>();
    is_error::<prescope::project::NoChange>();
    is_error::<prescope::project::SaveError>();
    is_error::<prescope::project::StartError>();
    is_error::<prescope::lint::UnknownLint>();
}
