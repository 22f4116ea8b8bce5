//! Why answers change, in words. That what is told is so is held by `oracle::laws_cause`.

use std::fs;

use crate::cli::run_in;

const PEOPLE: &str = "\
organization: { domains: [contoso.com] }
users:
  anna@contoso.com: { memberships: { friends: [bob@contoso.com] } }
  bob@contoso.com: {}
";

const CLOSED: &str = "\
category note { text }
container all(0) { }
container friends(1) visible { }
manifest usual { }
guard note { deny \"nobody\" }
";

const OPEN: &str = "\
category note { text }
container all(0) { }
container friends(1) visible { publishes note }
manifest usual { }
";

/// What is said of the only group.
fn told(base: &str, head: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, policy) in [("base", base), ("head", head)] {
        let project = folder.path().join(name);
        fs::create_dir(&project).expect("a folder");
        let files = [
            ("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n"),
            ("ours.prescope", policy),
            ("people.yaml", PEOPLE),
        ];
        files.iter().for_each(|(file, text)| fs::write(project.join(file), text).expect("a file"));
    }
    let ran = run_in(folder.path(), &["diff", "base", "head"], b"").clean();
    let group = ran.out.split("note.text of anna@contoso.com: ").nth(1).unwrap_or_else(|| panic!("{}", ran.out));
    group.split("\n\n").next().expect("a group").trim_end().to_owned()
}

#[test]
fn of_a_gain_each_cause_is_needed() {
    assert_eq!(
        told(CLOSED, OPEN),
        "was hidden, is\n      visible\n      \
         BASE: bob@contoso.com is in friends (1); which does not hold note, so it\n        \
         does not decide it (people.yaml:3)\n      \
         BASE: no other entry matches bob@contoso.com; and all (0) does not hold\n        \
         note, so nobody answers (ours.prescope:2)\n      \
         HEAD: bob@contoso.com is in friends (1) (people.yaml:3)\n      \
         HEAD: friends publishes note.text (ours.prescope:3)\n      \
         because, and each of these is needed:\n        \
         container friends: note (ours.prescope:3)\n        guard note (ours.prescope:5)"
    );
}

#[test]
fn of_a_loss_each_cause_is_enough() {
    assert_eq!(
        told(OPEN, CLOSED),
        "was visible, is\n      hidden\n      \
         BASE: bob@contoso.com is in friends (1) (people.yaml:3)\n      \
         BASE: friends publishes note.text (ours.prescope:3)\n      \
         HEAD: bob@contoso.com is in friends (1); which does not hold note, so it\n        \
         does not decide it (people.yaml:3)\n      \
         HEAD: no other entry matches bob@contoso.com; and all (0) does not hold\n        \
         note, so nobody answers (ours.prescope:2)\n      \
         because, and each of these is enough:\n        \
         container friends: note (ours.prescope:3)\n        guard note (ours.prescope:5)"
    );
}

#[test]
fn a_single_cause_is_named_with_its_place() {
    let guarded = format!("{OPEN}guard note {{ deny \"nobody\" }}\n");
    assert_eq!(
        told(OPEN, &guarded),
        "was visible, is\n      hidden\n      \
         both: friends publishes note.text (ours.prescope:3)\n      \
         HEAD: the guard of note denies it (ours.prescope:5)\n      \
         because guard note (ours.prescope:5)"
    );
}
