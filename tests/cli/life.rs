//! Modes, migrations, contacts and blocks on the command line: what is written, and what is refused.

use std::fs;
use std::path::Path;

use super::{Ran, contoso, keys, run_in};
use crate::given;
use crate::tries::{by_turns, share};

/// The larger example in a folder of its own.
pub(crate) fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for path in given::files_below("examples/contoso", "") {
        let below = path.strip_prefix("examples/contoso/").expect("below the example");
        let target = folder.path().join(below);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder that can be made");
        fs::copy(given::repository().join(&path), &target).expect("a file that can be copied");
    }
    folder
}

fn in_folder(folder: &Path, line: &str) -> Ran {
    let arguments: Vec<&str> = line.split(' ').collect();
    run_in(folder, &arguments, b"")
}

fn directory(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("directory").join(name)).expect("a directory file")
}

/// Lines of the second text that the first does not have, and the other way round.
fn changed<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let only = |one: &'a str, other: &str| -> Vec<&'a str> {
        one.lines().filter(|line| !other.lines().any(|it| it == *line)).collect()
    };
    (only(before, after), only(after, before))
}

#[test]
fn nothing_is_written_unless_that_is_said() {
    let folder = copied();
    let before = directory(folder.path(), "redmond.yaml");
    let lines =
        ["migrate paul", "contact add tom kim", "block tom paul", "unblock uma federated", "preference tom standard"];
    for line in by_turns(2, lines) {
        let ran = in_folder(folder.path(), line).clean();
        assert!(ran.out.ends_with("nothing is written yet: add --write\n"), "{}", ran.out);
    }
    assert_eq!(directory(folder.path(), "redmond.yaml"), before);
}

#[test]
fn migrating_writes_the_lines_of_one_owner() {
    let folder = copied();
    let before = directory(folder.path(), "redmond.yaml");
    let ran = in_folder(folder.path(), "migrate paul --write").clean();
    assert!(ran.out.ends_with("written: directory/redmond.yaml\n"), "{}", ran.out);
    let after = directory(folder.path(), "redmond.yaml");
    let (gone, come) = changed(&before, &after);
    assert!(!gone.is_empty() && gone.len() <= 6, "{gone:?}");
    assert!(come.iter().any(|line| line.contains("rita@contoso.com")), "{come:?}");
    // Comments are no lines of entries, and stay.
    assert!(!gone.iter().any(|line| line.trim_start().starts_with('#')), "{gone:?}");
    assert_eq!(in_folder(folder.path(), "migrate paul --check").clean().out, "0 of 1 not settled\n");
    let again = in_folder(folder.path(), "migrate paul --write").clean();
    assert!(again.out.ends_with("nothing to write\n"), "{}", again.out);
    assert_eq!(directory(folder.path(), "redmond.yaml"), after);
}

#[test]
fn whoever_is_not_known_is_skipped_and_the_others_are_written() {
    let folder = copied();
    let ran = in_folder(folder.path(), "migrate --all --write");
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("finn@contoso.com: skipped, the directory has no contacts and no memberships\n"));
    assert!(ran.out.contains("dan@contoso.com: skipped, the directory has no memberships\n"));
    assert!(ran.out.contains("3 to migrate, 6 settled, 16 skipped, 1 held by policy\n"), "{}", ran.out);
    // Hugo's assistants are contacts now; what policy demands for him is still in the way.
    let again = in_folder(folder.path(), "migrate --all --absent-is-empty --write");
    assert_eq!(again.status, 1);
    assert!(
        again.out.contains("hugo@emea.contoso.com: nothing to do, private is in effect\n  in the way:"),
        "{}",
        again.out
    );
    let check = in_folder(folder.path(), "migrate --all --absent-is-empty --check");
    assert_eq!(check.status, 1);
    let policy = "policy demands what the manifest drops";
    assert!(check.out.contains(&format!("hugo@emea.contoso.com: {policy}\n")), "{}", check.out);
    let others = check.out.lines().filter(|line| !line.contains(policy)).collect::<Vec<_>>();
    assert_eq!(others.len(), 1, "only policy is left: {others:?}");
    assert_eq!(in_folder(folder.path(), "check").status, 0);
}

#[test]
fn another_mode_is_shown_and_not_written() {
    let shown = contoso("migrate anna --to private").clean();
    assert!(shown.out.starts_with("anna@contoso.com: standard to private, "), "{}", shown.out);
    assert!(shown.out.ends_with("a preview only: `private` is not in effect for anna@contoso.com\n"), "{}", shown.out);
    let refused = contoso("migrate anna paul --to private --write").failed();
    assert!(refused.contains("`private` is not in effect for anna@contoso.com"), "{refused}");
    let unknown = contoso("migrate anna --to privat").failed();
    assert!(unknown.contains("did you mean `private`?"), "{unknown}");
    assert!(contoso("migrate").failed().contains("name owners, or add --all"));
}

