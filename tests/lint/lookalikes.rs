//! Names and texts that read otherwise than they are.

use prescope::lint::{Levels, find};

use super::project;

/// What a lint says of a set, each with its line.
fn said(name: &str, policy: &str, directory: &str) -> Vec<(usize, String)> {
    let project = project(policy, directory);
    let rule = find(name).expect("a lint");
    let mut found = project.lint(&Levels::only(rule));
    found.retain(|finding| finding.code == rule.code);
    let line = |at| project.sources().start(at).line;
    found.into_iter().map(|finding| (finding.span().map_or(0, line), finding.message)).collect()
}

fn lookalikes(policy: &str, directory: &str) -> Vec<(usize, String)> {
    said("lookalike-name", policy, directory)
}

fn hidden(policy: &str, directory: &str) -> Vec<(usize, String)> {
    said("hidden-character", policy, directory)
}

const LIBRARY: &str = "use std/lync2013\n";

const PEOPLE: &str =
    "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com: {}\n  cope@contoso.com: {}\n";

/// With a letter that only looks like an `i`.
const KIM: &str = "k\u{456}m@fabrikam.com";

fn told_of_kim(line: usize) -> (usize, String) {
    (line, format!("`{KIM}` mixes scripts: its `\u{456}` is U+0456, and looks like `i`"))
}

fn anna(with: &str) -> String {
    PEOPLE.replace("anna@contoso.com: {}", &format!("anna@contoso.com: {{ {with} }}"))
}

#[test]
fn letters_of_another_script_are_found_wherever_an_address_stands() {
    let policy = format!("{LIBRARY}\nmembership \"p\" {{ colleagues has \"{KIM}\" }}\n// {KIM}\n");
    assert_eq!(lookalikes(&policy, PEOPLE), [told_of_kim(3)]);
    for with in [
        format!("contacts: [{KIM}]"),
        format!("delegates: [{KIM}]"),
        format!("memberships: {{ colleagues: [\"user:{KIM}\"] }}"),
        // Escaped, it is as hard to see for whoever reads what prescope prints.
        format!("contacts: [\"{}\"]", KIM.replace('\u{456}', "\\u0456")),
    ] {
        assert_eq!(lookalikes(LIBRARY, &anna(&with)), [told_of_kim(3)], "{with}");
    }
    let group = format!("{PEOPLE}groups: {{ friends: [{KIM}] }}\n");
    assert_eq!(lookalikes(LIBRARY, &group), [told_of_kim(5)]);
    let meeting = format!(
        "{PEOPLE}meetings: {{ review: {{ organizer: anna@contoso.com, participants: {{ {KIM}: presenter }} }} }}\n"
    );
    assert_eq!(lookalikes(LIBRARY, &meeting), [told_of_kim(5)]);
    let user = format!("{PEOPLE}  k\u{456}m@contoso.com: {{}}\n");
    assert_eq!(lookalikes(LIBRARY, &user).len(), 1);
}

#[test]
fn a_name_is_found_once() {
    let policy = format!("{LIBRARY}\nmembership \"p\" {{ colleagues has \"{KIM}\" }}\n");
    let directory = anna(&format!("contacts: [{KIM}], delegates: [{KIM}]"));
    assert_eq!(lookalikes(&policy, &directory), [told_of_kim(3)]);
}

#[test]
fn domains_are_read_as_people_read_them() {
    let domain = "fabr\u{456}kam.com";
    let told = format!("`{domain}` mixes scripts: its `\u{456}` is U+0456, and looks like `i`");
    let encoded = "xn--fabrkam-uog.com";
    for written in [domain, encoded] {
        let one = format!("{PEOPLE}federation: {{ partners: [{written}] }}\n");
        let many = anna(&format!("contacts: [bob@{written}, eve@{written}]"));
        let blocked = anna(&format!("memberships: {{ blocked: [\"domain:{written}\"] }}"));
        for (directory, line) in [(one, 5), (many, 3), (blocked, 3)] {
            assert_eq!(lookalikes(LIBRARY, &directory), [(line, told.clone())], "{directory}");
        }
        let policy =
            format!("{LIBRARY}\nmembership \"p\" {{ colleagues has domain \"{written}\", \"bob@{written}\" }}\n");
        assert_eq!(lookalikes(&policy, PEOPLE), [(3, told.clone())], "{policy}");
    }
    // In one script, it is a domain like others, until it looks like one that is there.
    let (russian, apple) =
        ("\u{43f}\u{43e}\u{447}\u{442}\u{430}.\u{440}\u{444}", "\u{430}\u{440}\u{440}\u{4cf}\u{435}.com");
    let partners = |list: &str| format!("{PEOPLE}federation: {{ partners: [{list}] }}\n");
    assert_eq!(lookalikes(LIBRARY, &partners(&format!("{russian}, {apple}"))), []);
    let told = format!("`{apple}` looks like `apple.com`, and is another name");
    assert_eq!(lookalikes(LIBRARY, &partners(&format!("apple.com, {russian}, {apple}"))), [(5, told)]);
}

