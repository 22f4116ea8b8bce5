//! What is known only while building: the trees of the shipped policies, and where this build comes from.
//!
//! Every policy file in a folder of `policies` is part of a library, but for its tests. Each is parsed here and its
//! tree stored beside the table that `src/library.rs` includes; one with errors ends the build.
//!
//! `prescope init` writes a workflow that installs the same prescope: it needs the address of the repository and the
//! revision, if both are known and whoever has the address gets that revision there. A packager says so with
//! `PRESCOPE_REPOSITORY` and `PRESCOPE_REVISION`. Otherwise git does, if the working tree is what was committed, and
//! the commit is known to be in the repository that it was cloned from.
#![allow(clippy::disallowed_methods, reason = "a build script looks at the files it is made of")]

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use prescope_language::{Sources, parse};

/// What the build is made of besides git's own files.
const MADE_OF: [&str; 7] = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "grammar", "policies", "examples"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    for path in MADE_OF.iter().map(|name| folder.join(name)).chain(kept_by_git(&folder)) {
        // What is not there would be taken for changed each time.
        if path.exists() {
            tell(&format!("rerun-if-changed={}", path.display()));
        }
    }
    fs::write(out.join("libraries.rs"), libraries(&folder.join("policies"), &out)?)?;
    tell_origin(&folder);
    Ok(())
}

/// The table of libraries, as an expression, with the tree of each file stored beside it.
pub(crate) fn libraries(policies: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let mut table = "&[\n".to_owned();
    let mut number = 0;
    for folder in sorted(policies)?.into_iter().filter(|path| path.is_dir()) {
        let library = word(folder.file_name())?;
        writeln!(table, "(\"std/{library}\", &[")?;
        for path in sorted(&folder)?.into_iter().filter(|path| path.extension() == Some(OsStr::new("prescope"))) {
            let file = word(path.file_stem())?;
            if file.starts_with("tests") {
                continue;
            }
            let shown = format!("std/{library}/{file}.prescope");
            let tree = out.join(format!("{library}-{file}.tree"));
            fs::write(&tree, stored(number, &shown, fs::read_to_string(&path)?)?)?;
            writeln!(table, "({shown:?}, include_str!({path:?}), include_bytes!({tree:?})),")?;
            number += 1;
        }
        writeln!(table, "]),")?;
    }
    Ok(table + "]\n")
}

/// The tree of a shipped file, as it is stored.
fn stored(number: usize, path: &str, text: String) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut sources = Sources::default();
    let file = sources.add_shipped(number, path.to_owned(), text);
    let parsed = parse(file, sources.text(file));
    let place = |wrong: &prescope_language::Diagnostic| wrong.span().map_or(0, |span| sources.start(span).line);
    let wrong: Vec<String> =
        parsed.diagnostics.iter().map(|wrong| format!("{path}:{}: {}", place(wrong), wrong.sentence())).collect();
    if wrong.is_empty() { Ok(postcard::to_stdvec(&parsed)?) } else { Err(wrong.join("; ").into()) }
}

/// What lies in a folder, in an order that is the same everywhere.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries: Result<Vec<PathBuf>, _> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = entries?;
    paths.sort();
    Ok(paths)
}

fn word(name: Option<&OsStr>) -> Result<&str, Box<dyn Error>> {
    Ok(name.and_then(OsStr::to_str).ok_or("a file or folder of `policies` whose name is not UTF-8")?)
}