#[test]
fn a_level_that_would_be_lost_can_be_kept() {
    let lost = contoso("migrate paul").clean().out;
    assert!(lost.contains("--keep-highest keeps friends_and_family (400)"), "{lost}");
    let kept = contoso("migrate paul --keep-highest").clean().out;
    assert!(kept.contains("kept: bob@contoso.com stays in friends_and_family (400)"), "{kept}");
    assert!(!kept.contains("loses contact_card { mobile_phone"), "{kept}");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    let refused = [
        (
            "contact add anna eve --container workgroup",
            "unblock first: prescope unblock anna@contoso.com eve@contoso.com",
        ),
        ("contact add tom kim --container blocked", "block instead: prescope block tom@contoso.com kim@fabrikam.com"),
        ("contact add tom paul --container workgroup", "prescope contact move tom@contoso.com paul@contoso.com"),
        ("contact add tom tom", "tom@contoso.com is the owner"),
        ("contact add tom anonymous", "anonymous viewers have no address"),
        ("contact remove tom kim", "kim@fabrikam.com is no contact of tom@contoso.com"),
        ("contact remove tom paul --container external", "paul@contoso.com has no entry in `external`"),
        ("contact move tom kim --container workgroup", "prescope contact add tom@contoso.com kim@fabrikam.com"),
        ("contact move anna dan --container colleagues", "delegate in workgroup"),
        ("block tom paul --container workgroup", "`workgroup` does not block"),
        ("block tom nonsense:x", "`nonsense:x` is not a membership entry"),
        ("block tom fabrikam.com", "a domain is written as domain:fabrikam.com"),
        ("block tom group:nobody", "there is no group `nobody`"),
        ("unblock tom paul", "nothing of this entry is in a blocking container"),
        ("preference tom secret", "give one of none, private, standard"),
        ("contact add tom kim --container 77", "there is no container `77`"),
    ];
    for (line, words) in share(refused) {
        let told = contoso(line).failed();
        assert!(told.contains(words), "{line}: {told}");
    }
}

#[test]
fn what_is_so_already_is_said() {
    for (line, words) in [
        ("block anna eve", "eve@contoso.com is blocked already"),
        ("contact move tom paul --container colleagues", "paul@contoso.com stands in colleagues (200) already"),
        ("contact add tom paul", "paul@contoso.com is a contact of tom@contoso.com already"),
    ] {
        let told = contoso(line).clean().out;
        assert!(told.contains(": nothing to do\n") && told.ends_with(&format!("  note: {words}\n")), "{line}: {told}");
    }
}

#[test]
fn who_gains_the_same_stands_together() {
    let told = contoso("migrate anna --to private").clean().out;
    let counted =
        told.split("gains activity_feed\n").nth(1).expect("a row").lines().next().expect("a line").trim_start();
    assert!(counted.contains(" people, e.g. finn@contoso.com"), "{told}");
    let told = contoso("migrate anna --to private --names").clean().out;
    assert_eq!(told.matches("gains activity_feed\n").count(), 1, "{told}");
    let together = "gains activity_feed\n        finn@contoso.com, gil@contoso.com, lena@contoso.com, mia@adatum.com,";
    assert!(told.contains(together), "{told}");
    // So it is for several owners, whose names are there if they are wanted.
    let ask = "set PrivacyConfiguration.EnablePrivacyMode=true";
    let counted = contoso(ask).clean().out;
    assert!(
        counted.contains("    of 6 owners: carol@contoso.com, finn@contoso.com, rob@contoso.com and 3\n"),
        "{counted}"
    );
    assert!(counted.contains("    for 25 people: 2224 answers\n") && counted.contains("    e.g. "), "{counted}");
    let named = contoso(&format!("{ask} --names")).clean().out;
    let listed =
        named.split("\nwhat is seen of\n").skip(1).flat_map(|part| part.lines().next().expect("names").split(", "));
    let mut listed: Vec<&str> = listed.map(str::trim).collect();
    listed.sort_unstable();
    let json = contoso(&format!("{ask} --format json")).clean().json();
    let mut owners: Vec<&str> =
        json["steps"][0]["applies_to"].as_array().expect("a list").iter().filter_map(|it| it.as_str()).collect();
    owners.sort_unstable();
    assert_eq!(listed, owners, "{named}");
    let blocked = contoso("block tom paul").clean().out;
    assert!(blocked.contains("state { availability (gets offline), activity, time_zone }"), "{blocked}");
}

