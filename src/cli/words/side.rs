//! What is wrong with a side of a comparison, and what to type instead.

use crate::project::GitError;
use crate::project::side::{SideError, Trouble};

/// What is wrong, and what to do.
pub(in crate::cli) fn side(error: &SideError) -> (String, Option<String>) {
    (error.to_string(), Some(help(&error.trouble)))
}

/// The same where findings are compared with those of a revision, for which there are no folders instead.
pub(in crate::cli) fn revision(error: &SideError) -> (String, Option<String>) {
    let help = match &error.trouble {
        Trouble::Git(GitError::NotRun(_)) => "install git, or leave --new-since out".to_owned(),
        Trouble::Git(GitError::NoRepository { .. }) => "go to a checkout, or leave --new-since out".to_owned(),
        Trouble::Git(GitError::Failed { .. }) => "put that right, or leave --new-since out".to_owned(),
        Trouble::Git(GitError::NoMergeBase { shallow: false, .. }) => {
            "leave `...` out to compare with the revision as it is".to_owned()
        }
        trouble => help(trouble),
    };
    (error.to_string(), Some(help))
}

fn help(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Git(error) | Trouble::Neither { is_folder: false, why: error, .. } => of_git(error),
        Trouble::Both(name) => {
            format!("add --folder or --git, or write ./{name} for the folder, refs/heads/{name} for the branch")
        }
        Trouble::Neither { is_folder: true, .. } | Trouble::NoFolder(_) => {
            "name a folder that holds a project, or a revision as `git log` knows it".to_owned()
        }
        Trouble::InIndex(_) => "compare with the index by --staged".to_owned(),
        Trouble::NotThere { revision, .. } => {
            let revision = revision.split(':').next().unwrap_or_default();
            format!("name another folder, or leave it out: `git ls-tree -r --name-only {revision}` lists the files")
        }
        Trouble::Moved { .. } => {
            "name both folders, as in `main:policies/old HEAD:policies/new`, or move one project at a time".to_owned()
        }
        Trouble::TwoHeads(_) => "leave the other name out, or --staged".to_owned(),
        Trouble::NotOne(_) => "name one, or write `A...` for where it and the last commit come from".to_owned(),
        Trouble::OneFolder(_) => "leave the folder out, or name one project with --project".to_owned(),
        Trouble::NoHistory(_) => "name revisions, or leave --merge-base out".to_owned(),
        Trouble::Outside(_) => "name a folder of the repository with --project".to_owned(),
        Trouble::NoProject => "go to a project or name one with --project".to_owned(),
    }
}

fn of_git(error: &GitError) -> String {
    match error {
        GitError::NotRun(_) => "install git, or compare folders",
        GitError::NoRepository { .. } => "go to a checkout, or compare folders",
        GitError::NoRevision { revision, .. } if revision == "origin/HEAD" => {
            "name BASE, or let `git remote set-head origin --auto` find out what it is"
        }
        GitError::NoRevision { revision, .. } if revision == "HEAD" => "commit something first",
        GitError::NoRevision { .. } => {
            "correct the name, or fetch the revision first: `git fetch origin NAME`; `fetch-depth: 0` of \
             actions/checkout fetches all"
        }
        GitError::NoMergeBase { shallow: true, .. } => {
            "fetch more of history: `fetch-depth: 0` of actions/checkout, or `git fetch --deepen=100 origin`"
        }
        GitError::NoMergeBase { shallow: false, .. } => "leave --merge-base and `...` out to compare both as they are",
        GitError::Failed { .. } => "put that right, or compare folders",
    }
    .to_owned()
}
