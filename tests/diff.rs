//! Comparing two sides: what is a side, how git is read, and what is refused.

mod causes;
mod equal;
mod features;
mod gates;
mod hooks;
mod markdown;
mod moved;
mod pushing;
mod refused;
mod renamed;
pub(crate) mod repository;
mod selections;
mod sides;
mod wire;

use repository::Repository;

/// A project with a policy of its own and two people.
const PROJECT: [(&str, &str); 3] = [
    ("prescope.yaml", "policies: [\"policies/**/*.prescope\"]\ndirectory: [\"people/*.yaml\"]\n"),
    ("policies/ours.prescope", "use std/lync2013\n"),
    (
        "people/all.yaml",
        "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com] }\n\
         users:\n  anna@contoso.com: {}\n  bob@contoso.com: {}\n",
    ),
];

/// The policy, with more for partners.
const OPENED: (&str, &str) =
    ("policies/ours.prescope", "use std/lync2013\nextend container external { publishes note }\n");

/// The policy, with a name that there is not.
const BROKEN: (&str, &str) =
    ("policies/ours.prescope", "use std/lync2013\n\nextend container extrenal { publishes note }\n");

/// A repository with the project on the branch `main`, and more for partners on `opened`, which is checked out.
fn opened() -> Repository {
    let repository = Repository::new();
    repository.commit("main", &PROJECT);
    repository.git(&["checkout", "--quiet", "-b", "opened"]);
    repository.commit("opened", &[OPENED]);
    repository
}