#[test]
fn a_name_wholly_of_another_script_is_found_where_it_looks_like_one_of_the_set() {
    let (cope, ivan) = ("\u{441}\u{43e}\u{440}\u{435}@contoso.com", "\u{438}\u{432}\u{430}\u{43d}@fabrikam.com");
    let told = (3, format!("`{cope}` looks like `cope@contoso.com`, and is another name"));
    assert_eq!(lookalikes(LIBRARY, &anna(&format!("contacts: [{cope}, {ivan}]"))), [told]);
    // Two of them, neither of them ASCII: composed and decomposed.
    let (one, other) = ("m\u{fc}ller@fabrikam.com", "mu\u{308}ller@fabrikam.com");
    let told = (3, format!("`{other}` looks like `{one}`, and is another name"));
    assert_eq!(lookalikes(LIBRARY, &anna(&format!("contacts: [{one}, {other}]"))), [told]);
    let groups = format!("{PEOPLE}groups: {{ cope: [], \"\u{441}\u{43e}\u{440}\u{435}\": [] }}\n");
    assert_eq!(lookalikes(LIBRARY, &groups).len(), 1);
    // Of another domain it is another person to everybody.
    assert_eq!(lookalikes(LIBRARY, &anna(&format!("contacts: [{}]", cope.replace("contoso", "fabrikam")))), []);
}

#[test]
fn labels_and_the_names_of_people_may_mix_scripts_where_no_letter_is_misread() {
    let fine = "M\u{fc}ller, \u{438}\u{432}\u{430}\u{43d}, \u{4f60}\u{597d}, \u{394}t, 5\u{b5}m, N\u{ba} 5, na\u{ef}ve, \u{65e5}\u{672c}\u{8a9e}\u{3067}\u{3059}, \u{1f469}\u{200d}\u{1f4bb}";
    let policy = format!("// {fine}\n{LIBRARY}place vault \"{fine}\"\n");
    let directory = anna(&format!("name: \"{fine}\""));
    assert_eq!(lookalikes(&policy, &directory), []);
    assert_eq!(hidden(&policy, &directory), []);
    let policy = format!("{LIBRARY}place vault \"the b\u{43e}ard\" // b\u{43e}ard\n");
    let directory = anna("name: \"K\u{456}m Ott\"");
    assert_eq!(
        lookalikes(&policy, &directory),
        [
            (3, "`K\u{456}m Ott` mixes scripts: its `\u{456}` is U+0456, and looks like `i`".to_owned()),
            (2, "`b\u{43e}ard` mixes scripts: its `\u{43e}` is U+043E, and looks like `o`".to_owned()),
        ]
    );
}

#[test]
fn what_nobody_sees_is_found_in_comments_labels_and_directories() {
    let policy = format!(
        "// a \u{202e}b\u{202c}\n{LIBRARY}\nplace vault \"a\u{2066}b\"\nplace attic \"a\u{200b}b\" // c\rd\n/// \u{1b}[31m\nplace hall\n"
    );
    let told: Vec<(usize, String)> = [
        (1, "202E", ", and 1 more on this line"),
        (4, "2066", ""),
        (5, "200B", ", and 1 more on this line"),
        (6, "001B", ""),
    ]
    .map(|(line, code, more)| (line, format!("U+{code} is not seen{more}")))
    .to_vec();
    assert_eq!(hidden(&policy, PEOPLE), told);
    let once = |line| vec![(line, "U+200D is not seen".to_owned())];
    assert_eq!(hidden(LIBRARY, &anna("name: \"a\u{200d}b\"")), once(3));
    assert_eq!(hidden(LIBRARY, &anna("name: \"a\\u200db\"")), once(3));
    assert_eq!(hidden(LIBRARY, &anna("contacts: [\"a\\u200db@fabrikam.com\"]")), once(3));
    assert_eq!(hidden(&format!("\u{feff}{LIBRARY}"), PEOPLE), []);
}

#[test]
fn a_finding_can_be_allowed() {
    let policy = format!(
        "{LIBRARY}\n// allow(lookalike-name): the test of an attack\nmembership \"p\" {{ colleagues has \"{KIM}\" }}\n"
    );
    assert_eq!(lookalikes(&policy, PEOPLE), []);
}
