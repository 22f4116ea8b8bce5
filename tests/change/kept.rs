//! Plans that are kept with `-o` and carried out with `apply`: the same bytes as with `--write`, or nothing at all.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::cli::{Ran, run_in};
use crate::saving::contents;
use crate::tries::{by_turns, is_whole, share};

const POLICY: &str = "use std/lync2013

policy PrivacyConfiguration global {
    EnablePrivacyMode = true
}

policy PrivacyConfiguration site Redmond {
    AutoInitiateContacts = false
}

policy ClientVersionPolicy global { OldestClient = lync_2010 }
";

const TESTS: &str = "test \"kept\" {
    given \"others.yaml\"
    expect zoe@contoso.com does not see yan@contoso.com note because snapshot \"kept\"
}
";

const PEOPLE: &str = "organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com] }
sites: { Redmond: { pools: [pool01.contoso.com] } }
users:
  anna@contoso.com:
    mode: standard   # since the beginning
    contacts: [bob@contoso.com]
    memberships:
      colleagues: [same_enterprise]
      blocked: [eve@contoso.com]
  bob@contoso.com: { mode: private, contacts: [], memberships: {} }
  eve@contoso.com: {}
";

/// A command of each kind that plans.
pub(super) const COMMANDS: &[&str] = &[
    "set PrivacyConfiguration.DisplayPublishedPhotoDefault=false --at all",
    "new ConferencingPolicy --at site:Redmond --like global",
    "remove PrivacyConfiguration --at site:Redmond",
    "contact add anna kim@fabrikam.com",
    "contact remove anna bob",
    "contact move anna bob --container workgroup",
    "block bob domain:fabrikam.com",
    "unblock anna eve",
    "preference anna standard",
    "migrate --all --absent-is-empty",
];

pub(super) fn given() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join("project").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("prescope.yaml", "policies: [\"policies/*.prescope\"]\ndirectory: [\"people/*.yaml\"]\n");
    put("policies/a.prescope", POLICY);
    put("policies/tests.prescope", TESTS);
    put(
        "policies/others.yaml",
        "organization: { domains: [contoso.com] }\nsites: { Redmond: { pools: [] } }\nusers: { yan@contoso.com: {}, zoe@contoso.com: {} }\n",
    );
    put("people/all.yaml", PEOPLE);
    let kept = run(folder.path(), "test --update");
    assert_eq!(kept.status, 0, "{kept:?}");
    assert!(contents(folder.path()).iter().any(|(path, _)| path.ends_with("tests.prescope.snap")), "{kept:?}");
    folder
}

pub(super) fn run(folder: &Path, line: &str) -> Ran {
    run_in(&folder.join("project"), &line.split(' ').collect::<Vec<_>>(), b"")
}

/// The files of the project; what is kept lies beside it.
fn files(folder: &Path) -> Vec<(String, String)> {
    contents(&folder.join("project"))
}

/// Keeps the plan of a command.
#[track_caller]
fn keep(folder: &Path, command: &str) -> Ran {
    let before = files(folder);
    let ran = run(folder, &format!("{command} -o ../plan.json"));
    assert!(ran.out.ends_with("\nkept in ../plan.json: prescope apply ../plan.json carries it out\n"), "{ran:?}");
    assert_eq!(files(folder), before, "{command}");
    ran
}

/// Applying is refused for this reason, and nothing is written.
#[track_caller]
fn refused(folder: &Path, words: &str) {
    let before = contents(folder);
    let ran = run(folder, "apply ../plan.json");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words}: {ran:?}");
    assert!(ran.err.contains(words) && ran.err.contains("\n  help: "), "{words}: {ran:?}");
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    assert_eq!(contents(folder), before, "{words}");
}

#[test]
fn what_is_applied_is_what_would_have_been_written() {
    for (number, command) in COMMANDS.iter().enumerate().filter(|(number, _)| is_whole() || number % 6 == 0) {
        let [applied, written] = [given(), given()];
        let told = keep(applied.path(), command);
        let wrote = run(written.path(), &format!("{command} --write"));
        assert_eq!((told.status, told.err.as_str()), (wrote.status, wrote.err.as_str()), "{command}: {wrote:?}");
        let before = files(applied.path());
        let ran = run(applied.path(), "apply ../plan.json");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{command}: {ran:?}");
        assert!(ran.out.starts_with(&format!("applied: prescope {}", &command[..6])), "{ran:?}");
        let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
        assert_eq!(last(&ran.out), last(&wrote.out), "{command}");
        assert_eq!(files(applied.path()), files(written.path()), "{command}");
        assert_ne!(files(applied.path()), before, "{command}");
        for _ in by_turns(number, [(); 4]) {
            let again = run(applied.path(), "apply ../plan.json");
            assert_eq!((again.status, again.err.as_str()), (0, ""), "{command}");
            assert!(again.out.starts_with("applied already: "), "{again:?}");
            assert_eq!(files(applied.path()), files(written.path()), "{command}");
        }
    }
}

