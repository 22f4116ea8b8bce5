//! `diff --pre-push` in the hook that git runs before it pushes, and by the variables of pre-commit.
#![cfg(unix)]

use std::fs;
use std::path::PathBuf;

use super::repository::{Repository, ran, script};
use crate::cli::Ran;

/// A small project in which nobody sees a note.
const PROJECT: [(&str, &str); 3] = [
    ("prescope.yaml", "policies: [\"policies/*.prescope\"]\ndirectory: [\"people/*.yaml\"]\n"),
    (
        "policies/ours.prescope",
        "category note { personal }\n\
         container everybody(100) visible {}\n\
         membership \"everybody\" { everybody has everyone }\n",
    ),
    (
        "people/all.yaml",
        "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com: {}\n  bob@contoso.com: {}\n",
    ),
];

/// Everybody does.
const OPENED: (&str, &str) = ("policies/opened.prescope", "extend container everybody { publishes note }\n");

/// A name that there is not.
const BROKEN: (&str, &str) = ("policies/broken.prescope", "extend container evrybody { publishes note }\n");

/// It denies that more is seen.
const HOOK: &str = "diff --pre-push --deny-new-visibility";

/// A repository with the project on `main`, which is pushed to a bare one; its hook tells what it says in a file.
struct Pushing {
    repository: Repository,
}

impl Pushing {
    fn new() -> Pushing {
        let repository = Repository::new();
        let bare = repository.beside("bare.git");
        repository.git(&["init", "--quiet", "--bare", "--object-format=sha1", &bare.to_string_lossy()]);
        repository.git(&["remote", "add", "origin", &bare.to_string_lossy()]);
        let pushing = Pushing { repository };
        let line = format!("exec prescope {HOOK} > '{}' 2>&1", pushing.told_in().display());
        script(&pushing.repository.path().join(".git/hooks/pre-push"), &line);
        pushing
    }

    /// The same with the project pushed already.
    fn with_project() -> Pushing {
        let pushing = Pushing::new();
        pushing.repository.commit("main", &PROJECT);
        assert!(pushing.push("main").0);
        pushing.repository.git(&["remote", "set-head", "origin", "main"]);
        pushing
    }

    fn told_in(&self) -> PathBuf {
        self.repository.beside("told")
    }

