//! Edits of directory files: only the lines that must change do, and what results is what was asked for.

mod generate;
mod laws;

use prescope::directory::{Address, Amendment, Entry, Scalar, amend};
use prescope::language::Sources;

/// `ann +contact dan@x.y`, `ann -entry family user:dan@x.y`, `ann mode private`, `ann set client lync_2010`.
fn changes(text: &str) -> Vec<(Address, Vec<Amendment>)> {
    let address = |text: &str| Address::parse(text).expect("an address");
    let one = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let entry = |container: &str, entry: &str| (container.to_owned(), Entry::parse(entry).expect("an entry"));
        let amendment = match words[1..] {
            ["+contact", who] => Amendment::AddContact(address(who)),
            ["-contact", who] => Amendment::RemoveContact(address(who)),
            ["+entry", container, text] => {
                let (container, entry) = entry(container, text);
                Amendment::AddEntry { container, entry }
            }
            ["-entry", container, text] => {
                let (container, entry) = entry(container, text);
                Amendment::RemoveEntry { container, entry }
            }
            ["mode", mode] => Amendment::SetMode(mode.to_owned()),
            ["set", name, value] => {
                let value = value.parse().map(Scalar::Integer).unwrap_or_else(|_| match value {
                    "true" => Scalar::Bool(true),
                    "blank" => Scalar::Blank,
                    text => Scalar::Text(text.to_owned()),
                });
                Amendment::SetAttribute(name.to_owned(), value)
            }
            _ => panic!("{line}"),
        };
        (address(&format!("{}@x.y", words[0])), vec![amendment])
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(one).collect()
}

fn amended(text: &str, wanted: &str) -> Result<String, String> {
    let mut sources = Sources::default();
    let file = sources.add("people.yaml", text);
    amend(file, sources.text(file), &changes(wanted)).map_err(|found| {
        let told: Vec<String> = found.iter().map(|it| format!("{}: {}", it.code.name(), it.message)).collect();
        told.join("\n")
    })
}

/// A text, the changes, and the text that has to come of it.
fn becomes(before: &str, wanted: &str, after: &str) {
    for newline in ["\n", "\r\n"] {
        let (before, after) = (before.replace('\n', newline), after.replace('\n', newline));
        match amended(&before, wanted) {
            Ok(text) => assert_eq!(text, after, "\n{wanted}\n{text}"),
            Err(told) => panic!("{told}\n{before}"),
        }
    }
}

#[test]
fn lists_in_brackets_are_edited_in_their_line() {
    becomes(
        "users:\n  ann@x.y: { contacts: [\"bob@x.y\", 'carl@x.y'], memberships: {family: [ ]} }  # Ann\n",
        "ann +contact dan@x.y\nann -contact bob@x.y\nann +entry family dan@x.y",
        "users:\n  ann@x.y: { contacts: ['carl@x.y', 'dan@x.y'], memberships: {family: [\"user:dan@x.y\"]} }  # Ann\n",
    );
    becomes(
        "users:\n  ann@x.y:\n    contacts: [bob@x.y]\n",
        "ann -contact bob@x.y",
        "users:\n  ann@x.y:\n    contacts: []\n",
    );
}

#[test]
fn lists_with_dashes_are_edited_line_by_line() {
    let before = "users:\n  ann@x.y:\n    contacts:   # people\n      - bob@x.y   # one\n      # two\n      - \"carl@x.y\"\n      # end\n\n  bob@x.y: ~\n";
    becomes(
        before,
        "ann -contact bob@x.y\nann +contact dan@x.y",
        "users:\n  ann@x.y:\n    contacts:   # people\n      # two\n      - \"carl@x.y\"\n      - \"dan@x.y\"\n      # end\n\n  bob@x.y: ~\n",
    );
    becomes(
        before,
        "ann -contact bob@x.y\nann -contact carl@x.y\nann mode private\nbob mode standard",
        "users:\n  ann@x.y:\n    contacts: []   # people\n      # two\n    mode: private\n      # end\n\n  bob@x.y: { mode: standard }\n",
    );
}

