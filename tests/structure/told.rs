//! How differences are told, and that there are none where nothing is meant otherwise.

use insta::assert_snapshot;
use prescope::diff::{Structure, Thing};
use prescope::language::{Sources, format, parse};
use prescope::project::Project;

use super::{ends_at_both_sides, names, project, texts};
use crate::given;

const PEOPLE: &str = "
organization: { domains: [contoso.com] }
federation:   { partners: [fabrikam.com], public_cloud: [live.com] }
sites:        { London: { pools: [pool1.contoso.com] }, Oslo: { pools: [pool2.contoso.com] } }
groups:       { assistants: [bob@contoso.com] }
users:
  anna@contoso.com:
    pool: pool1.contoso.com
    contacts: [kim@fabrikam.com]
    memberships: { external: [\"user:kim@fabrikam.com\"] }
  bob@contoso.com: { pool: pool2.contoso.com, contacts: [anna@contoso.com] }
meetings:
  review: { organizer: anna@contoso.com, participants: { kim@fabrikam.com: attendee } }
";

const POLICY: &str = "use std/lync2013\n";

#[test]
fn a_policy_is_told_line_by_line() {
    let head = "use std/lync2013

extend container external { publishes contact_card.mobile_phone, note }
guard contact_card.mobile_phone {
    // Not for everybody.
    deny \"London keeps its numbers\" when owner.site == London
        and viewer is not contact of owner
}
policy PrivacyConfiguration site London { EnablePrivacyMode = true }
invariant \"numbers\" { never viewer sees contact_card.home_phone when viewer.network == federated }
test \"Kim\" { expect kim@fabrikam.com sees anna@contoso.com note }
";
    let [base, head] = [POLICY, head].map(|policy| project(policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    assert_snapshot!(texts(&structure));
    ends_at_both_sides([base.set(), head.set()]);
}

#[test]
fn a_directory_is_told_fact_by_fact() {
    let head = PEOPLE
        .replace("[kim@fabrikam.com]\n", "[kim@fabrikam.com, bob@contoso.com]\n")
        .replace("{ external: [\"user:kim@fabrikam.com\"] }", "{ workgroup: [\"user:kim@fabrikam.com\"] }")
        .replace(
            "pool: pool2.contoso.com, contacts",
            "pool: pool1.contoso.com, attributes: { shares_location: share }, contacts",
        )
        .replace("assistants: [bob@contoso.com]", "assistants: [kim@fabrikam.com]")
        .replace("public_cloud: [live.com]", "open: true, public_cloud: [live.com], blocked: [spam.example]")
        .replace("{ kim@fabrikam.com: attendee }", "{ kim@fabrikam.com: presenter }")
        .replace("meetings:", "  cem@contoso.com: {}\nmeetings:");
    let [base, head] = [PEOPLE, &head].map(|people| project(POLICY, people));
    let structure = Structure::between(base.set(), head.set());
    assert_snapshot!(texts(&structure));
    let counts = structure.counts();
    assert_eq!(counts.get(&Thing::User), Some(&[0, 1, 2]), "one arrived, two differ");
    assert_eq!(counts.get(&Thing::Group), Some(&[0, 0, 1]));
    ends_at_both_sides([base.set(), head.set()]);
}

/// A set in which every construct is declared whole, and one in which all of it is split and laid out otherwise.
#[test]
fn what_is_split_moved_and_reordered_is_the_same() {
    let whole = "
category state { availability: free | busy | away, place }
category card { phone, mail, fax }
attributes user { shares: bool = true, kind: staff | guest | robot = staff }
settings Privacy at global, site { Enable: bool = false aka On, Level: 0..9 = 3 }
container none(0) { publishes state.availability }
container team(7) \"Team\" visible { publishes state, card { phone, mail }, shows state.availability as busy when owner.shares }
container closed(9) visible blocking { masks card }
membership \"board\" when owner.shares { team has domain fabrikam.com, everyone }
manifest careful before normal when owner.Enable { stranger, contact in visible, else remove }
manifest normal when owner.shares { everyone in team or closed, at most one, default team, else move }
manifest standard { contact in visible }
policy Privacy site London { Enable = true, Level = 4 }
policy Privacy global { Level = 5 }
guard state.place, card { deny \"robots\" when owner.kind == robot, deny \"guests\" when owner.kind == guest }
data talk \"Talk\" { words }
recipient vendor \"Vendor\" external is network other or federated
place disk \"Disk\"
feature chat \"Chat\" for user {
    controlled by admin, user
    allow \"staff\" when user.kind == staff
    deny \"off\" unless user.shares
    discloses talk, card.phone of user to vendor when user.Enable
    stores talk.words at disk until \"a week\"
}
feature call for user { requires chat, otherwise available }
";
    let split = "
feature call for user { otherwise available }
extend feature call { requires chat }
guard card, state.place { deny \"old\" }
extend guard state.place, card { deny \"guests\" when owner.kind == guest, without \"old\" }
extend guard card, state.place { deny \"robots\"
    when owner.kind == robot } // here now
policy privacy global { level = 5 }
policy Privacy site london { On = true, level = 4 }
manifest standard { contact in visible }
manifest normal when owner.shares { everyone in closed or team, at most one, default team, else move }
manifest careful before normal when owner.Enable { contact, stranger in visible, else remove }
membership \"board\" when owner.shares { team has everyone, team has domain fabrikam.com }
container closed(9) blocking visible { }
extend container closed { masks card }
container team(7) \"Team\" visible { shows state.availability as busy when owner.shares, publishes card { mail } }
extend container team { publishes state, card, withholds card { fax } }
container none(0) { publishes state { availability, place }, withholds state { place } }
settings Privacy at global, site { Level: 0..9 = 3 }
extend settings Privacy { Enable: bool = false aka On }
attributes user { kind: guest = guest aka sort }
category card { mail, phone }
extend category card { fax }
category state { place, availability: busy | away }
extend category state { availability also free }
data talk \"Talk\" { words }
feature chat \"Chat\" for user { stores talk.words at disk until \"a week\", otherwise unavailable, controlled by user }
extend feature chat {
    controlled by admin
    deny \"off\" unless user.shares
    allow \"staff\" when user.kind == staff
    discloses card.phone of user to vendor when user.Enable
    discloses talk of user to vendor when user.Enable
}
place disk \"Disk\"
recipient vendor \"Vendor\" external is network federated or other
";
    let split = split.replace(
        "attributes user { kind: guest = guest aka sort }",
        "attributes user { shares: bool = true }\nattributes user { kind: guest | staff = staff }\nextend attributes user { kind also robot }",
    );
    let people = PEOPLE.replace("external", "team");
    let people = people.replace("participants: { kim@fabrikam.com: attendee }", "participants: {}");
    let whole = project(whole, &people);
    let split = Project::builder()
        .policy("other/file.prescope", split)
        .directory("people.yaml", people.replace("London:", "LONDON:").replace("team:", "7:"))
        .build();
    assert!(!split.has_errors(), "{:#?}", split.diagnostics());
    let structure = Structure::between(whole.set(), split.set());
    assert_eq!(texts(&structure), "");
    ends_at_both_sides([whole.set(), split.set()]);
}

/// The shipped catalogue and the large example are the same in the one layout, with their files in one and backwards.
#[test]
fn real_sets_are_the_same_in_one_file() {
    for (folder, people) in [("policies/lync2013", None), ("examples/contoso", Some("examples/contoso/directory"))] {
        let files = |ending: &str| given::files_below(people.unwrap_or(folder), ending);
        let directory: Vec<(String, String)> = if people.is_some() { files(".yaml") } else { Vec::new() }
            .into_iter()
            .map(|path| (path.clone(), given::text_of(&path)))
            .collect();
        let policies: Vec<(String, String)> = given::files_below(folder, ".prescope")
            .into_iter()
            .map(|path| (path.clone(), given::text_of(&path)))
            .collect();
        let one: String = policies.iter().rev().map(|(path, text)| laid_out(path, text) + "\n").collect();
        let build = |policies: Vec<(String, String)>| {
            let builder = Project::builder().policies(policies);
            builder.directories(directory.clone()).build()
        };
        let [several, one] = [build(policies.clone()), build(vec![("all.prescope".to_owned(), one)])];
        assert!(!several.has_errors() && !one.has_errors(), "{folder}: {:#?}", one.diagnostics());
        let structure = Structure::between(several.set(), one.set());
        assert_eq!(texts(&structure), "", "{folder}");
        assert_eq!(names(&structure), Vec::<String>::new());
        ends_at_both_sides([several.set(), one.set()]);
    }
}

/// The text in the one layout, without documentation of the file, which stands at the head only.
fn laid_out(path: &str, text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let laid_out = format(&parse(file, sources.text(file)), sources.text(file)).expect("no errors");
    laid_out.lines().filter(|line| !line.starts_with("//!")).collect::<Vec<&str>>().join("\n")
}

#[test]
fn a_library_that_is_no_longer_used_is_one_item() {
    let base = "use std/lync2013\nextend container external { publishes note }\n";
    let head = "category state { availability: free | busy }\ncontainer all(0) { publishes state }\n";
    let [base, head] = [base, head]
        .map(|policy| project(policy, "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n"));
    let structure = Structure::between(base.set(), head.set());
    let names = names(&structure);
    assert_eq!(names.iter().filter(|name| name.starts_with("use")).count(), 1, "{names:#?}");
    assert!(names.len() < 12, "{names:#?}");
    ends_at_both_sides([base.set(), head.set()]);
}

#[test]
fn an_item_keeps_its_name_when_lines_move() {
    let change = "extend container external { publishes note }\npolicy PrivacyConfiguration global { EnablePrivacyMode = true }\n";
    let moved = format!("use std/lync2013\n// A comment.\n\n\n{change}");
    let plain = format!("use std/lync2013\n{change}");
    let [base, plain, moved] = [POLICY, &plain, &moved].map(|policy| project(policy, PEOPLE));
    let items = |head: &Project| names(&Structure::between(base.set(), head.set()));
    assert_eq!(items(&plain), items(&moved));
    assert_eq!(
        items(&plain),
        [
            "container external: publishes note.out_of_office",
            "container external: publishes note.personal",
            "policy PrivacyConfiguration global",
        ]
    );
}
