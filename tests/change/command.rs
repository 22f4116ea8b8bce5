//! The commands as they are run: what is written, and what is not.

use std::collections::BTreeMap;
use std::fs;

use prescope::change::Request;
use prescope::project::Project;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Ran, run_in};

const POLICY: &str = "use std/lync2013

/// Pictures are for those who show theirs.
policy PrivacyConfiguration global {
    DisplayPublishedPhotoDefault = false // asked for
}

policy PrivacyConfiguration site Redmond {
    AutoInitiateContacts = false
}

policy ConferencingPolicy tag Executives {
    AllowPolls = false
}
";

const DIRECTORY: &str = "organization: { domains: [contoso.com] }
sites: { Redmond: { pools: [pool01.contoso.com] }, London: { pools: [pool02.contoso.com] } }
users:
  anna@contoso.com:
    pool: pool01.contoso.com
    policies: { ConferencingPolicy: Executives }
    contacts: [bob@contoso.com]
    memberships: { colleagues: [same_enterprise] }
  bob@contoso.com:
    pool: pool02.contoso.com
    attributes: { client: communicator_2007_r2 }
    memberships: { colleagues: [same_enterprise] }
";

/// A project, where nothing refuses old clients and one user has one.
struct Given {
    folder: TempDir,
}

impl Given {
    fn new() -> Given {
        let folder = tempfile::tempdir().expect("a folder");
        let given = Given { folder };
        given.put("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"*.dir.yaml\"]\n");
        given.put("policy.prescope", POLICY);
        given.put("clients.prescope", "policy ClientVersionPolicy global { OldestClient = lync_2010 }\n");
        given.put("contoso.dir.yaml", DIRECTORY);
        given
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file to write");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.folder.path(), arguments, b"")
    }

    /// Everything that lies in the folder.
    fn files(&self) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder").flatten();
        let text = |entry: fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(entry.path()).expect("a text"))
        };
        entries.map(text).collect()
    }

    /// The file with all the policies but one.
    fn policy(&self) -> String {
        self.files().remove("policy.prescope").expect("the file")
    }

    /// Nothing is written by this.
    #[track_caller]
    fn kept(&self, arguments: &[&str]) -> Ran {
        let before = self.files();
        let ran = self.run(arguments);
        assert_eq!(self.files(), before, "{arguments:?} {ran:?}");
        ran
    }
}

#[test]
fn a_plan_writes_nothing_and_what_is_written_is_the_plan() {
    let given = Given::new();
    let ask = ["set", "PrivacyConfiguration.PublishLocationDataDefault=false"];
    let plan = given.kept(&ask);
    assert_eq!((plan.status, plan.err.as_str()), (0, ""));
    assert!(plan.out.ends_with("\nnothing is written yet: add --write\n"), "{}", plan.out);
    let before = given.files();
    let written = given.run(&[&ask[..], &["--write"]].concat());
    assert_eq!((written.status, written.err.as_str()), (0, ""));
    let same = |text: &str| text.rsplit_once("\n\n").expect("two parts").0.to_owned();
    // What stands behind the new line is told where it stands: before it is written, and afterwards.
    assert_eq!(plan.out.matches("policy.prescope:9\n").count(), 0, "{}", plan.out);
    assert_eq!(same(&plan.out), same(&written.out).replace("policy.prescope:9\n", "policy.prescope:8\n"));
    assert!(written.out.ends_with("\nwritten: policy.prescope\n"), "{}", written.out);
    let mut expected = before;
    // The file is in the one layout, and so is what comes out.
    let line = "    DisplayPublishedPhotoDefault = false // asked for\n";
    let policy = POLICY.replace(line, &format!("{line}    PublishLocationDataDefault   = false\n"));
    expected.insert("policy.prescope".to_owned(), policy);
    assert_eq!(given.files(), expected);
    // A second time nothing is to be done.
    let again = given.kept(&[&ask[..], &["--write"]].concat());
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert!(again.out.ends_with("\nnothing changes\n"), "{}", again.out);
}

#[test]
fn a_missing_object_is_proposed_and_the_proposal_makes_it() {
    let given = Given::new();
    let ask = ["set", "PrivacyConfiguration.AutoInitiateContacts=false", "--at", "site:London", "--write"];
    let refused = given.kept(&ask);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.starts_with("error: `PrivacyConfiguration` has no object at site London\n"), "{}", refused.err);
    let proposal = refused.err.split('`').find_map(|word| word.strip_prefix("prescope ")).expect("a proposal");
    let mut proposed: Vec<&str> = proposal.split(' ').collect();
    proposed.push("--write");
    assert_eq!(given.run(&proposed).status, 0, "{proposal}");
    assert_eq!(given.run(&ask).status, 0);
    assert!(
        given.policy().contains("policy PrivacyConfiguration site London {\n    AutoInitiateContacts = false\n}\n")
    );
    // What is there already is not declared again.
    let twice = given.kept(&proposed);
    assert_eq!((twice.status, twice.out.as_str()), (2, ""));
    assert!(twice.err.contains("has an object at site London already"), "{}", twice.err);
}