#[test]
fn contacts_come_move_and_go() {
    let folder = copied();
    let memberships = || {
        let text = directory(folder.path(), "redmond.yaml");
        text.split("tom@contoso.com:\n").nth(1).expect("Tom").split("presence:").next().expect("a part").to_owned()
    };
    let write = |line: &str| in_folder(folder.path(), &format!("{line} --write")).clean();
    write("contact add tom new@fabrikam.com");
    assert!(memberships().contains("external:") && memberships().contains("new@fabrikam.com"), "{}", memberships());
    write("contact move tom new@fabrikam.com --container workgroup");
    assert!(memberships().contains("workgroup:"), "{}", memberships());
    write("block tom new@fabrikam.com");
    write("contact remove tom new@fabrikam.com");
    assert_eq!(memberships().matches("new@fabrikam.com").count(), 1, "the block stays: {}", memberships());
    write("unblock tom new@fabrikam.com");
    assert!(!memberships().contains("new@fabrikam.com"), "{}", memberships());
    assert_eq!(in_folder(folder.path(), "check").status, 0);
}

#[test]
fn plans_and_modes_in_json_have_the_keys_of_their_contracts() {
    let plan = contoso("migrate paul hugo finn --format json");
    assert_eq!(plan.status, 1);
    let plan = plan.json();
    assert_eq!(
        (keys(&plan), &plan["schema"]),
        (vec!["follows", "owners", "schema", "written"], &"prescope/plan/v1".into())
    );
    let paul = &plan["owners"][0];
    assert_eq!(
        keys(paul),
        ["acts", "amendments", "effect", "in_effect", "in_the_way", "lost", "notes", "owner", "recorded"]
    );
    assert_eq!(paul["amendments"][6], serde_json::json!({ "set_mode": "private" }));
    assert_eq!(paul["lost"][0]["can_keep"], "friends_and_family");
    assert_eq!(plan["owners"][1]["in_the_way"][0]["membership"], "assistants reach their executives");
    assert_eq!(plan["owners"][2]["skipped"], serde_json::json!({ "contacts": true, "memberships": true }));
    let modes = contoso("mode rita --format json").clean().json();
    assert_eq!(modes["schema"], "prescope/mode/v1");
    assert_eq!(
        keys(&modes["owners"][0]),
        ["because", "changes", "in_effect", "opted_out", "owner", "recorded", "state"]
    );
    assert_eq!(modes["owners"][0]["opted_out"]["of"], serde_json::json!(["private"]));
}

#[test]
fn no_bar_is_drawn_where_nobody_watches() {
    let ran = contoso("migrate --all");
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
}

#[test]
fn a_preference_is_written_as_it_is_declared() {
    let folder = copied();
    let ran = in_folder(folder.path(), "preference anna PRIVATE --write");
    assert!(ran.out.contains("privacy_preference = private\n  private is not offered"), "{}", ran.out);
    assert!(directory(folder.path(), "redmond.yaml").contains("privacy_preference: private"));
}

#[test]
fn a_group_without_people_is_not_blocked() {
    let folder = copied();
    let path = folder.path().join("directory/contoso.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("groups:\n", "groups:\n  none: []\n", 1)).unwrap();
    let unknown = in_folder(folder.path(), "unblock anna domain:nowhere.example");
    assert!(unknown.err.starts_with("error: nothing of this entry is in a blocking container"), "{}", unknown.err);
    let ran = in_folder(folder.path(), "block anna group:none");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "error: nobody is in this group\n  help: name a group with people, or the people themselves\n")
    );
}

#[test]
fn an_entry_that_outweighs_a_block_is_told() {
    let folder = copied();
    let ran = in_folder(folder.path(), "contact add uma noor --container colleagues");
    assert!(
        ran.out.contains("note: federated is blocked; the entry of noor@fabrikam.com outweighs that"),
        "{}",
        ran.out
    );
}

#[test]
fn a_check_in_json_has_the_plans() {
    let folder = copied();
    let ran = in_folder(folder.path(), "migrate bob --check --format json");
    assert!(
        ran.status == 1 && ran.out.starts_with("{\"schema\":\"prescope/plan/v1\",\"written\":false"),
        "{}",
        ran.out
    );
    assert_eq!(in_folder(folder.path(), "migrate bob --check --to private").status, 2);
}
