//! What stands on a command line or in a line of `batch`.

use std::ffi::OsString;
use std::sync::OnceLock;

use prescope::change::Request;
use prescope::cli;
use prescope::language::Sources;
use prescope::project::Project;
use prescope::resolve::{Assumption, Context, Entries, RuleSet, See, explain, lookup, people};

use super::files;

/// The set that is asked.
fn rules() -> &'static (RuleSet, Sources) {
    static RULES: OnceLock<(RuleSet, Sources)> = OnceLock::new();
    RULES.get_or_init(|| {
        let project = files::small();
        let rules = project.rules(Entries::InForce).expect("a set without errors");
        (rules, project.sources().clone())
    })
}

/// Lines of `batch`.
pub fn batch(bytes: &[u8]) {
    let (rules, sources) = rules();
    for text in String::from_utf8_lossy(bytes).lines() {
        _ = cli::batch_line(rules, sources, text.trim());
    }
}

/// Lines of `batch`.
pub fn batches() -> Vec<Vec<u8>> {
    let all = [
        r#"{"id": 1, "see": {"viewer": "kim@p.q", "owner": "ann", "category": "state", "field": "location"}}"#,
        r#"{"id": [null, {"a": 1e3}], "see": {"viewer": "anonymous", "owner": "ann@x.y", "category": "note"}}"#,
        r#"{"use": {"subject": "bob@x.y", "feature": "record", "meeting": "budget", "role": "presenter"}}"#,
        r#"{"use": {"subject": "bob@x.y", "feature": "chat", "peer": "kim@p.q"}}"#,
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// What is assumed, one on each line, and a question with all of it.
pub fn assumptions(bytes: &[u8]) {
    let (rules, _) = rules();
    let text = String::from_utf8_lossy(bytes);
    let all: Vec<_> = text.lines().filter_map(|line| Assumption::typed(rules.model(), line).ok()).collect();
    let rules = rules.assuming(&all);
    if let Ok(question) = rules.see("kim@p.q", "ann@x.y", "state", None) {
        _ = explain(&rules, &question);
    }
}

/// Assumptions.
pub fn some_assumptions() -> Vec<Vec<u8>> {
    let all = [
        "owner.EnablePrivacyMode=true\nviewer.client=old",
        "ann@x.y.age=99\nkim@p.q.network=other",
        "owner.state.availability=busy\nowner.mode=private",
        "owner.site=London\nbob@x.y.PrivacyConfiguration.Days=7\nuser.name=\"x\"",
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Who and what questions name: viewer, owner, target, feature, meeting, peer, role, one on each line.
pub fn questions(bytes: &[u8]) {
    let (rules, _) = rules();
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let mut next = || lines.next().unwrap_or_default();
    let [viewer, owner, target, feature, meeting, peer, role] = std::array::from_fn(|_| next());
    _ = (
        See::typed(rules, viewer, owner, target),
        people::owner(rules, owner),
        lookup::group(rules.model(), target),
        lookup::recipient(rules.model(), target),
    );
    let context = Context { meeting: Some(meeting), role: Some(role), peer: Some(peer), owner: Some(owner) };
    for context in [
        Context { meeting: context.meeting, role: context.role, ..Context::default() },
        Context { peer: context.peer, ..Context::default() },
        context,
    ] {
        _ = rules.use_feature(viewer, feature, context);
    }
}

/// Names in questions.
pub fn some_questions() -> Vec<Vec<u8>> {
    let all =
        ["kim@p.q\nann\nstate.location\nrecord\nbudget\nbob@x.y\npresenter", "SIP:Bob@X.Y\nann@x.y\nnote\nchat\n\nkim"];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// The set that is asked, and its policies without a directory, which names no sites.
fn sets() -> &'static [Project; 2] {
    static SETS: OnceLock<[Project; 2]> = OnceLock::new();
    SETS.get_or_init(|| [files::small(), files::small_policies()])
}

/// What `set`, `new` and `remove` are given: assignments, and the last two lines as scopes.
pub fn changes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let typed: Vec<String> = text.lines().map(str::to_owned).collect();
    let [.., class, at, like] = typed.as_slice() else { return };
    for set in sets().iter().map(Project::set) {
        _ = Request::set(set, &typed, None);
        _ = Request::set(set, &typed[..typed.len() - 2], Some(at));
        _ = Request::new(set, class, at, Some(like));
        _ = Request::remove(set, class, at);
    }
}

/// Changes of policy objects.
pub fn some_changes() -> Vec<Vec<u8>> {
    let all = [
        "PrivacyConfiguration.Days=7\nPrivacyConfiguration\nsite:Redmond\ntag:chiefs",
        "Private=true\nWord=\"a b\"\nPrivacyConfiguration\nglobal\nservice:Role:pool",
        "Days=-1\nPrivacyConfiguration\nall\nnetwork_site:x",
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// The words of a command line, one on each line.
pub fn arguments(bytes: &[u8]) {
    let words = bytes.split(|byte| *byte == b'\n').map(word);
    _ = cli::is_understood([OsString::from("prescope")].into_iter().chain(words));
}

#[cfg(unix)]
fn word(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn word(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Command lines.
pub fn command_lines() -> Vec<Vec<u8>> {
    let all = [
        "can kim@p.q see ann@x.y note --format json --assume owner.mode=private --exit-code",
        "who sees ann note --recorded --project x",
        "what --of ann",
        "audit --by container --field state --network other",
        "lint --fix --deny warnings --allow block-bypass a.prescope",
        "set A.B=c --at site:X --write --force",
        "migrate --all --check --keep-highest",
        "test --coverage-threshold 99.9 --filter x",
        "fmt --check --diff -",
        "graph --format dot --focus state",
    ];
    all.map(|text| text.replace(' ', "\n").into_bytes()).to_vec()
}
