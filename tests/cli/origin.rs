//! What a build knows of the repository it was made of: nothing that others cannot get there.

use std::fs;
use std::path::Path;

use crate::build;
use crate::hooks::by_itself;

const GIT: [&str; 4] = ["-c", "user.name=Somebody", "-c", "user.email=somebody@contoso.example"];

/// A git command that has to succeed.
#[track_caller]
fn run(folder: &Path, line: &str) -> String {
    let arguments = GIT.into_iter().chain(line.split(' '));
    let mut git = by_itself(Path::new("git"));
    let output =
        git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "git {line}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
}

/// A repository with a commit.
fn repository(folder: &Path) {
    fs::create_dir(folder).expect("a folder");
    run(folder, "init --quiet --initial-branch=main");
    fs::write(folder.join("Cargo.toml"), "[package]\n").expect("a file");
    run(folder, "add --all");
    run(folder, "commit --quiet --message One");
}

#[test]
fn a_clone_is_known_by_what_it_was_cloned_from() {
    let outside = tempfile::tempdir().expect("a folder");
    let (one, two) = (outside.path().join("one"), outside.path().join("two"));
    assert_eq!(build::of_git(outside.path()), None, "no repository");
    repository(&one);
    assert_eq!(build::of_git(&one), None, "a repository of nobody else");
    run(outside.path(), "clone --quiet one two");
    let head = run(&two, "rev-parse HEAD");
    let address = format!("file://{}", one.canonicalize().expect("a path").display());
    assert_eq!(build::of_git(&two), Some((address.clone(), head.clone())));
    fs::create_dir(two.join("inside")).expect("a folder");
    assert_eq!(build::of_git(&two.join("inside")), None, "a folder in somebody's repository");

    // One commit of which nothing else is fetched, as pre-commit has it.
    run(outside.path(), "init --quiet three");
    let three = outside.path().join("three");
    run(&three, &format!("remote add origin {address}"));
    run(&three, &format!("fetch --quiet --depth=1 origin {head}"));
    run(&three, "checkout --quiet FETCH_HEAD");
    assert_eq!(build::of_git(&three), Some((address, head)));

    fs::write(two.join("Cargo.toml"), "[package] # Another\n").expect("a file");
    assert_eq!(build::of_git(&two), None, "not what was committed");
    run(&two, "commit --quiet --all --message Two");
    assert_eq!(build::of_git(&two), None, "nobody has this commit");
    run(&two, "push --quiet origin HEAD:refs/heads/two");
    assert_eq!(build::of_git(&two).map(|(_, revision)| revision), Some(run(&two, "rev-parse HEAD")));
}

/// Cargo clones its own database, which says what it was fetched from.
#[test]
fn what_cargo_has_checked_out_is_known_by_where_it_was_fetched_from() {
    let outside = tempfile::tempdir().expect("a folder");
    let [one, database, checkout] = ["one", "database", "checkout"].map(|name| outside.path().join(name));
    repository(&one);
    fs::create_dir(&database).expect("a folder");
    run(&database, "init --quiet --bare");
    let address = format!("file://{}", one.display());
    for refspecs in ["+HEAD:refs/remotes/origin/HEAD", "+refs/heads/*:refs/remotes/origin/*"] {
        run(&database, &format!("fetch --quiet --force {address} {refspecs}"));
        assert_eq!(build::fetched_from(&format!("file://{}", database.display())), Some(address.clone()), "{refspecs}");
    }
    run(
        outside.path(),
        "clone --quiet --no-checkout file://DATABASE checkout"
            .replace("DATABASE", &database.to_string_lossy())
            .as_str(),
    );
    run(&checkout, "fetch --quiet origin refs/remotes/origin/main");
    run(&checkout, "checkout --quiet FETCH_HEAD");
    fs::write(checkout.join(".cargo-ok"), "").expect("a file");
    assert_eq!(build::of_git(&checkout), Some((address, run(&one, "rev-parse HEAD"))));
}

#[test]
fn addresses_are_as_cargo_takes_them_and_have_no_password() {
    let here = Path::new(".");
    for (origin, expected) in [
        ("https://code.example/a/b.git", "https://code.example/a/b.git"),
        ("https://token@code.example/a", "https://code.example/a"),
        ("https://me:secret@code.example:8443/a", "https://code.example:8443/a"),
        ("ssh://git@code.example/a", "ssh://git@code.example/a"),
        ("ssh://git:secret@code.example:22/a", "ssh://git@code.example:22/a"),
        ("git@code.example:a/b.git", "ssh://git@code.example/a/b.git"),
        ("code.example:/a/b", "ssh://code.example/a/b"),
        ("file:///a/b", "file:///a/b"),
    ] {
        assert_eq!(build::address(here, origin).as_deref(), Some(expected), "{origin}");
    }
    assert_eq!(build::address(here, "no/such/folder"), None);
}
