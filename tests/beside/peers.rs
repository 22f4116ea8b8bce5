//! Nobody is their own peer, and nobody looks at themselves as others do: one is left out where everybody is asked, and
//! asking for oneself is an error.

use prescope::project::Project;
use prescope::resolve::{Context, Entries, RuleSet, lookup, who_uses};

use crate::cli::run_in;
use crate::given;

const POLICY: &str = "
category state { availability: available | busy }
container unlisted(0) { }
attributes user { lets: bool = true }
feature chat for party with peer { deny \"not let\" unless peer.lets or not peer.inside, otherwise available }
feature poke for viewer of owner { otherwise available }
";
const PEOPLE: &str = "
organization: { domains: [contoso.com] }
users: { anna@contoso.com: { contacts: [kim@fabrikam.com] }, bob@contoso.com: {} }
";

fn asked(test: impl Fn(&RuleSet)) {
    let project: Project = given::set(POLICY, PEOPLE);
    test(&given::rules(&project, Entries::InForce));
}

fn with(peer: &str) -> Context<'_> {
    Context { peer: Some(peer), ..Context::default() }
}

fn of(owner: &str) -> Context<'_> {
    Context { owner: Some(owner), ..Context::default() }
}

#[test]
fn oneself_is_an_error_in_every_spelling() {
    asked(|rules| {
        for (who, peer) in [
            ("bob", "bob"),
            ("bob", "sip:BOB@contoso.com"),
            ("bob@contoso.com", "bob"),
            ("kim", "kim@fabrikam.com"),
            ("new@nowhere.example", "New@nowhere.example"),
        ] {
            let told = rules.use_feature(who, "chat", with(peer)).expect_err("nobody is their own peer").to_string();
            assert!(told.ends_with("stands on both sides, and nobody is their own peer"), "{told}");
            assert!(!told.contains("sip:"), "{told}");
        }
        let told = rules.use_feature("anna", "poke", of("anna@contoso.com")).expect_err("an owner is no viewer");
        assert!(told.to_string().contains("`anna@contoso.com` stands on both sides"), "{told}");
        assert!(rules.use_feature("bob", "chat", with("anna")).is_ok());
        assert!(rules.use_feature("bob", "poke", of("anna")).is_ok());
        assert!(rules.use_feature("anonymous", "chat", with("anonymous")).is_ok(), "two people without an address");
        assert!(rules.use_feature("x@nowhere.example", "chat", with("y@nowhere.example")).is_ok());
    });
}

#[test]
fn who_uses_leaves_the_peer_and_the_owner_out() {
    asked(|rules| {
        let known = |feature: &str, context: Context<'_>| -> Vec<String> {
            let users = who_uses(rules, lookup::feature(rules.model(), feature).expect("declared"), context)
                .expect("a question");
            let people = users.known.iter().filter_map(|(person, _, _)| *person);
            people.map(|person| rules.model().people[person].address.to_string()).collect()
        };
        assert_eq!(known("chat", with("bob")), ["anna@contoso.com", "kim@fabrikam.com"]);
        assert_eq!(known("chat", with("kim")), ["anna@contoso.com", "bob@contoso.com"]);
        assert_eq!(known("chat", with("anonymous")).len(), 3);
        assert_eq!(known("chat", with("new@nowhere.example")).len(), 3);
        assert_eq!(known("poke", of("anna")), ["bob@contoso.com", "kim@fabrikam.com"]);
    });
}

fn run(line: &str, tests: &str, input: &str) -> crate::cli::Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n");
    write("a.prescope", &format!("{POLICY}{tests}"));
    write("people.yaml", PEOPLE);
    run_in(folder.path(), &line.split(' ').collect::<Vec<_>>(), input.as_bytes())
}

#[test]
fn every_command_says_so() {
    let error =
        "error: `bob@contoso.com` stands on both sides, and nobody is their own peer\n  help: name another peer\n";
    for line in [
        "can bob use chat --with bob",
        "why bob use chat --with bob",
        "what bob uses --with bob",
        "can bob use chat --with bob --assume party.lets=true --format json",
    ] {
        assert_eq!(run(line, "", "").failed(), error, "{line}");
    }
    let who = run("who uses chat --with bob", "", "").clean().out;
    assert!(
        who.starts_with("2 of 2 known people may use chat with bob\n") && !who.contains("bob@contoso.com"),
        "{who}"
    );
    let batch = run("batch", "", r#"{"id":1,"use":{"subject":"bob","feature":"chat","peer":"bob@contoso.com"}}"#);
    assert_eq!(batch.status, 2);
    assert!(batch.out.contains(r#""error":"`bob@contoso.com` stands on both sides"#), "{batch:?}");
}

#[test]
fn tests_cannot_expect_it_and_leave_it_out_of_everybody() {
    let passes = "test \"t\" {
        expect exactly anna@contoso.com, kim@fabrikam.com, anonymous can use chat with bob@contoso.com
        expect anna@contoso.com can use chat with bob@contoso.com
    }";
    // Whoever is at an open class may chat, too, so exactly these cannot be all; the peer is not the one who is
    // missing.
    let told = run("test", passes, "").out;
    assert!(!told.contains("bob@contoso.com can"), "{told}");
    for (expectation, wrong) in [
        ("bob@contoso.com can use chat with bob@contoso.com", "nobody is their own peer"),
        ("bob@contoso.com cannot use chat with bob@contoso.com", "nobody is their own peer"),
        ("anna@contoso.com cannot use poke of anna@contoso.com", "nobody looks at themselves as others do"),
    ] {
        let ran = run("test", &format!("test \"t\" {{ expect {expectation} }}"), "");
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.out.contains(wrong), "{ran:?}");
    }
}
