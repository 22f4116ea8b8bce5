//! What is a side: folders, revisions, ranges, the index, the working tree, and where both come from.

use super::repository::{Repository, everything, ran, write};
use super::{OPENED, PROJECT, opened};
use crate::given;
use crate::tries::by_turns;

/// Variables of build services, which name the branch that a change is for.
pub(super) const TARGETS: [&str; 2] = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

/// The lines of a text that do not say what the sides are.
fn without_sides(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("BASE ") && !line.starts_with("HEAD ")).collect()
}

#[test]
fn every_name_of_two_sides() {
    let repository = opened();
    repository.git(&["tag", "--annotate", "v1", "--message", "One", "main"]);
    write(&repository.beside("before"), &PROJECT);
    let lines = [
        "main",
        "main opened",
        "v1..opened",
        "main..",
        "..main",
        "main...opened",
        "main...",
        "HEAD~1 HEAD",
        "main:. opened:./",
        "main:people/..",
        "--git main opened",
        "--folder ../before .",
        "../before",
        "main ../before",
        "../before opened",
        "--staged",
        "main --staged",
        "main --merge-base",
    ];
    let headers = lines.map(|line| {
        let line = format!("diff {line}");
        let ran = repository.prescope(&line).clean();
        let header: String = ran.out.split_inclusive('\n').take_while(|line| *line != "\n").collect();
        format!("$ prescope {line}\n{header}")
    });
    insta::assert_snapshot!(headers.concat());
}

#[test]
fn a_comparison_as_text_and_as_json() {
    let repository = opened();
    let texts = ["diff main opened", "diff main opened --format json", "diff main main --format json"];
    given::snapshots!("as", texts.map(|line| (line, repository.told(line))));
}

#[test]
fn the_exit_status_tells_of_a_difference_if_asked() {
    let repository = opened();
    repository.commit(
        "layout",
        &[("policies/ours.prescope", "use std/lync2013\n\n\nextend container external { publishes note }\n")],
    );
    for (line, status) in [
        ("diff main opened", 0),
        ("diff main opened --exit-code", 1),
        ("diff opened main --exit-code", 1),
        ("diff main main --exit-code", 0),
        ("diff opened~1 opened --exit-code", 0),
    ] {
        assert_eq!(repository.prescope(line).status, status, "{line}");
    }
    repository.write(&[("people/more.yaml", "users: { carol@contoso.com: {} }\n")]);
    assert_eq!(repository.prescope("diff HEAD --exit-code").status, 1, "somebody arrived");
}

/// The same from git as from folders, to the byte, in both formats.
#[test]
fn git_is_read_as_a_folder_is() {
    let repository = Repository::new();
    let inside = |name: &str| format!("conf/{name}");
    let project = PROJECT.map(|(name, text)| (inside(name), text));
    let project = project.each_ref().map(|(name, text)| (name.as_str(), *text));
    repository.commit("one", &project);
    repository.commit(
        "two",
        &[
            ("conf/policies/über uns.prescope", "extend container external { publishes note }\n"),
            ("conf/policies/node_modules/a.prescope", "this is not read"),
            ("conf/policies/.hidden/b.prescope", "extend container external { publishes state.location }\n"),
            ("conf/people/more.yaml", "\u{feff}users:\r\n  carol@contoso.com: {}\r\n"),
            ("conf/policies/tests.prescope", "test \"t\" {\n    given \"../../shared.yaml\"\n    expect anna@contoso.com sees bob@contoso.com note\n}\n"),
            ("shared.yaml", "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n"),
        ],
    );
    let [one, two] = ["HEAD~1", "HEAD"].map(|revision| repository.exported(revision).join("conf"));
    let folders = format!("{} {}", one.display(), two.display());
    for (number, format) in ["text", "json"].into_iter().enumerate() {
        let conf = repository.path().join("conf");
        let told = |sides: &str| {
            let ran = repository.prescope_in(&conf, &format!("diff {sides} --format {format}")).clean();
            match format {
                "text" => without_sides(&ran.out),
                _ => {
                    let mut document = ran.json();
                    let sides = ["base", "head"].map(|side| document.as_object_mut().and_then(|it| it.remove(side)));
                    assert!(sides.iter().all(Option::is_some), "{}", ran.out);
                    document.to_string()
                }
            }
        };
        let expected = told(&folders);
        assert!(expected.contains("external") || expected.contains("gained"), "{expected}");
        let beside = format!("HEAD~1 {}", two.display());
        for sides in by_turns(number, ["HEAD~1 HEAD", "HEAD~1", "HEAD~1 --staged", "HEAD~1:conf HEAD:./", &beside]) {
            assert_eq!(told(sides), expected, "{sides}");
        }
        let outside = repository.prescope(&format!("diff HEAD~1 HEAD --project conf --format {format}")).clean();
        assert!(outside.out.contains("note") || format == "json", "{outside:?}");
    }
}

