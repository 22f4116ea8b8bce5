//! `diff --pre-push`: what is pushed, and what it is compared with. git says so to its hooks by standard input,
//! pre-commit to its own by variables.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};

use super::{default_base, one};
use crate::cli::Status;
use crate::cli::args::{Diff, DiffFormat};
use crate::cli::failure::Failure;
use crate::cli::open::NONE;
use crate::cli::output::Output;
use crate::project::side::{Base, Means, Request, Side, everywhere, shown_folder, sides};
use crate::text::line;

/// As much of standard input is read: some ten thousand lines.
const LARGEST: u64 = 4 << 20;

/// Branches that others mostly start from, if nothing says which one it is.
const USUAL: [&str; 2] = ["origin/main", "origin/master"];

/// One ref that is pushed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Push {
    /// What it is called here; empty if nobody says.
    name: String,
    /// The commit; the working tree if nobody says.
    commit: Option<String>,
    /// What is at its place now; None if nothing is.
    replaces: Option<String>,
}

/// Compares what is pushed, each pair of commits once, in every project that either of them has.
pub(super) fn run(request: &Request<'_>, command: &Diff, output: &mut Output) -> Result<Status, Failure> {
    let pushes = pushes()?;
    if pushes.is_empty() {
        return say(command, "no commit is pushed\n", output);
    }
    let (mut compared, mut known) = (Vec::new(), BTreeSet::new());
    for push in &pushes {
        for (folder, sides) in of_push(push, request, command)? {
            let commits = sides.each_ref().map(|side| side.commit.clone());
            let is_known = commits.iter().all(Option::is_some) && !known.insert((folder.clone(), commits));
            if !is_known {
                compared.push(([push.name.clone(), folder], sides));
            }
        }
    }
    if compared.is_empty() {
        return say(command, NONE, output);
    }
    if compared.len() > 1 {
        tells_several(command, compared.len())?;
    }
    let [refs, folders] = [0, 1].map(|part| compared.iter().any(|(name, _)| name[part] != compared[0].0[part]));
    let mut status = Status::Clean;
    for (index, ([name, folder], sides)) in compared.iter().enumerate() {
        let parts = [refs.then(|| format!("of {name}")), folders.then(|| format!("in {folder}"))];
        let heading = parts.into_iter().flatten().collect::<Vec<String>>().join(", ");
        if command.format == DiffFormat::Text && !heading.is_empty() {
            output.tell(format!("{}{}", if index == 0 { "" } else { "\n" }, line!("{heading}")))?;
        }
        if one(sides, command, output)? == Status::Found {
            status = Status::Found;
        }
    }
    Ok(status)
}

/// That what was asked for holds several comparisons: a file and a document hold one.
fn tells_several(command: &Diff, many: usize) -> Result<(), Failure> {
    let is_document = matches!(command.format, DiffFormat::Json | DiffFormat::Sarif);
    if command.output.is_none() && !is_document {
        return Ok(());
    }
    let what = if command.output.is_some() { "a file" } else { "a document" };
    let help = "push one branch and name one project with --project, or take the comparisons as text".to_owned();
    Err(Failure::Other(format!("{many} comparisons are asked for, and {what} holds one"), Some(help)))
}

fn say(command: &Diff, text: &str, output: &mut Output) -> Result<Status, Failure> {
    if command.format == DiffFormat::Text {
        output.tell(text)?;
    }
    Ok(Status::Clean)
}

/// The projects of one push, each with its folder and both sides.
fn of_push(push: &Push, request: &Request<'_>, command: &Diff) -> Result<Vec<(String, [Side; 2])>, Failure> {
    let base = match &push.replaces {
        Some(commit) => Base::FirstOf(vec![commit.clone()]),
        None => command.base.clone().map_or_else(|| new_base(command), |base| Base::Published(vec![base])),
    };
    let merge_base = push.replaces.is_none();
    let request =
        Request { base, head: push.commit.as_deref(), means: Means::Revisions, merge_base, ..request.clone() };
    if let Some(folder) = request.project {
        return Ok(vec![(folder.display().to_string(), sides(&request)?)]);
    }
    Ok(everywhere(&request)?.into_iter().map(|(folder, sides)| (shown_folder(&folder), sides)).collect())
}

/// From where a new branch starts.
fn new_base(command: &Diff) -> Base<'static> {
    let mut revisions = match default_base(command) {
        Base::FirstOf(revisions) => revisions,
        base => return base,
    };
    revisions.extend(USUAL.map(str::to_owned));
    Base::Published(revisions)
}

/// What is pushed, each commit over each other one once. Outside of a push that is the working tree.
fn pushes() -> Result<Vec<Push>, Failure> {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = named("PRE_COMMIT_LOCAL_BRANCH");
    if let (Some(from), Some(to)) = (named("PRE_COMMIT_FROM_REF"), named("PRE_COMMIT_TO_REF")) {
        return Ok(push(name.unwrap_or_default(), &to, &from).into_iter().collect());
    }
    // Whoever pushes the first commit is told so by the branch alone.
    let whole =
        |name: Option<String>| vec![Push { commit: name.clone(), name: name.unwrap_or_default(), replaces: None }];
    let stdin = std::io::stdin();
    if named("PRE_COMMIT").is_some() || stdin.is_terminal() {
        return Ok(whole(name));
    }
    let text = read_to_end(stdin)?;
    if text.is_empty() && std::env::var_os("GIT_PREFIX").is_none() {
        return Ok(whole(None));
    }
    let (mut pushes, mut known) = (Vec::new(), BTreeSet::new());
    for (index, line) in text.lines().enumerate() {
        let push = read_line(line).ok_or_else(|| no_line(index + 1))?;
        pushes.extend(push.filter(|push| known.insert((push.commit.clone(), push.replaces.clone()))));
    }
    Ok(pushes)
}

/// Standard input; what is no UTF-8 of it can only be in the names of refs.
fn read_to_end(stdin: impl Read) -> Result<String, Failure> {
    let unreadable = |why: String, help: &str| {
        Failure::Other(format!("standard input cannot be read: {why}"), Some(help.to_owned()))
    };
    let mut bytes = Vec::new();
    let read = stdin.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(error.to_string(), "call it from the hook that git runs"))?;
    match bytes.len() as u64 > LARGEST {
        true => Err(unreadable(format!("it has more than {} MB", LARGEST >> 20), "push fewer refs at once")),
        false => Ok(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// A push from one line, `LOCAL-REF LOCAL-COMMIT REMOTE-REF REMOTE-COMMIT`; inside, None if something is deleted. What
/// is pushed can be called anything, as in `git push origin ":/a message:refs/heads/x"`.
fn read_line(line: &str) -> Option<Option<Push>> {
    let mut words = line.rsplitn(4, ' ');
    let (replaces, _, commit, name) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let is_name = |word: &str| [40, 64].contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_name(replaces) && is_name(commit)).then(|| push(name.to_owned(), commit, replaces))
}

fn push(name: String, commit: &str, replaces: &str) -> Option<Push> {
    let is_nothing = |commit: &str| commit.len() >= 40 && commit.bytes().all(|byte| byte == b'0');
    let replaces = (!is_nothing(replaces)).then(|| replaces.to_owned());
    (!is_nothing(commit)).then(|| Push { name, commit: Some(commit.to_owned()), replaces })
}

fn no_line(number: usize) -> Failure {
    let message = format!("line {number} of standard input is none that git writes for a pre-push hook");
    let help = "call it from the hook with what git writes, as in `exec prescope diff --pre-push`".to_owned();
    Failure::Other(message, Some(help))
}
