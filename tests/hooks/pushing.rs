//! The hook that guards every push, installed by pre-commit.

use super::repository::{Repository, repository};
use super::verdicts;
use crate::cli::Ran;

const PROJECT: [(&str, &str); 3] = [
    ("presence/prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n"),
    ("presence/ours.prescope", "data minutes \"Minutes\"\nrecipient auditors \"The auditors\" external\n"),
    ("presence/people.yaml", "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n"),
];

/// What nobody got before goes to the auditors.
const LEAVING: (&str, &str) = (
    "presence/leaving.prescope",
    "feature audits for user {\n    otherwise available\n    discloses minutes to auditors\n}\n",
);

fn push(repository: &Repository, words: &str) -> Ran {
    let arguments: Vec<&str> = ["push", "origin"].into_iter().chain(words.split(' ')).collect();
    let ran = repository.run_git(&arguments);
    Ran { out: format!("{}{}", ran.out, ran.err), ..ran }
}

/// From the first push on, which pre-commit tells of by the branch alone.
#[test]
fn what_leaves_newly_is_not_pushed() {
    let Some(repository) = repository() else { return };
    repository.install(&["prescope-diff-system"]);
    let bare = repository.beside("bare.git");
    repository.git(&["init", "--quiet", "--bare", &bare.to_string_lossy()]);
    repository.git(&["remote", "add", "origin", &bare.to_string_lossy()]);
    repository.write(&PROJECT);
    assert_eq!(repository.commit().status, 0);
    let first = push(&repository, "main");
    assert_eq!((first.status, verdicts(&first).as_str()), (0, "diff passed"), "{first:?}");
    assert!(first.out.contains("BASE what has been pushed so far: without this project"), "{first:?}");

    repository.write(&[LEAVING]);
    assert_eq!(repository.commit().status, 0, "it guards pushes, not commits");
    let denied = push(&repository, "main");
    assert_eq!((denied.status, verdicts(&denied).as_str()), (1, "diff failed"), "{denied:?}");
    assert!(denied.out.contains("denied     deny-new-disclosure"), "{denied:?}");
    let new = push(&repository, "main:refs/heads/topic");
    assert_eq!((new.status, verdicts(&new).as_str()), (1, "diff failed"), "{new:?}");

    repository.git(&["rm", "--quiet", LEAVING.0]);
    assert_eq!(repository.commit().status, 0);
    let closed = push(&repository, "main");
    assert_eq!((closed.status, verdicts(&closed).as_str()), (0, "diff passed"), "{closed:?}");
    assert!(closed.out.contains("no difference"), "what passes is told too: {closed:?}");
}