    /// Whether a push went through, and what the hook said.
    fn push(&self, words: &str) -> (bool, String) {
        let mut command = crate::hooks::by_itself(std::path::Path::new("git"));
        let built = std::path::Path::new(env!("CARGO_BIN_EXE_prescope")).parent().expect("a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([built.to_owned()].into_iter().chain(std::env::split_paths(&path)));
        command
            .current_dir(self.repository.path())
            .env("PATH", path.expect("a path"))
            .args(["push", "--quiet", "origin"]);
        command.env("HOME", self.repository.beside(".")).env("GIT_CONFIG_NOSYSTEM", "1");
        let ran = ran(command.args(words.split(' ')));
        (ran.status == 0, fs::read_to_string(self.told_in()).expect("the hook ran"))
    }

    fn head(&self) -> String {
        self.repository.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// The hook by hand, with variables and standard input.
    fn hook(&self, variables: &[(&str, &str)], input: impl AsRef<[u8]>) -> Ran {
        let file = self.repository.beside("input");
        fs::write(&file, input).expect("a file");
        let mut command = self.repository.prescope_with(&self.repository.path(), HOOK);
        command.envs(variables.iter().copied()).stdin(fs::File::open(file).expect("a file"));
        ran(&mut command)
    }
}

const DENIED: &str = "denied     deny-new-visibility";

#[test]
fn a_push_is_compared_with_what_it_replaces() {
    let pushing = Pushing::with_project();
    let before = pushing.head();
    pushing.repository.commit("opened", &[OPENED]);
    // What is checked out is not what is pushed.
    fs::remove_file(pushing.repository.path().join(OPENED.0)).expect("a file");
    let (through, told) = pushing.push("main");
    assert!(!through && told.contains(DENIED) && told.contains("\n+ note\n"), "{told}");
    let sides = format!("BASE commit {}\nHEAD commit {}\n", &before[..12], &pushing.head()[..12]);
    assert!(told.starts_with(&sides), "{told}");
    pushing.repository.git(&["checkout", "--quiet", "--force", "main"]);
    fs::remove_file(pushing.repository.path().join(OPENED.0)).expect("a file");
    pushing.repository.commit("closed", &[]);
    let (through, told) = pushing.push("main");
    assert!(through && told.contains("no difference: both sides have the same 3 files\n"), "{told}");
}

#[test]
fn a_new_branch_is_compared_with_where_it_comes_from() {
    let pushing = Pushing::with_project();
    pushing.repository.git(&["checkout", "--quiet", "-b", "topic"]);
    pushing.repository.commit("topic", &[OPENED]);
    pushing.repository.git(&["checkout", "--quiet", "main"]);
    pushing.repository.commit("others", &[("people/more.yaml", "users: { carol@contoso.com: {} }\n")]);
    assert!(pushing.push("main").0);
    let (through, told) = pushing.push("topic");
    assert!(!through && told.contains("BASE the merge base of `origin/HEAD` and `"), "{told}");
    assert!(told.contains(DENIED) && !told.contains("carol"), "{told}");
    // Where nobody has said what the branch of the remote is, it is the one that it mostly is.
    pushing.repository.git(&["remote", "set-head", "origin", "--delete"]);
    let (through, told) = pushing.push("topic");
    assert!(!through && told.contains("BASE the merge base of `origin/main` and `"), "{told}");
    // It may be called anything, and then has to be named.
    pushing.repository.git(&["push", "--quiet", "--no-verify", "origin", "main:refs/heads/trunk"]);
    pushing.repository.git(&["push", "--quiet", "--no-verify", "origin", "--delete", "main"]);
    let ran = pushing.repository.prescope("diff --pre-push");
    assert!(ran.status == 2 && ran.err.contains("name BASE"), "{ran:?}");
    let ran = pushing.repository.prescope("diff origin/trunk --pre-push --deny-new-visibility");
    assert!(ran.status == 0 && ran.out.contains("BASE the merge base of `origin/trunk` and `HEAD`"), "{ran:?}");
}

/// There is nothing to compare the very first push with: everything arrives.
#[test]
fn the_first_push_is_compared_with_nothing() {
    let pushing = Pushing::new();
    pushing.repository.commit("main", &PROJECT);
    let (through, told) = pushing.push("main");
    assert!(
        through && told.starts_with("BASE what has been pushed so far: without this project, so there is nothing\n"),
        "{told}"
    );
    assert!(told.contains("arrived  2 "), "{told}");
    let json = pushing.repository.prescope("diff --pre-push --format json");
    assert_eq!(json.status, 0, "the working tree, with what is pushed now");
}

/// What holds one comparison is not filled with several, of which the last would stay.
#[test]
fn several_comparisons_are_text() {
    let pushing = Pushing::with_project();
    pushing.repository.commit("two", &[("more/prescope.yaml", PROJECT[0].1), ("more/policies/a.prescope", "// A.\n")]);
    for wanted in ["--format json", "--format sarif", "-o told.txt"] {
        let ran = pushing.repository.prescope(&format!("diff --pre-push {wanted}"));
        assert!(ran.status == 2 && ran.err.contains("2 comparisons are asked for"), "{wanted}: {ran:?}");
    }
    assert!(!pushing.repository.path().join("told.txt").exists());
    assert_eq!(pushing.repository.prescope("diff --pre-push --format json --project more").status, 0);
}

#[test]
fn each_ref_is_compared_and_deletions_are_not() {
    let pushing = Pushing::with_project();
    pushing.repository.git(&["checkout", "--quiet", "-b", "topic"]);
    pushing.repository.commit("topic", &[("policies/more.prescope", "// More.\n")]);
    pushing.repository.git(&["tag", "v1"]);
    let (through, told) = pushing.push("topic v1 main:refs/heads/copy");
    assert!(through, "{told}");
    // The tag names what the branch does.
    let headings: Vec<&str> = told.lines().filter(|line| line.starts_with("of ")).collect();
    assert_eq!(headings.len(), 2, "{told}");
    assert!(headings.contains(&"of refs/heads/main"), "{told}");
    let (through, told) = pushing.push("--delete copy");
    assert_eq!((through, told.as_str()), (true, "no commit is pushed\n"));
    let (through, told) = pushing.push("topic");
    assert_eq!((through, told.as_str()), (true, "no commit is pushed\n"), "everything is up to date");
    // What is there already and what is new are the same two commits here.
    pushing.repository.commit("topic", &[("policies/others.prescope", "// Others.\n")]);
    let [old, new] = ["origin/main", "HEAD"].map(|name| pushing.repository.git(&["rev-parse", name]).trim().to_owned());
    let zeros = "0".repeat(40);
    let lines = format!("a {new} refs/heads/a {old}\nb {new} refs/heads/b {zeros}\n");
    let told = pushing.hook(&[], lines);
    assert_eq!(told.out.matches("BASE ").count(), 1, "{told:?}");
    // One that is denied denies the push, whatever the others do.
    pushing.repository.commit("opened", &[OPENED]);
    let (through, told) = pushing.push("topic main:refs/heads/copy");
    assert!(!through && told.contains(DENIED) && told.contains("passed     deny-new-visibility"), "{told}");
}

#[test]
fn every_project_that_a_push_changes_is_compared() {
    let pushing = Pushing::with_project();
    let placed = |folder: &str, (name, text): (&str, &str)| {
        super::repository::write(&pushing.repository.path().join(folder), &[(name, text)]);
    };
    PROJECT.iter().for_each(|file| placed("below", *file));
    pushing.repository.commit("two", &[]);
    let (through, told) = pushing.push("main");
    assert!(through && told.contains("in .\n") && told.contains("\nin below\n"), "{told}");
    placed("below", OPENED);
    pushing.repository.commit("opened below", &[]);
    let (through, told) = pushing.push("main");
    let (_, below) = told.split_once("\nin below\n").expect("two projects");
    assert!(!through && below.contains(DENIED), "{told}");
    let alone = pushing.hook(&[("PRE_COMMIT_FROM_REF", "HEAD~1"), ("PRE_COMMIT_TO_REF", "HEAD")], "");
    assert_eq!((alone.status, alone.out.matches(DENIED).count()), (1, 1), "{alone:?}");
    // Without any project there is nothing to compare, and nothing wrong.
    pushing.repository.git(&["checkout", "--quiet", "--orphan", "empty"]);
    pushing.repository.git(&["rm", "--quiet", "-r", "--force", "."]);
    pushing.repository.commit("empty", &[("README.md", "Ours.\n")]);
    pushing.repository.commit("empty still", &[("README.md", "Ours still.\n")]);
    let none = pushing.hook(&[("PRE_COMMIT_FROM_REF", "HEAD~1"), ("PRE_COMMIT_TO_REF", "HEAD")], "");
    assert_eq!(none.clean().out, "no project here or below\n");
}

#[test]
fn pre_commit_says_so_by_variables() {
    let pushing = Pushing::with_project();
    pushing.repository.git(&["checkout", "--quiet", "-b", "topic"]);
    pushing.repository.commit("opened", &[OPENED]);
    let zeros = "0".repeat(40);
    let refs = |from: &'static str, to: &'static str| [("PRE_COMMIT_FROM_REF", from), ("PRE_COMMIT_TO_REF", to)];
    let ran = pushing.hook(&refs("main", "topic"), "this is not read\n");
    assert!(ran.status == 1 && ran.out.starts_with("BASE `main`, commit"), "{ran:?}");
    let new = pushing.hook(&[("PRE_COMMIT_FROM_REF", &zeros), ("PRE_COMMIT_TO_REF", "topic")], "");
    assert!(new.status == 1 && new.out.starts_with("BASE the merge base of `origin/HEAD` and `topic`"), "{new:?}");
    let gone = pushing.hook(&[("PRE_COMMIT_FROM_REF", "main"), ("PRE_COMMIT_TO_REF", &zeros)], "");
    assert_eq!(gone.clean().out, "no commit is pushed\n");
    // `run --all-files` pushes nothing: the working tree is looked at. A first push is said by its branch alone.
    pushing.repository.git(&["checkout", "--quiet", "main"]);
    for (variables, head, status) in [
        (&[("PRE_COMMIT", "1")][..], "HEAD the working tree\n", 0),
        (&[("PRE_COMMIT", "1"), ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/topic")], "HEAD `refs/heads/topic`", 1),
        (&[], "HEAD the working tree\n", 0),
    ] {
        let ran = pushing.hook(variables, "");
        assert!(ran.status == status && ran.out.contains(head), "{variables:?}: {ran:?}");
    }
}

/// Nothing that was not understood or cannot be compared passes.
#[test]
fn what_is_not_understood_does_not_pass() {
    let pushing = Pushing::with_project();
    let (head, unknown) = (pushing.head(), "1".repeat(40));
    let line = |commit: &str, replaces: &str| format!("refs/heads/main {commit} refs/heads/main {replaces}\n");
    for (input, says) in [
        ("rubbish\n".to_owned(), "line 1 of standard input is none that git writes"),
        (line(&head, &head) + "\n", "line 2 of standard input is none that git writes"),
        (line(&head, "0123"), "line 1 of standard input is none that git writes"),
        (line(&head, &unknown), "BASE: git knows no revision `1111"),
        (line(&unknown, &head), "HEAD: git knows no revision `1111"),
    ] {
        let told = pushing.hook(&[], input.as_bytes()).failed();
        assert!(told.contains(says) && told.contains("help: "), "{input}: {told}");
    }
    let long = vec![b'x'; (4 << 20) + 1];
    assert!(pushing.hook(&[], long).failed().contains("more than 4 MB"));
    let mut latin = b"refs/heads/m\xfcnchen".to_vec();
    latin.extend_from_slice(line(&head, &head).trim_start_matches("refs/heads/main").as_bytes());
    assert!(pushing.hook(&[], latin).clean().out.contains("no difference"), "names are not always UTF-8");
    // A name with blanks in it, as git takes it from whoever types it.
    let typed = pushing.hook(&[], line(&head, &head).replacen("refs/heads/main", ":/a message", 1)).clean();
    assert!(typed.out.contains("no difference"), "{typed:?}");
    pushing.repository.commit("broken", &[BROKEN]);
    let (through, told) = pushing.push("main");
    assert!(
        !through && told.starts_with("HEAD: commit ") && told.contains("there is no container `evrybody`"),
        "{told}"
    );
}