#[test]
fn nothing_is_written() {
    let repository = opened();
    repository.write(&[("policies/more.prescope", "// staged\n"), ("note.txt", "untracked")]);
    repository.git(&["add", "policies/more.prescope"]);
    repository.write(&[("policies/more.prescope", "// changed since\n")]);
    // Times that the index does not know yet: whoever refreshed it would write them.
    repository.write(&PROJECT[..1]);
    let before = everything(&repository.path());
    for line in ["main", "main opened", "--staged", "main...", "nowhere", "main:nowhere", "--git policies"] {
        _ = repository.prescope(&format!("diff {line}"));
    }
    assert!(everything(&repository.path()) == before, "some file is another one");
    let status = repository.git(&["status", "--porcelain=v2"]);
    assert_eq!(status.lines().count(), 2, "{status}");
}

#[test]
fn the_working_tree_is_what_check_reads_and_the_index_is_not() {
    let repository = Repository::new();
    repository.commit("one", &PROJECT);
    repository.write(&[("policies/new.prescope", "extend container external { publishes note }\n")]);
    let differs = |line: &str| repository.prescope(&format!("diff {line} --exit-code")).status;
    assert_eq!([differs("HEAD"), differs("--staged")], [1, 0], "an untracked file");
    repository.git(&["add", "policies/new.prescope"]);
    repository.write(&[("policies/new.prescope", "// nothing\n")]);
    assert_eq!([differs("HEAD"), differs("--staged")], [0, 1], "what is staged is another text");
}

#[test]
fn a_side_without_the_project_has_nothing() {
    let repository = Repository::new();
    repository.commit("zero", &[("README.md", "Ours.\n")]);
    repository.commit("one", &PROJECT);
    let lines = ["diff HEAD~1", "diff HEAD HEAD~1", "diff HEAD~1 --format json"];
    given::snapshots!("without", lines.map(|line| (line, repository.told(line))));
}

/// No format calls a gain what the gate does not find.
#[test]
fn what_leaves_by_a_project_that_arrived_is_no_gain() {
    let repository = Repository::new();
    repository.commit("zero", &[("README.md", "Ours.\n")]);
    repository.commit("one", &PROJECT);
    for line in ["diff HEAD~1", "diff HEAD HEAD~1"] {
        let told = |rest: &str| repository.prescope(&format!("{line} --deny-new-disclosure {rest}"));
        let text = told("");
        assert_eq!(text.status, 0, "{text:?}");
        assert!(
            text.out.contains("deny-new-disclosure: 0 found") && !text.out.contains("got nothing before"),
            "{text:?}"
        );
        assert!(text.out.contains(", by a project on one side only\n"), "{text:?}");
        assert!(!told("--format markdown").out.contains("got nothing before"));
        assert!(!told("--format sarif").out.contains("\"ruleId\":\"diff::new-disclosure\""));
        let document = told("--format json").json();
        let all = document["effect"]["disclosures"].as_array().expect("a list");
        assert!(!all.is_empty() && all.iter().all(|it| it["direction"] == "aside"), "{document:#}");
    }
    let counted = repository.prescope("diff HEAD~1 --deny-new-disclosure --count-arrivals");
    assert!(counted.status == 1 && !counted.out.contains("deny-new-disclosure: 0 found"), "{counted:?}");
}