#[test]
fn the_command_is_kept_as_its_own_words_whatever_the_order() {
    let folder = given();
    keep(folder.path(), "set PrivacyConfiguration.EnablePrivacyMode=false --at site:Redmond");
    let one = fs::read_to_string(folder.path().join("plan.json")).unwrap();
    assert!(one.contains(r#""command":["set","PrivacyConfiguration.EnablePrivacyMode=false","--at","site:Redmond"]"#));
    let line = "--color never set --at=site:Redmond --project . PrivacyConfiguration.EnablePrivacyMode=false --format json --output ../plan.json";
    assert_eq!(run(folder.path(), line).status, 0);
    assert_eq!(fs::read_to_string(folder.path().join("plan.json")).unwrap(), one);
}

/// One more letter at the end of a file of each kind, and files that come and go.
#[test]
fn nothing_is_written_if_anything_has_changed_since() {
    let files = [
        ("prescope.yaml", "#"),
        ("policies/a.prescope", "\n"),
        ("policies/tests.prescope", "\n"),
        ("policies/others.yaml", "\n"),
        ("people/all.yaml", "\n"),
        ("policies/tests.prescope.snap", "\n"),
    ];
    for command in share([COMMANDS[0], COMMANDS[3]]) {
        let folder = given();
        keep(folder.path(), command);
        let project = folder.path().join("project");
        for (file, letter) in files {
            let text = fs::read_to_string(project.join(file)).unwrap();
            fs::write(project.join(file), format!("{text}{letter}")).unwrap();
            refused(folder.path(), &format!("`{file}` has changed since the plan was made"));
            fs::write(project.join(file), text).unwrap();
        }
        // `lint` says of the last that nobody reads it.
        for file in ["policies/b.prescope", "people/more.yaml", "policies/a.prescope.snap", "left.prescope"] {
            fs::write(project.join(file), "\n").unwrap();
            refused(folder.path(), &format!("`{file}` has come to the project since the plan was made"));
            fs::remove_file(project.join(file)).unwrap();
        }
        for file in ["policies/tests.prescope.snap", "policies/others.yaml", "people/all.yaml"] {
            let text = fs::read_to_string(project.join(file)).unwrap();
            fs::remove_file(project.join(file)).unwrap();
            refused(folder.path(), &format!("`{file}` has left the project since the plan was made"));
            fs::write(project.join(file), text).unwrap();
        }
        assert_eq!(run(folder.path(), "apply ../plan.json").status, 0, "{command}");
    }
}

/// Whoever changes a kept plan, or makes one, gets nothing written that the command in it does not plan.
#[test]
fn a_plan_that_somebody_changed_is_refused() {
    let folder = given();
    keep(folder.path(), "set PrivacyConfiguration.DisplayPublishedPhotoDefault=false");
    let path = folder.path().join("plan.json");
    let kept = fs::read_to_string(&path).unwrap();
    let outside = folder.path().join("outside").display().to_string();
    fs::write(&outside, "precious").unwrap();
    let edited = |from: &str, to: &str| {
        assert!(kept.contains(from), "{from}");
        kept.replacen(from, to, 1)
    };
    let command = r#""command":["set","PrivacyConfiguration.DisplayPublishedPhotoDefault=false"]"#;
    let other = "it is not what `prescope";
    let cases = [
        (edited("DisplayPublishedPhotoDefault = false\\n", "EnablePrivacyMode = false\\n"), other),
        (edited("\"gained\":", "\"gained\": "), other),
        (format!("{kept}\n"), other),
        (edited(command, r#""command":["set","PrivacyConfiguration.DisplayPublishedPhotoDefault=true"]"#), other),
        (
            edited(command, r#""command":["set","PrivacyConfiguration.DisplayPublishedPhotoDefault=false","--write"]"#),
            other,
        ),
        (edited(command, r#""command":["check"]"#), other),
        (edited(command, r#""command":["migrate","--all","--check"]"#), other),
        (edited(command, r#""command":["apply","../plan.json"]"#), other),
        (edited(command, r#""command":["fmt"]"#), other),
        (edited(command, r#""command":["--help"]"#), other),
        (edited(command, r#""command":[]"#), other),
        (edited("policies/a.prescope", "../outside"), "`../outside` has left the project"),
        (edited("policies/a.prescope", &outside), "has left the project"),
        (
            edited("policies/a.prescope", "policies/../policies/a.prescope"),
            "`policies/../policies/a.prescope` has left",
        ),
        (edited("\"role\":\"policy\"", "\"role\":\"directory\""), "policies/a.prescope` has"),
        (edited("\"version\":\"", "\"version\":\"9"), "and this is "),
        (edited("\"library\":\"", "\"library\":\"0"), "the shipped policies are not those"),
        (edited("\"command\":", "\"version\":\"1\",\"command\":"), "duplicate field `version`"),
        (edited("\"role\":", "\"path\":\"x\",\"role\":"), "duplicate field `path`"),
        (edited("plan-file/v1", "plan-file/v2"), "it follows `prescope/plan-file/v2`"),
        (edited("\"command\":", "\"more\":1,\"command\":"), "unknown field `more`"),
        (kept[..kept.len() / 2].to_owned(), "is no plan that was kept"),
        ("[]".to_owned(), "is no plan that was kept"),
        ("{}".to_owned(), "is no plan that was kept"),
        (String::new(), "is no plan that was kept"),
        ("[".repeat(100_000), "is no plan that was kept"),
        (edited("\"plan\":{", &format!("\"plan\":{{\"x\":{}{},", "[".repeat(200), "]".repeat(200))), "plan"),
        (edited("\"path\":", &format!("\"path\":\"{}\",\"path\":", "x".repeat(1 << 22))), "duplicate field `path`"),
    ];
    for (text, words) in share(cases) {
        fs::write(&path, text).unwrap();
        refused(folder.path(), words);
    }
    fs::write(&path, [0xff, 0xfe]).unwrap();
    let ran = run(folder.path(), "apply ../plan.json");
    assert!(ran.status == 2 && ran.err.contains("it is not UTF-8"), "{ran:?}");
    fs::write(&path, kept).unwrap();
    assert_eq!(run(folder.path(), "apply ../plan.json").status, 0);
    assert_eq!(fs::read_to_string(outside).unwrap(), "precious");
}

/// A file of the project that is a link to one outside is read, and never written.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_written() {
    let folder = given();
    let inside = folder.path().join("project/policies/a.prescope");
    fs::rename(&inside, folder.path().join("outside")).unwrap();
    std::os::unix::fs::symlink("../../outside", &inside).unwrap();
    keep(folder.path(), "set PrivacyConfiguration.DisplayPublishedPhotoDefault=false");
    refused(folder.path(), "which lies outside of");
    // Nor does a plan take the place of a link.
    fs::rename(folder.path().join("plan.json"), folder.path().join("other.json")).unwrap();
    std::os::unix::fs::symlink("other.json", folder.path().join("plan.json")).unwrap();
    let ran = run(folder.path(), "block bob eve -o ../plan.json");
    assert!(ran.status == 2 && ran.err.contains("it is a link, which is not followed"), "{ran:?}");
    assert_eq!(fs::read_to_string(folder.path().join("outside")).unwrap(), POLICY);
}

/// Beside directory files a plan is nothing that should be read.
#[test]
fn a_plan_may_lie_anywhere_in_the_project() {
    for place in by_turns(1, ["plan.json", "people/plan.json", "policies/plan.json"]) {
        let folder = given();
        let ran = run(folder.path(), &format!("block bob eve -o {place}"));
        assert_eq!(ran.status, 0, "{ran:?}");
        let lint = run(folder.path(), "lint");
        assert!(!lint.out.contains("plan.json"), "{lint:?}");
        let ran = run(folder.path(), &format!("apply {place}"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{place}");
        assert!(run(folder.path(), &format!("apply {place}")).out.starts_with("applied already"), "{place}");
    }
}

#[test]
fn a_plan_takes_the_place_of_nothing_but_a_plan() {
    let folder = given();
    let before = files(folder.path());
    for (file, words) in share([
        ("policies/a.prescope", "would be read as a file of the project"),
        ("policies/new.prescope", "would be read as a file of the project"),
        ("./people/../people/new.yaml", "would be read as a file of the project"),
        ("prescope.yaml", "holds something else than a plan"),
        ("policies/others.yaml", "holds something else than a plan"),
        ("people", "`people` cannot be replaced: "),
        ("-", "--output writes a plan into a file"),
    ]) {
        let ran = run(folder.path(), &format!("block bob eve -o {file}"));
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{file}: {ran:?}");
        assert!(ran.err.contains(words) && ran.err.contains("\n  help: "), "{file}: {ran:?}");
        assert_eq!(files(folder.path()), before, "{file}");
    }
    let both = run(folder.path(), "block bob eve --write -o ../plan.json");
    assert!(both.status == 2 && both.err.contains("cannot be used with"), "{both:?}");
    // A plan that is kept already gives way to a new one.
    keep(folder.path(), "block bob eve");
    keep(folder.path(), "block bob anna");
    assert!(run(folder.path(), "apply ../plan.json").out.starts_with("applied: prescope block bob anna\n"));
}

#[test]
fn what_is_held_up_is_not_kept_unless_it_is_forced() {
    let folder = given();
    let path = folder.path().join("project/policies/a.prescope");
    fs::write(
        &path,
        POLICY
            .replace("EnablePrivacyMode = true", "EnablePrivacyMode = false")
            .replace("lync_2010", "communicator_2007"),
    )
    .unwrap();
    let ask = "set PrivacyConfiguration.EnablePrivacyMode=true";
    let ran = run(folder.path(), &format!("{ask} -o ../plan.json"));
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    assert!(
        ran.out.ends_with("\nnothing is written: the preflight fails; mend what it lists, or add --force\n"),
        "{ran:?}"
    );
    assert!(!folder.path().join("plan.json").exists());
    keep(folder.path(), &format!("{ask} --force"));
    // Whoever takes the word out has another plan.
    let plan = fs::read_to_string(folder.path().join("plan.json")).unwrap();
    fs::write(folder.path().join("plan.json"), plan.replacen(",\"--force\"", "", 1)).unwrap();
    refused(folder.path(), "it is not what `prescope ");
    fs::write(folder.path().join("plan.json"), plan).unwrap();
    let ran = run(folder.path(), "apply ../plan.json");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&path).unwrap().matches("EnablePrivacyMode = true").count(), 1);
    // A preview is none that could be carried out.
    let preview = run(folder.path(), "migrate anna --to standard -o ../other.json");
    assert!(preview.status == 2 && preview.err.contains("is not in effect for"), "{preview:?}");
}

/// Files that are given by name are a project too, and so are those of a folder that is named.
#[test]
fn the_place_is_said_again() {
    let folder = given();
    let named = "--policy policies/a.prescope --directory people/all.yaml";
    assert_eq!(run(folder.path(), &format!("block bob eve -o ../plan.json {named}")).status, 0);
    refused(folder.path(), "has come to the project since");
    let told = run(folder.path(), &format!("block bob eve -o ../plan.json {named}")).out;
    assert!(
        told.ends_with(&format!("kept in ../plan.json: prescope apply ../plan.json {named} carries it out\n")),
        "{told}"
    );
    let before = files(folder.path());
    assert_eq!(
        run(folder.path(), &format!("apply ../plan.json {named}")).out.lines().last(),
        Some("written: people/all.yaml")
    );
    assert_ne!(files(folder.path()), before);
    let below = |line: &str| run_in(folder.path(), &line.split(' ').collect::<Vec<_>>(), b"");
    assert_eq!(below("unblock bob eve -o plan.json --project project").status, 0);
    assert_eq!(below("apply plan.json --project project").status, 0);
    assert_eq!(files(folder.path()).len(), before.len());
}

#[test]
fn a_plan_without_a_change_is_kept_and_writes_nothing() {
    let folder = given();
    keep(folder.path(), "set PrivacyConfiguration.EnablePrivacyMode=true");
    let before = contents(folder.path());
    let ran = run(folder.path(), "apply ../plan.json");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.ends_with("\nnothing to write\n"), "{ran:?}");
    assert_eq!(contents(folder.path()), before);
}
