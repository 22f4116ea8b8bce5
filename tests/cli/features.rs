//! Questions about features that cannot be asked, and meetings that cannot be read: each error says what would do.

use super::{contoso, run_in};
use crate::tries::share;

/// Each question with its error and its help; the status is 2, and nothing is answered.
const REFUSED: &[(&str, &str, &str)] = &[
    ("can bob use recordin --in budget_review", "there is no feature `recordin`", "did you mean `recording`?"),
    ("who uses recordin --in budget_review", "there is no feature `recordin`", "did you mean `recording`?"),
    ("why bob use qqq", "there is no feature `qqq`", "`prescope show` lists every feature"),
    ("can bob use recording --in budget_revue", "there is no meeting `budget_revue`", "did you mean `budget_review`?"),
    ("what bob uses --in qqq", "there is no meeting `qqq`", "there are budget_review, design_workshop, board_call"),
    (
        "can zack use recording --in budget_review",
        "`zack@contoso.com` is not among the participants of budget_review",
        "say as what, with --as, or ask about one of its participants",
    ),
    (
        "can bob use recording --in budget_review --as presentr",
        "there is no role `presentr` in meetings",
        "did you mean `presenter`?",
    ),
    (
        "can bob use recording --in budget_review --as qqq",
        "there is no role `qqq` in meetings",
        "the roles are organizer, presenter, attendee",
    ),
    (
        "can bob use recording --with kim",
        "`recording` is for participant of meeting, so --with PEER does not fit",
        "use --in MEETING",
    ),
    (
        "who uses recording",
        "`recording` is for participant of meeting, and that is not said",
        "add --in MEETING; there are budget_review, design_workshop, board_call",
    ),
    (
        "can bob use p2p_recording --in budget_review",
        "`p2p_recording` is for party with peer, so --in MEETING does not fit",
        "use --with PEER",
    ),
    ("can bob use p2p_recording", "`p2p_recording` is for party with peer, and that is not said", "add --with PEER"),
    ("can bob use archiving --of anna", "`archiving` is for user, so --of OWNER does not fit", "leave it out"),
    ("can bob use invite", "`invite` is for viewer of owner, and that is not said", "add --of OWNER"),
    (
        "can bob use invite --of kim",
        "`kim@fabrikam.com` is not among the users",
        "questions are asked about users of the directory",
    ),
    ("disclosures --to vendr", "there is no recipient `vendr`", "did you mean `vendor`?"),
    (
        "audit --network qqq",
        "there is no network `qqq`",
        "the networks are same_enterprise, public_cloud, federated, other",
    ),
];

#[test]
fn a_question_about_a_feature_that_cannot_be_asked_says_what_could() {
    for (line, message, help) in share(REFUSED) {
        assert_eq!(contoso(line).failed(), format!("error: {message}\n  help: {help}\n"), "{line}");
    }
}

#[test]
fn a_role_without_a_meeting_is_wrong_usage() {
    let told = contoso("can bob use archiving --as presenter").failed();
    assert!(told.contains("--in <MEETING>"), "{told}");
}

/// An organizer that is no address, nobody's address, or not said.
#[test]
fn a_meeting_without_a_known_organizer_is_an_error_at_its_line() {
    let cases = [
        ("organizer: anna at contoso", 5, "directory::"),
        ("organizer: ana@contoso.com", 5, "did you mean `anna@contoso.com`?"),
        ("organizer: kim@fabrikam.com", 5, "`kim@fabrikam.com` is not among the users"),
        ("attributes: { annotation: none }", 4, "organizer"),
    ];
    for (said, line, expected) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n");
        write("a.prescope", "use std/lync2013\n");
        let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: }\nmeetings:\n";
        write("people.yaml", &format!("{people}  review:\n    {said}\n"));
        let check = run_in(folder.path(), &["check"], b"");
        assert_eq!((check.status, check.err.as_str()), (1, ""), "{check:?}");
        assert!(check.out.contains(expected), "{said}: {}", check.out);
        assert!(check.out.contains(&format!("people.yaml:{line}:")), "{said}: {}", check.out);
        let asked = ["can", "anna", "use", "recording", "--in", "review"];
        let told = run_in(folder.path(), &asked, b"").failed();
        assert!(told.ends_with("error: a set with errors answers no question\n"), "{told}");
    }
}
