//! What differs as it is declared, in lines: each declaration with its parts, and of a directory how much.

use indexmap::IndexMap;

use std::borrow::Cow;

use super::{COLUMNS, Naming, sign};
use crate::diff::{Difference, Location, Meaning, PartDifference, Side, Thing};
use crate::report::page::{Ink, Page};
use crate::report::table::wrap;
use crate::text::{first_of, line, shown};

/// How many declarations are told, and how many parts of each.
const SHOWN: usize = 30;
const PARTS: usize = 8;
/// How many names stand for all of one sort in a directory.
const NAMED: usize = 3;

/// What stands in an address, also as other widths of letters have it.
const AT: [char; 3] = ['@', '\u{ff20}', '\u{fe6b}'];

/// The section; nothing if nothing differs.
pub(super) fn text(differences: &[Difference], naming: Naming) -> Page {
    let mut text = Page::new();
    if differences.is_empty() {
        return text;
    }
    text.push_str("\nstructure\n");
    let (of_directory, declared): (Vec<&Difference>, Vec<&Difference>) =
        differences.iter().partition(|difference| difference.thing.is_of_directory());
    for difference in declared.iter().take(SHOWN) {
        text.push_str(declaration(difference, naming));
    }
    if let Some(more) = declared.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(line!("  and {more} more declarations"));
    }
    let mut counts: IndexMap<(Thing, Option<Side>), Vec<&str>> = IndexMap::new();
    for difference in of_directory {
        counts.entry((difference.thing, difference.only)).or_default().push(&difference.name);
    }
    for ((thing, only), names) in counts {
        let word = match (names.len(), naming) {
            (1, Naming::People) => thing.word().to_owned(),
            (1, Naming::Counts) => format!("1 {}", thing.word()),
            (many, _) => format!("{many} {}s", thing.word()),
        };
        let names = names.iter().filter(|name| !name.is_empty() && naming == Naming::People);
        let named = first_of(NAMED, names);
        let words = if named.is_empty() { word } else { format!("{word} {named}") };
        text.push_str(lines(&words, "  ", only, None));
    }
    text
}

fn declaration(difference: &Difference, naming: Naming) -> Page {
    let Difference { thing, name, only, .. } = difference;
    let words = if name.is_empty() { thing.word().to_owned() } else { format!("{} {name}", thing.word()) };
    let only = *only;
    let place = only.and_then(|side| difference.places[side.index()].as_ref());
    let mut text = lines(&named(&words, naming), "  ", only, place);
    // What a test says is about people.
    if *thing == Thing::Test && naming == Naming::Counts {
        return text;
    }
    // What says no more than the first line is not said again.
    let told: Vec<&PartDifference> =
        difference.parts.iter().filter(|part| part.says.iter().flatten().all(|says| *says != words)).collect();
    for part in told.iter().take(PARTS) {
        let place = if place.is_none() { Places::Told } else { Places::Known };
        text.push_str(parts(part, place, naming));
    }
    if let Some(more) = told.len().checked_sub(PARTS).filter(|more| *more > 0) {
        text.push_str(line!("      and {more} more parts"));
    }
    text
}

/// Whether the places of parts are told, or that of the whole says enough.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    Told,
    Known,
}

/// A text of a policy with the addresses in it, or with none.
pub(in crate::report) fn named(text: &str, naming: Naming) -> Cow<'_, str> {
    if naming == Naming::People || !text.contains(AT) {
        return Cow::Borrowed(text);
    }
    // An apostrophe can be part of a name.
    let ends = |letter: char| letter.is_whitespace() || "\",;(){}[]<>:=|".contains(letter);
    let words = text.split_inclusive(ends).map(|word| {
        let name = word.trim_end_matches(ends);
        if name.contains(AT) { format!("…{}", &word[name.len()..]) } else { word.to_owned() }
    });
    Cow::Owned(words.collect())
}

/// A part: what it said and what it says.
fn parts(part: &PartDifference, places: Places, naming: Naming) -> Page {
    let place = |side: Side| part.places[side.index()].as_ref().filter(|_| places == Places::Told);
    let lines = |text: &str, indent: &str, only: Option<Side>, place: Option<&Location>| {
        lines(&named(text, naming), indent, only, place)
    };
    let what = || if part.item.part.is_empty() { part.item.thing.word() } else { part.item.part.as_str() };
    let mut text = Page::new();
    match &part.says {
        [Some(before), Some(after)] => {
            text.push_str(lines(before, "      ", Some(Side::Base), place(Side::Base)));
            text.push_str(lines(after, "      ", Some(Side::Head), place(Side::Head)));
        }
        [Some(before), None] => text.push_str(lines(before, "      ", Some(Side::Base), place(Side::Base))),
        [None, Some(after)] => text.push_str(lines(after, "      ", Some(Side::Head), place(Side::Head))),
        [None, None] => text.push_str(lines(what(), "      ", None, place(Side::Head))),
    }
    match part.meaning {
        Some(Meaning::Same) => text.push_str("        rewritten, same meaning\n"),
        Some(Meaning::Undecided) => text.push_str("        rewritten, and undecided whether it means the same\n"),
        Some(Meaning::Other) | None => {}
    }
    text
}

/// Words behind a sign, in lines, with their place behind the last one, or below where that is too wide.
fn lines(words: &str, indent: &str, only: Option<Side>, place: Option<&Location>) -> Page {
    let (mark, ink) = match only {
        Some(Side::Head) => ("+", Ink::Yes),
        Some(Side::Base) => ("-", Ink::Loss),
        None => ("~", Ink::Partly),
    };
    let lead = format!("{indent}{mark} ");
    let deeper = format!("{indent}    ");
    let mut text = wrap(words.split(' '), &deeper, COLUMNS).behind(&lead);
    text = sign(text, &lead, ink);
    if let Some(Location { path, start, .. }) = place {
        let place = format!("{}:{}", shown(path), start.line);
        let last = text.rsplit('\n').next().map_or(0, |last| last.chars().count());
        if last + 2 + place.chars().count() <= COLUMNS {
            text.push_str("  ");
        } else {
            text.push_str(format!("\n{deeper}"));
        }
        text.push_str(Page::inked(Ink::Place, place));
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_an_address_is_left() {
        for (text, counted) in [
            ("kim o'hara@contoso.com sees", "kim … sees"),
            ("'anna@contoso.com' and \"bob@contoso.com\"", "… and \"…\""),
            ("user:anna@contoso.com, eve", "user:…, eve"),
            ("anna\u{ff20}contoso.com bob\u{fe6b}contoso.com", "… …"),
            ("nobody", "nobody"),
        ] {
            assert_eq!(named(text, Naming::Counts), counted);
            assert_eq!(named(text, Naming::People), text);
        }
    }
}
