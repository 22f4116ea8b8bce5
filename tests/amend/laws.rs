//! Edits of generated files: the edited text says what was asked for, everything else stays byte for byte, and what was
//! added can be taken away again.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use prescope::diagnostic::code;
use prescope::directory::{Address, Amendment, Directory, Entry, FileKind, Scalar, User, amend, read};
use prescope::language::{Diagnostic, FileId, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::generate::{CONTAINERS, ENTRIES, Written, written};
use crate::oracle::tape::Tape;
use crate::tries::{at_least, config, tries};

type Changes = Vec<(Address, Vec<Amendment>)>;

fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

fn file() -> FileId {
    Sources::default().add("people.yaml", "")
}

fn directory(text: &str) -> Directory {
    let (directory, found) = read(file(), FileKind::Yaml, text);
    assert!(!found.iter().any(Diagnostic::is_error), "{found:#?}\n{text}");
    directory
}

/// What is to change: people who are there and others, containers and entries likewise.
fn changes(tape: &mut Tape<'_>, users: &[String]) -> Changes {
    let count = tape.between(1, 3);
    (0..count)
        .map(|_| {
            let user = address(&tape.pick(users));
            let many = tape.between(1, 4);
            (user, (0..many).map(|_| amendment(tape)).collect())
        })
        .collect()
}

fn amendment(tape: &mut Tape<'_>) -> Amendment {
    let person =
        |tape: &mut Tape<'_>| tape.pick(&["bob@x.y", "carl@x.y", "dan@x.y", "eve@x.y", "new@x.y", "o'neil@y.z"]);
    let entry = |tape: &mut Tape<'_>| {
        let text = if tape.chance(40) { tape.pick(&ENTRIES).to_owned() } else { person(tape).to_owned() };
        Entry::parse(&text).expect("an entry")
    };
    let container = |tape: &mut Tape<'_>| tape.pick(&CONTAINERS).to_owned();
    match tape.below(8) {
        0 | 1 => Amendment::AddContact(address(person(tape))),
        2 => Amendment::RemoveContact(address(person(tape))),
        3 | 4 => Amendment::AddEntry { container: container(tape), entry: entry(tape) },
        5 => Amendment::RemoveEntry { container: container(tape), entry: entry(tape) },
        6 => Amendment::SetMode(tape.pick(&["private", "standard"]).to_owned()),
        _ => {
            let texts = ["blue", "", "no", "a: b", "it's # 1", "5", "\"\\", "two\nlines", " x "];
            let value = match tape.below(4) {
                0 => Scalar::Integer(-7),
                1 => Scalar::Bool(true),
                2 => Scalar::Blank,
                _ => Scalar::Text(tape.pick(&texts).to_owned()),
            };
            Amendment::SetAttribute(tape.pick(&["a", "text", "new"]).to_owned(), value)
        }
    }
}

/// Of containers and attributes the order means nothing.
fn meaning(directory: &Directory) -> Directory {
    let mut directory = directory.clone();
    for user in &mut directory.users {
        user.attributes.sort_by(|a, b| a.0.it.cmp(&b.0.it));
        user.memberships.iter_mut().for_each(|lists| lists.sort_by(|a, b| a.0.it.cmp(&b.0.it)));
    }
    directory
}

/// The lines of each user, what stands before them, and what stands behind.
fn parts<'t>(text: &'t str, directory: &Directory) -> (&'t str, Vec<&'t str>, &'t str) {
    let line = |user: &User| text[..user.address.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text.find("\ngroups:").map_or(text.len(), |at| at + 1);
    let mut starts: Vec<usize> = directory.users.iter().map(line).collect();
    let first = starts[0];
    starts.push(end);
    (&text[..first], starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect(), &text[end..])
}

/// Lines that say nothing to a program.
fn remarks(part: &str) -> Vec<&str> {
    part.lines().filter(|line| line.trim_start().starts_with('#')).collect()
}

/// Lines of what is never changed.
fn kept(part: &str) -> Vec<&str> {
    part.lines().filter(|line| line.contains("keep")).collect()
}

/// Holds what an edit did against what it should do.
fn hold(before: &str, changes: &Changes, after: &str) {
    let told = || format!("{changes:#?}\n──── before\n{before}\n──── after\n{after}");
    let (old, new) = (directory(before), directory(after));
    let mut expected = old.clone();
    expected.amend(changes).expect("users who are there");
    assert_eq!(meaning(&new), meaning(&expected), "{}", told());
    let (old_parts, new_parts) = (parts(before, &old), parts(after, &new));
    assert_eq!(old_parts.0, new_parts.0, "before the users\n{}", told());
    assert_eq!(old_parts.2, new_parts.2, "behind the users\n{}", told());
    for (user, (old, new)) in expected.users.iter().zip(old_parts.1.iter().zip(&new_parts.1)) {
        if changes.iter().any(|(changed, _)| *changed == user.address.it) {
            assert_eq!(remarks(old), remarks(new), "comments of {}\n{}", user.address.it, told());
            let in_braces = old.lines().next().is_some_and(|line| line.contains('{'));
            assert!(in_braces || kept(old) == kept(new), "lines of {}\n{}", user.address.it, told());
        } else {
            assert_eq!(old, new, "{}\n{}", user.address.it, told());
        }
    }
    let odd = |line: &&str| line.ends_with('\r') != before.contains("\r\n");
    let broken: Vec<&str> = after.split_inclusive('\n').filter_map(|it| it.strip_suffix('\n')).filter(odd).collect();
    assert!(broken.is_empty(), "ends of lines: {broken:?}\n{}", told());
}

/// A file and what is to change in it. A failed law shows the file, which can be pasted.
#[derive(Clone)]
struct Case {
    written: Written,
    changes: Changes,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}\n{}", self.changes, self.written.text)
    }
}