#[test]
fn what_is_not_there_is_written_as_the_neighbours_are() {
    let before = "users:\n  ann@x.y:\n    name:  Ann\n    memberships:\n      family:   ['user:bob@x.y']\n  bob@x.y:\n  carl@x.y: {}\n";
    becomes(
        before,
        "ann +contact dan@x.y\nann +entry work dan@x.y\nbob +contact ann@x.y\ncarl +entry work ann@x.y\ncarl set a 5",
        "users:\n  ann@x.y:\n    name:  Ann\n    memberships:\n      family:   ['user:bob@x.y']\n      work:     ['user:dan@x.y']\n    contacts: ['dan@x.y']\n  bob@x.y:\n    contacts: ['ann@x.y']\n  carl@x.y: { attributes: { a: 5 }, memberships: { work: ['user:ann@x.y'] } }\n",
    );
}

#[test]
fn brackets_over_several_lines_keep_their_comments() {
    let before = "users:\n  ann@x.y:\n    contacts: [\n      bob@x.y, # one\n      carl@x.y # two, and\n    ]\n";
    becomes(
        before,
        "ann +contact dan@x.y\nann -contact bob@x.y",
        "users:\n  ann@x.y:\n    contacts: [\n      carl@x.y, # two, and\n      dan@x.y\n    ]\n",
    );
}

#[test]
fn the_last_one_in_brackets_has_a_comma_only_if_it_had_one() {
    becomes(
        "users:\n  ann@x.y:\n    contacts: [bob@x.y,\n      carl@x.y, dan@x.y]\n    delegates: [\n      bob@x.y\n    ]\n",
        "ann -contact dan@x.y",
        "users:\n  ann@x.y:\n    contacts: [bob@x.y,\n      carl@x.y]\n    delegates: [\n      bob@x.y\n    ]\n",
    );
    becomes(
        "users:\n  ann@x.y:\n    contacts: [\n      bob@x.y, # one\n      carl@x.y\n    ]\n",
        "ann -contact carl@x.y",
        "users:\n  ann@x.y:\n    contacts: [\n      bob@x.y # one\n    ]\n",
    );
}

#[test]
fn texts_in_lines_of_their_own_are_replaced_whole() {
    becomes(
        "users:\n  ann@x.y:\n    attributes:\n      a: |  # what\n        many\n        lines\n\n      b: >-\n        more\n    # end\n  bob@x.y: ~\n",
        "ann set a 5\nann set c 6",
        "users:\n  ann@x.y:\n    attributes:\n      a: 5\n\n      b: >-\n        more\n      c: 6\n    # end\n  bob@x.y: ~\n",
    );
}

#[test]
fn what_an_alias_stands_for_becomes_a_copy_or_is_left_alone() {
    let before = "users:\n  ann@x.y: &ann\n    contacts: &team [bob@x.y, carl@x.y]\n  bob@x.y:\n    contacts: *team\n  carl@x.y:\n    <<: *ann\n    name: Carl\n";
    becomes(
        before,
        "bob +contact dan@x.y\ncarl -contact bob@x.y",
        "users:\n  ann@x.y: &ann\n    contacts: &team [bob@x.y, carl@x.y]\n  bob@x.y:\n    contacts: [bob@x.y, carl@x.y, dan@x.y]\n  carl@x.y:\n    <<: *ann\n    name: Carl\n    contacts: [carl@x.y]\n",
    );
    let told = amended(before, "ann +contact dan@x.y").unwrap_err();
    assert_eq!(
        told,
        "directory::not-editable: the change would change `bob@x.y` too, through an alias or `<<`\ndirectory::not-editable: the change would change `carl@x.y` too, through an alias or `<<`"
    );
}

#[test]
fn a_comment_behind_what_goes_stays_one() {
    let before = "users:\n  ann@x.y: { memberships: { family: [everyone, # all of us\n      user:dan@x.y ] } }\n";
    let after = "users:\n  ann@x.y: { memberships: { family: [ # all of us\n      user:dan@x.y ] } }\n";
    becomes(before, "ann -entry family everyone", after);
}