#[test]
fn all_are_the_objects_there_are_and_the_global_one() {
    let given = Given::new();
    let ran = given.run(&["set", "ConferencingPolicy.AllowPolls=true", "--at", "all", "--write"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let policy = POLICY.replace(
        "AllowPolls = false\n}\n",
        "AllowPolls = true\n}\n\npolicy ConferencingPolicy global {\n    AllowPolls = true\n}\n",
    );
    assert_eq!(given.policy(), policy);
    let project = Project::open(given.folder.path());
    let model = project.model();
    let class = model.names.classes.find("ConferencingPolicy");
    assert_eq!(model.objects.values().filter(|of| Some(of.class) == class).count(), 2);
}

#[test]
fn the_global_object_that_is_removed_has_its_defaults() {
    let given = Given::new();
    let ran = given.run(&["remove", "PrivacyConfiguration", "--at", "global", "--write"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("what it set returns to its default"), "{}", ran.out);
    assert!(
        ran.out
            .contains("PrivacyConfiguration.DisplayPublishedPhotoDefault  false → true  for 1 user: bob@contoso.com"),
        "{}",
        ran.out
    );
    let start = POLICY.find("/// Pictures").expect("its documentation");
    let end = POLICY.find("policy PrivacyConfiguration site").expect("the next one");
    assert_eq!(given.policy(), format!("{}{}", &POLICY[..start], &POLICY[end..]));
    let again = given.kept(&["remove", "PrivacyConfiguration", "--at", "global", "--write"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert!(again.out.contains("nothing declares it, so it has its defaults"), "{}", again.out);
    // Another object has no defaults to return to: it goes.
    let gone = given.run(&["remove", "PrivacyConfiguration", "--at", "site:Redmond", "--write"]);
    assert_eq!(gone.status, 0, "{gone:?}");
    let missing = given.kept(&["remove", "PrivacyConfiguration", "--at", "site:Redmond", "--write"]);
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
}

/// `EnablePrivacyMode` for whom, and the lines of the preflight that fail.
#[track_caller]
fn preflight(ran: &Ran) -> (Vec<String>, usize, usize) {
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let preflight = &document["preflight"];
    let list = |name: &str| preflight[name].as_array().expect("a list").clone();
    let users = list("users").iter().map(|user| user.as_str().expect("an address").to_owned()).collect();
    let (clients, admitting) = (list("clients").len(), list("admitting").len());
    assert_eq!(preflight["clear"], clients + admitting == 0);
    (users, clients, admitting)
}

#[test]
fn privacy_mode_waits_for_clients_that_honour_it() {
    let given = Given::new();
    let ask = ["set", "PrivacyConfiguration.EnablePrivacyMode=true", "--at", "all", "--write"];
    let json = |more: &[&'static str]| [&ask[..], more, &["--format", "json"]].concat();
    // Somebody has an old client.
    let refused = given.kept(&ask);
    assert_eq!((refused.status, refused.err.as_str()), (1, ""));
    assert!(
        refused.out.contains("bob@contoso.com uses communicator_2007_r2, which does not honour privacy mode"),
        "{}",
        refused.out
    );
    assert!(refused.out.ends_with("\nnothing is written: the preflight fails; mend what it lists, or add --force\n"));
    let told = given.kept(&json(&[]));
    assert_eq!((told.status, preflight(&told)), (1, (vec!["anna@contoso.com".into(), "bob@contoso.com".into()], 1, 0)));
    // And nothing keeps old clients out.
    given.put("clients.prescope", "\n");
    let told = given.kept(&json(&[]));
    assert_eq!((told.status, preflight(&told)), (1, (vec!["anna@contoso.com".into(), "bob@contoso.com".into()], 1, 1)));
    // The same change may keep them out, and it may be forced.
    let both = ["set", "PrivacyConfiguration.EnablePrivacyMode=true", "ClientVersionPolicy.OldestClient=lync_2010"];
    let told = given.kept(&[&both[..], &["--at", "site:Redmond", "--format", "json"]].concat());
    assert_eq!(told.status, 2, "there is no such object: {told:?}");
    let told = given.kept(&[&both[..], &["--format", "json"]].concat());
    assert_eq!((told.status, preflight(&told)), (1, (vec!["bob@contoso.com".into()], 1, 0)));
    let forced = given.run(&json(&["--force"]));
    assert_eq!((forced.status, forced.err.as_str()), (0, ""));
    assert_eq!(preflight(&forced).1, 1);
    assert!(forced.out.contains("\"written\":true"), "{}", forced.out);
    assert_eq!(given.policy().matches("EnablePrivacyMode").count(), 2);
    // What is on already waits for nobody.
    let again = given.kept(&json(&[]));
    assert_eq!(again.status, 0);
    let document: Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!((&document["preflight"], &document["written"]), (&Value::Null, &Value::Bool(false)));
}

#[test]
fn privacy_mode_is_turned_on_where_everybody_honours_it() {
    let given = Given::new();
    let recorded = DIRECTORY.replace("communicator_2007_r2", "lync_2010").replace(
        "    policies: { ConferencingPolicy: Executives }\n",
        "    policies: { ConferencingPolicy: Executives }\n    attributes: { client: lync_2013 }\n",
    );
    given.put("contoso.dir.yaml", &recorded);
    let ran = given.run(&["set", "PrivacyConfiguration.EnablePrivacyMode=true", "--at", "all", "--write"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("\n  every client honours it, and older ones are refused\n"), "{}", ran.out);
    assert!(!ran.out.contains("not recorded"), "{}", ran.out);
    assert_eq!(given.policy().matches("EnablePrivacyMode").count(), 2);
    // A new object may turn it on for those who had it not: it is looked at by what comes of it.
    given.put("clients.prescope", "\n");
    given.run(&["set", "PrivacyConfiguration.EnablePrivacyMode=false", "--write"]);
    let like = given.kept(&["new", "PrivacyConfiguration", "--at", "site:London", "--like", "site:Redmond", "--write"]);
    assert_eq!((like.status, like.err.as_str()), (1, ""));
    assert!(
        like.out.contains(
            "the default lets in clients from communicator_2007 on, for 2 users: anna@contoso.com, bob@contoso.com"
        ),
        "{}",
        like.out
    );
}

/// What the preflight says of people of whom no client is recorded, and what it ends with.
#[test]
fn clients_that_nobody_has_recorded_are_told() {
    let ask = ["set", "PrivacyConfiguration.EnablePrivacyMode=true"];
    let told = |given: &Given| {
        let ran = given.kept(&ask);
        let from = ran.out.find("\npreflight").unwrap_or_else(|| panic!("no preflight: {}", ran.out));
        let lines = ran.out[from..].lines().skip(2).take_while(|line| !line.is_empty());
        let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
        let json = given.kept(&[&ask[..], &["--format", "json"]].concat());
        let document: Value = serde_json::from_str(&json.out).expect("JSON");
        (lines, document["preflight"].clone())
    };
    let place = |text: &str| -> String {
        let library = crate::given::text_of("policies/lync2013/attributes.prescope");
        let line = library.lines().position(|line| line.contains(text)).expect("the attribute") + 1;
        format!("std/lync2013/attributes.prescope:{line}")
    };
    let given = Given::new();
    let client = place("    client: lync_2013");
    // Of one of two.
    given.put("contoso.dir.yaml", &DIRECTORY.replace("communicator_2007_r2", "lync_2010"));
    let (lines, json) = told(&given);
    let one = format!("unknown 1 client not recorded, lync_2013 is assumed {client}");
    assert_eq!(lines, [one.as_str(), "every client that is recorded honours it, and older ones are refused"]);
    assert_eq!(json["clear"], true);
    assert_eq!(json["assumed"]["users"], serde_json::json!(["anna@contoso.com"]));
    assert_eq!(json["assumed"]["client"], "lync_2013");
    assert_eq!(json["assumed"]["at"]["file"], "std/lync2013/attributes.prescope");
    // Of nobody.
    given.put("contoso.dir.yaml", &DIRECTORY.replace("    attributes: { client: communicator_2007_r2 }\n", ""));
    let (lines, json) = told(&given);
    let both = format!("unknown 2 clients not recorded, lync_2013 is assumed {client}");
    assert_eq!(lines, [both.as_str(), "older ones are refused"]);
    assert_eq!(json["assumed"]["users"].as_array().map(Vec::len), Some(2));
    given.put("clients.prescope", "\n");
    let (lines, json) = told(&given);
    assert!(lines[0].starts_with("fails the default lets in") && lines[1] == both, "{lines:?}");
    assert_eq!(json["clear"], false);
    // Of everybody.
    given.put(
        "contoso.dir.yaml",
        &DIRECTORY.replace("    contacts:", "    attributes: { client: lync_2013 }\n    contacts:"),
    );
    assert_eq!(told(&given).1["assumed"], Value::Null);
}

/// A set of one's own may assume an old client, or say nothing of clients at all.
#[test]
fn what_a_set_assumes_or_does_not_say_of_clients_is_told() {
    let given = Given::new();
    given.put("clients.prescope", "\n");
    given.put("contoso.dir.yaml", "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n");
    let class = "settings PrivacyConfiguration at global {\n    EnablePrivacyMode: bool = false\n}\n\n\
                 policy PrivacyConfiguration global {}\n";
    given.put("policy.prescope", class);
    let ask = ["set", "PrivacyConfiguration.EnablePrivacyMode=true"];
    let ran = given.kept(&ask);
    for words in [
        "  unknown  the set declares no `client`, and so says nothing about clients\n",
        "  unknown  the set declares no `OldestClient`, and so says nothing about clients\n",
        "\n  nothing is known to stand in the way\n",
    ] {
        assert!(ran.out.contains(words), "{ran:?}");
    }
    assert!(!ran.out.contains("honours it") && !ran.out.contains("refused"), "{ran:?}");
    let json = given.kept(&[&ask[..], &["--format", "json"]].concat());
    assert!(json.out.contains("\"undeclared\":[\"client\",\"OldestClient\"]"), "{json:?}");

    let clients = "attributes user {\n    client: communicator_2007 | lync_2010 = communicator_2007\n}\n";
    given.put("clients.prescope", clients);
    let ran = given.kept(&[&ask[..], &["--write"]].concat());
    for words in [
        "  fails    anna@contoso.com uses communicator_2007, as is assumed, which does not honour privacy mode",
        "  unknown  1 client not recorded, communicator_2007 is assumed",
    ] {
        assert!(ran.status == 1 && ran.out.contains(words), "{ran:?}");
    }
    assert!(ran.out.contains("\n  record which clients people use\n"), "{ran:?}");
    let json = given.kept(&[&ask[..], &["--format", "json"]].concat());
    assert!(json.out.contains("\"clear\":false") && json.out.contains("\"recorded\":false"), "{json:?}");
}

#[test]
fn what_would_not_compile_is_not_written() {
    let given = Given::new();
    let granted = given.kept(&["remove", "ConferencingPolicy", "--at", "tag:Executives", "--write"]);
    assert_eq!((granted.status, granted.out.as_str()), (1, ""));
    assert!(granted.err.contains("contoso.dir.yaml:6"), "{}", granted.err);
    assert!(granted.err.contains("error: with this change the set would have errors"), "{}", granted.err);
    // A set with errors is not changed at all.
    given.put("broken.prescope", "policy Nothing global {}\n");
    let broken = given.kept(&["set", "PrivacyConfiguration.AutoInitiateContacts=false", "--write"]);
    assert_eq!((broken.status, broken.out.as_str()), (2, ""));
}

#[test]
fn a_file_that_changed_since_it_was_read_is_not_written() {
    let given = Given::new();
    let project = Project::open(given.folder.path());
    let typed = ["PrivacyConfiguration.AutoInitiateContacts=true".to_owned()];
    let request = Request::set(project.set(), &typed, Some("all")).expect("a request");
    let changed = project.change(&request).expect("a change");
    let theirs = POLICY.replace("// asked for", "// asked for by all");
    given.put("policy.prescope", &theirs);
    let refused = project.write_texts(&changed.plan.texts).expect_err("somebody else's words stay").to_string();
    assert!(refused.contains("changed since it was read"), "{refused}");
    assert_eq!(given.policy(), theirs);
    given.put("policy.prescope", POLICY);
    project.write_texts(&changed.plan.texts).expect("written");
    assert_eq!(given.policy().matches("AutoInitiateContacts").count(), 2);
}

#[test]
fn a_byte_order_mark_stays() {
    let given = Given::new();
    given.put("policy.prescope", &format!("\u{feff}{POLICY}"));
    let ran = given.run(&["set", "PrivacyConfiguration.DisplayPublishedPhotoDefault=true", "--write"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(given.policy(), format!("\u{feff}{}", POLICY.replace("= false // asked", "= true // asked")));
}

#[test]
fn mistakes_in_what_is_asked_for_are_told_with_what_to_do() {
    let given = Given::new();
    for (ask, message, help) in [
        (
            "set EnablePrivacyMode=true",
            "`EnablePrivacyMode` is not said of any class",
            "PrivacyConfiguration.EnablePrivacyMode=true",
        ),
        ("set PrivacyConfiguration.EnablePrivacyMode", "gives nothing a value", "EnablePrivacyMode=true"),
        ("set PrivacyConfiguration.EnablePrivacyMod=true", "has no setting", "did you mean `EnablePrivacyMode`?"),
        ("set PrivacyConfiguration.EnablePrivacyMode=yes", "`yes` is no value of", "true or false"),
        ("set PrivacyConfigration.EnablePrivacyMode=true", "no settings class", "did you mean `PrivacyConfiguration`?"),
        (
            "set PrivacyConfiguration.EnablePrivacyMode=true --at site:Lundon",
            "no site `Lundon`",
            "did you mean `London`?",
        ),
        ("set PrivacyConfiguration.EnablePrivacyMode=true --at tag:Loud", "is no scope of", "service:UserServer:POOL"),
        ("new PrivacyConfiguration --at global", "always has its global object", "prescope set PrivacyConfiguration."),
        ("new PrivacyConfiguration --at site:London --like tag:Loud", "is no scope of", "site:NAME"),
        (
            "remove PrivacyConfiguration --at site:London",
            "has no object at site London",
            "declared are global, site Redmond",
        ),
    ] {
        let arguments: Vec<&str> = ask.split(' ').chain(["--write"]).collect();
        let ran = given.kept(&arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ask}: {ran:?}");
        assert!(ran.err.contains(message) && ran.err.contains(help), "{ask}: {}", ran.err);
    }
}

#[test]
fn clients_of_anybody_fail_the_preflight_once_somebody_is_private() {
    let given = Given::new();
    // Bob is at London: his mode stays what it is, and his client shows Anna.
    let ask = ["set", "PrivacyConfiguration.EnablePrivacyMode=true", "--at", "site:Redmond"];
    let refused = given.kept(&[&ask[..], &["--write"]].concat());
    assert_eq!(refused.status, 1, "{refused:?}");
    let told = given.kept(&[&ask[..], &["--write", "--format", "json"]].concat());
    assert_eq!(preflight(&told), (vec!["anna@contoso.com".into()], 1, 0));
    assert!(told.out.contains("\"user\":\"bob@contoso.com\",\"client\":\"communicator_2007_r2\""), "{}", told.out);
}

#[test]
fn clients_that_are_let_in_under_privacy_mode_fail_the_preflight() {
    let given = Given::new();
    given.put("contoso.dir.yaml", &DIRECTORY.replace("communicator_2007_r2", "lync_2010"));
    let on = given.run(&["set", "PrivacyConfiguration.EnablePrivacyMode=true", "--at", "site:Redmond", "--write"]);
    assert_eq!(on.status, 0, "{on:?}");
    let lowered = given.kept(&["set", "ClientVersionPolicy.OldestClient=communicator_2007", "--write"]);
    assert_eq!(lowered.status, 1, "{lowered:?}");
    let told = "lets in clients from communicator_2007 on, for 2 users: anna@contoso.com, bob@contoso.com";
    assert!(lowered.out.contains(told), "{}", lowered.out);
    // Whoever is let in sees Anna, also if they are not private themselves.
    let at = |scope: &str| format!("policy ClientVersionPolicy {scope} {{ OldestClient = lync_2010 }}\n");
    given.put("clients.prescope", &format!("{}{}", at("global"), at("site London")));
    let lowered = ["set", "ClientVersionPolicy.OldestClient=communicator_2007", "--at", "site:London", "--write"];
    let told = given.kept(&[&lowered[..], &["--format", "json"]].concat());
    assert_eq!((told.status, preflight(&told)), (1, (vec!["anna@contoso.com".into()], 0, 1)));
    assert!(told.out.contains("\"users\":[\"bob@contoso.com\"]}]}"), "{}", told.out);
}

#[test]
fn clients_by_default_fail_the_preflight() {
    let given = Given::new();
    given.put("clients.prescope", "");
    given.put(
        "policy.prescope",
        "category state { availability: a | b }
container unlisted(0) {}
container colleagues(200) visible { publishes state }
container blocked(32000) blocking { masks state }
attributes user { client: communicator_2007 | lync_2013 = communicator_2007 }
settings Priv at global { EnablePrivacyMode: bool = false }
policy Priv global { EnablePrivacyMode = false }
",
    );
    given.put("contoso.dir.yaml", "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n");
    let refused = given.kept(&["set", "Priv.EnablePrivacyMode=true", "--write"]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.out.contains("anna@contoso.com uses communicator_2007"), "{}", refused.out);
}