#[test]
fn people_may_be_the_same_on_both_sides() {
    let repository = opened();
    write(
        &repository.beside("."),
        &[("people.yaml", PROJECT[2].1), ("more.yaml", "users: { carol@contoso.com: {} }\n")],
    );
    let line = "diff main opened --directory ../people.yaml --directory ../more.yaml";
    let own = repository.prescope("diff main opened --format json").json();
    let with = repository.prescope(&format!("{line} --format json")).json();
    assert_eq!(own["effect"]["owners"], 2);
    assert_eq!(with["effect"]["owners"], 3, "their own directory does not count");
    insta::assert_snapshot!(repository.told(line));
}

#[test]
fn sides_without_people_tell_so() {
    let repository = opened();
    let text = "policies: [\"policies/**/*.prescope\"]\n";
    repository.commit("no people", &[("prescope.yaml", text)]);
    repository.git(&["rm", "--quiet", "--cached", "policies/ours.prescope"]);
    repository.commit("other", &[("policies/ours.prescope", "use std/lync2013\n// other\n")]);
    insta::assert_snapshot!(repository.told("diff HEAD~1 HEAD"));
}

/// Where both come from: what others have changed since is no difference.
#[test]
fn the_base_branch_may_have_gone_on() {
    let repository = opened();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit(
        "others",
        &[("policies/others.prescope", "extend container external { publishes contact_card.mobile_phone }\n")],
    );
    repository.git(&["checkout", "--quiet", "opened"]);
    let clone = repository.beside("clone");
    repository.git(&["clone", "--quiet", ".", &clone.to_string_lossy()]);
    repository.git_in(&clone, &["remote", "set-head", "origin", "main"]);
    let gained = |line: &str, variable: Option<(&str, &str)>| {
        let mut command = repository.prescope_with(&clone, &format!("diff {line} --format json"));
        let ran = ran(command.envs(variable));
        let document = ran.clean().json();
        (document["base"]["spec"].as_str().expect("a name").to_owned(), document["effect"]["open"]["lost"].clone())
    };
    let lost = |line: &str| gained(line, None).1;
    assert_ne!(lost("origin/main"), 0, "as it is now");
    assert_eq!(lost("origin/main..."), 0);
    assert_eq!(gained("--merge-base", None), ("origin/HEAD...HEAD".to_owned(), 0.into()));
    for name in TARGETS {
        assert_eq!(gained("--merge-base", Some((name, "main"))), ("origin/main...HEAD".to_owned(), 0.into()), "{name}");
    }
    assert_eq!(gained("--merge-base", Some((TARGETS[0], ""))).0, "origin/HEAD...HEAD", "set to nothing");
    // A branch that was fetched under its own name.
    repository.git_in(&clone, &["branch", "fetched", "origin/opened~1"]);
    assert_eq!(gained("--merge-base --staged", Some((TARGETS[1], "fetched"))).0, "fetched...HEAD");
}

/// Not the working tree, but what its names say of the repository that the project lies in.
#[test]
fn a_project_elsewhere_is_read_from_its_own_repository() {
    let repository = opened();
    let elsewhere = Repository::new();
    elsewhere.commit("one", &[OPENED]);
    let line = format!("diff main opened --project {} --format json", repository.path().display());
    let document = elsewhere.prescope(&line).clean().json();
    assert_eq!(document["effect"]["owners"], 2);
    let document = repository.prescope_in(&repository.path().join("people"), "diff main opened --format json");
    assert_eq!(document.clean().json()["effect"]["owners"], 2, "from a folder below");
}