fn cases() -> impl Strategy<Value = Case> {
    (vec(any::<u8>(), 0..700), vec(any::<u8>(), 0..40)).prop_map(|(file, rest)| {
        let written = written(&mut Tape::new(&file));
        let changes = changes(&mut Tape::new(&rest), &written.users);
        Case { written, changes }
    })
}

#[test]
fn edits_do_what_they_say_and_nothing_else() {
    let counted: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let ran = TestRunner::new(config(2000)).run(&cases(), |Case { written, changes }| {
        let shares = changes.iter().any(|(user, _)| written.sharing.contains(user.as_str()));
        let outcome = match amend(file(), &written.text, &changes) {
            Ok(after) => {
                hold(&written.text, &changes, &after);
                if after == written.text { "unchanged" } else { "edited" }
            }
            Err(found) => {
                assert!(!found.is_empty());
                for it in &found {
                    let place = it.span().expect("a place");
                    assert!(it.code == code::NOT_EDITABLE && !place.is_empty(), "{it:?}");
                    assert!(it.help.is_some(), "{it:?}");
                }
                // Whoever shares nothing with anybody can be edited, in whatever style.
                assert!(shares, "{found:#?}\n{changes:#?}\n{}", written.text);
                "refused"
            }
        };
        *counted.borrow_mut().entry(outcome).or_default() += 1;
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    let counted = counted.into_inner();
    let of = |outcome: &str| counted.get(outcome).copied().unwrap_or_default();
    assert!(of("edited") >= at_least(1700) && of("refused") < tries(100), "{counted:?}");
}

/// Whoever comes and goes again leaves the directory as it was; the file too, but for the commas of lists in brackets.
#[test]
fn what_was_added_can_be_taken_away() {
    let counted: RefCell<BTreeMap<bool, u32>> = RefCell::default();
    let ran = TestRunner::new(config(500)).run(&cases(), |Case { written, .. }| {
        let before = directory(&written.text);
        let said = |user: &&User| user.contacts.is_some() && user.memberships.as_ref().is_some_and(|it| !it.is_empty());
        let sound = |user: &&User| !written.sharing.contains(user.address.it.as_str());
        let (mut come, mut go) = (Changes::new(), Changes::new());
        for user in before.users.iter().filter(said).filter(sound) {
            let (who, container) = (address("new@q.z"), user.memberships.as_ref().expect("lists")[0].0.it.clone());
            let entry = || Entry::User(who.clone());
            let coming = [
                Amendment::AddContact(who.clone()),
                Amendment::AddEntry { container: container.clone(), entry: entry() },
            ];
            let going = [Amendment::RemoveEntry { container, entry: entry() }, Amendment::RemoveContact(who.clone())];
            come.push((user.address.it.clone(), coming.to_vec()));
            go.push((user.address.it.clone(), going.to_vec()));
        }
        let edit = |text: &str, changes: &Changes| {
            amend(file(), text, changes).unwrap_or_else(|found| panic!("{found:#?}\n{text}"))
        };
        let there = edit(&written.text, &come);
        hold(&written.text, &come, &there);
        let back = edit(&there, &go);
        hold(&there, &go, &back);
        assert_eq!(meaning(&directory(&back)), meaning(&before), "{}\n{there}\n{back}", written.text);
        let both: Changes = come.iter().chain(&go).cloned().collect();
        assert_eq!(meaning(&directory(&edit(&written.text, &both))), meaning(&before));
        if !come.is_empty() {
            *counted.borrow_mut().entry(back == written.text).or_default() += 1;
        }
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    let counted = counted.into_inner();
    let of = |same: bool| counted.get(&same).copied().unwrap_or_default();
    assert!(of(true) > 8 * of(false) && of(true) >= at_least(120), "{counted:?}");
}