/// Where this build comes from, if that is known.
fn tell_origin(folder: &Path) {
    for name in ["PRESCOPE_REPOSITORY", "PRESCOPE_REVISION"] {
        tell(&format!("rerun-if-env-changed={name}"));
    }
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let origin = match (said("PRESCOPE_REPOSITORY"), said("PRESCOPE_REVISION")) {
        (Some(address), Some(revision)) => Some((address, revision)),
        _ => of_git(folder),
    };
    // It ends up in a command of a workflow, so nothing may stand in it that a shell or YAML would read.
    let is_plain = |text: &str| text.chars().all(|it| it.is_ascii_alphanumeric() || "-._~:/@%+=".contains(it));
    if let Some((address, revision)) = origin.filter(|(address, revision)| is_plain(address) && is_plain(revision)) {
        // Other names than those that are read: Cargo also sets these for what it runs, and a test that builds prescope
        // of another repository would be told where this one comes from.
        tell(&format!("rustc-env=PRESCOPE_BUILT_FROM={address}"));
        tell(&format!("rustc-env=PRESCOPE_BUILT_AT={revision}"));
    }
}

#[allow(clippy::print_stdout, reason = "this is how a build script talks to Cargo")]
fn tell(word: &str) {
    println!("cargo::{word}");
}

/// What a git command prints in a folder; None if it fails or there is no git. The build may be part of somebody's
/// hook: git's variables are about that repository then.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(name);
    }
    let output = git.args(arguments).current_dir(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    Some(text.trim_end().to_owned())
}

/// The files by which git knows the commit, and what is in the repository that it was cloned from.
fn kept_by_git(folder: &Path) -> Vec<PathBuf> {
    let names = ["HEAD", "logs/HEAD", "packed-refs", "refs/remotes", "shallow", "config"];
    let path = |name: &&str| git(folder, &["rev-parse", "--git-path", name]).map(|path| folder.join(path));
    names.iter().filter_map(path).collect()
}

pub(crate) fn of_git(folder: &Path) -> Option<(String, String)> {
    // A package that lies in a repository of others is not of that repository.
    let root = PathBuf::from(git(folder, &["rev-parse", "--show-toplevel"])?);
    if root.canonicalize().ok()? != folder.canonicalize().ok()? {
        return None;
    }
    let revision = git(folder, &["rev-parse", "HEAD"])?;
    let origin = git(folder, &["config", "--get", "remote.origin.url"])?;
    if folder.join(".cargo-ok").exists() {
        // Cargo itself has checked this out, of a database that has what was fetched from the repository.
        return Some((address(folder, &fetched_from(&origin)?)?, revision));
    }
    let clean = git(folder, &["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    let fetched = || git(folder, &["branch", "--remotes", "--contains", "HEAD"]).is_some_and(|it| !it.is_empty());
    let shallow = git(folder, &["rev-parse", "--git-path", "shallow"]).map(|path| folder.join(path));
    let shallow = || shallow.and_then(|path| fs::read_to_string(path).ok()).is_some_and(|it| it.contains(&revision));
    let is_there = clean && (fetched() || shallow());
    is_there.then(|| address(folder, &origin)).flatten().map(|address| (address, revision))
}

/// The address of which git wrote down that it was fetched, in a repository on this disk.
pub(crate) fn fetched_from(database: &str) -> Option<String> {
    let path = database.strip_prefix("file://").unwrap_or(database);
    let heads = fs::read_to_string(Path::new(path).join("FETCH_HEAD")).ok()?;
    let line = heads.lines().next_back()?;
    let about = line.rsplit('\t').next()?;
    Some(about.rsplit(" of ").next().unwrap_or(about).to_owned())
}

/// An address as Cargo takes it, without anybody's password.
pub(crate) fn address(folder: &Path, origin: &str) -> Option<String> {
    if let Some((scheme, rest)) = origin.split_once("://") {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = host.rsplit_once('@').unwrap_or(("", host));
        let user = user.split(':').next().unwrap_or_default();
        let user = if user.is_empty() || scheme.starts_with("http") { String::new() } else { format!("{user}@") };
        return Some(format!("{scheme}://{user}{host}/{path}"));
    }
    // `somebody@host:path`, as git and ssh have it.
    if let Some((host, path)) = origin.split_once(':').filter(|(host, _)| !host.contains('/')) {
        return Some(format!("ssh://{host}/{}", path.trim_start_matches('/')));
    }
    let path = folder.join(origin).canonicalize().ok()?;
    Some(format!("file://{}", path.to_str()?))
}
