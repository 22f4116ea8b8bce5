//! A comparison: its two sides, what differs as it is declared, what differs for whom, and what gates say of it.

mod group;
mod markdown;
mod structure;

pub use markdown::markdown;

use super::effect::{Names, by_owner, count, settings};
use super::page::{Ink, Page};
use super::table::{Cell, Rows, wrap};
use super::tests::counted;
use crate::diff::{Arrivals, Aside, Causes, Difference, Disclosed, DisclosedChange, Effect, Features, Group, Verdict};
use crate::model::Model;
use crate::project::side::Side;
use crate::resolve::Certainty;
use crate::text::line;

/// How wide lines are, in characters.
const COLUMNS: usize = 80;

/// Of how many groups causes are told: they are tried, which takes longer than all the rest.
pub const CAUSES: usize = group::SHOWN;

/// How many disclosures are told.
const DISCLOSURES: usize = 15;

/// Two sides and what became of them.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// The sides.
    pub sides: &'c [Side; 2],
    /// Files of the people that both sides have, if they were named.
    pub people: &'c [String],
    /// What was found.
    pub found: Found<'c>,
    /// What the gates say of it, in the order of the command line.
    pub gates: &'c [Verdict],
}

/// Whether people are named, or only counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Naming {
    /// By address, where there are not too many.
    People,
    /// Nobody is named.
    Counts,
}

/// What was found out of two sides.
#[derive(Clone, Copy, Debug)]
pub enum Found<'c> {
    /// Both have the same files, so many.
    Same(usize),
    /// They have not.
    Different(Different<'c>),
}

/// What differs between two sides that were compiled.
#[derive(Clone, Copy, Debug)]
pub struct Different<'c> {
    /// Whether people are named.
    pub naming: Naming,
    /// The first set, which users are named by.
    pub model: &'c Model,
    /// What changes for whom, of owners on both sides.
    pub effect: &'c Effect,
    /// Owners on the second side only.
    pub arrived: &'c Aside,
    /// Owners on the first side only.
    pub left: &'c Aside,
    /// What changes alike.
    pub groups: &'c [Group],
    /// Why the answer of each group is another one that is told; of the first [`CAUSES`] of them.
    pub causes: &'c [Causes],
    /// What differs as it is declared.
    pub structure: &'c [Difference],
    /// What leaves and did not, or did and does not.
    pub disclosures: &'c [Disclosed],
    /// Whether there is anybody on either side.
    pub has_people: bool,
}

impl Found<'_> {
    /// Whether anything differs: as it is declared, or for anybody.
    pub fn is_difference(&self) -> bool {
        match self {
            Found::Same(_) => false,
            Found::Different(of) => {
                let aside = of.arrived.owners + of.left.owners > 0;
                let answers = *of.effect != Effect::default() || !of.disclosures.is_empty();
                aside || answers || !of.structure.is_empty()
            }
        }
    }
}

/// The whole comparison.
pub fn text(comparison: Comparison<'_>) -> Page {
    let mut text = Page::new();
    for side in comparison.sides {
        let without = if side.has_project() { "" } else { ": without this project, so there is nothing" };
        text.push_str(line!("{} {side}{without}", side.which));
    }
    if !comparison.people.is_empty() {
        text.push_str(line!("the same people on both sides, from {}", comparison.people.join(", ")));
    }
    match comparison.found {
        Found::Same(1) => text.push_str("\nno difference: both sides have the same file\n"),
        Found::Same(files) => text.push_str(format!("\nno difference: both sides have the same {files} files\n")),
        Found::Different(of) => text.push_str(different(of)),
    }
    text.push_str(gates(comparison.gates));
    text
}

fn different(of: Different<'_>) -> Page {
    let mut text = structure::text(of.structure, of.naming);
    if !of.has_people {
        text.push_str("\nneither side has a directory: there is nobody whose answers could be compared\n");
        return text + disclosures(of.disclosures);
    }
    if of.groups.is_empty() && !of.effect.features.iter().any(Features::changes) {
        text.push_str(settings_of(of));
        text.push_str("\nno answer about the people and meetings of both sides changes\n");
    } else {
        text.push_str(effect(of, group::text(of)));
    }
    text.push_str(disclosures(of.disclosures));
    text.push_str(asides(of));
    text
}

/// What changes for whom, with this about what is seen.
fn effect(of: Different<'_>, seen: Page) -> Page {
    let counts = if of.groups.is_empty() { Page::new() } else { counts(of.effect) };
    settings_of(of) + counts + seen + features(of.effect)
}

/// What a change of one set changes, with users as that set knows them: what changes alike in one row each, gains
/// first; or, if everybody is to be named, owner by owner. Nobody arrives or leaves, and the cause is known.
pub fn change(model: &Model, effect: &Effect, groups: &[Group], names: Names) -> Page {
    if groups.is_empty() && !effect.features.iter().any(Features::changes) {
        let nothing = "\nno answer about the people and meetings of the directory changes\n";
        return settings(model, &effect.settings) + nothing;
    }
    let nobody = Aside::default();
    let of = Different {
        naming: Naming::People,
        model,
        effect,
        arrived: &nobody,
        left: &nobody,
        groups,
        causes: &[],
        structure: &[],
        disclosures: &[],
        has_people: true,
    };
    self::effect(of, if names == Names::All { by_owner(model, &effect.presence.alike) } else { group::text(of) })
}

/// Settings of users that change.
fn settings_of(of: Different<'_>) -> Page {
    if of.naming == Naming::People {
        return settings(of.model, &of.effect.settings);
    }
    let mut rows = Rows::default();
    for change in &of.effect.settings {
        let values = format!("{} → {}", change.before, change.after);
        rows.push([change.setting.clone(), values, format!("for {}", counted(change.users.len(), "user"))]);
    }
    if rows.len() == 0 { Page::new() } else { Page::from("\nsettings\n") + rows.render("  ") }
}

/// How many answers change, each viewer, owner and field counted.
fn counts(effect: &Effect) -> Page {
    let presence = &effect.presence;
    let seen = effect.new_visibility(|_| true);
    let gained = [presence.gained, presence.open[0]];
    let mut rows = Rows::default();
    rows.push(["", "known people", "open classes"]);
    let mut push = |word: &str, ink: Ink, sign: &str, counts: [usize; 2]| {
        let [known, open] = counts.map(|many| match many {
            0 => count(ink, 0),
            many => Cell::inked(ink, &format!("{sign}{many}")),
        });
        rows.push([Cell::from(word), known, open]);
    };
    push("new visibility", Ink::Yes, "+", seen);
    // What is gained without the value being seen.
    if gained != seen {
        push("all gains", Ink::Yes, "+", gained);
    }
    push("lost", Ink::Loss, "-", [presence.lost, presence.open[1]]);
    if presence.altered + presence.open[2] > 0 {
        push("another value", Ink::Partly, "", [presence.altered, presence.open[2]]);
    }
    let owners = if presence.owners == 1 { "1 owner".to_owned() } else { format!("{} owners", presence.owners) };
    let mut text = Page::from(format!("\neffect on what is seen of {owners}, each viewer and field counted\n"));
    text.push_str(rows.render("  "));
    text
}

/// Features with other answers.
fn features(effect: &Effect) -> Page {
    let mut rows = Rows::default();
    rows.push(["", "gained", "lost"]);
    for of in effect.features.iter().filter(|of| of.changes()) {
        rows.push([Cell::from(&of.feature), count(Ink::Yes, of.gained), count(Ink::Loss, of.lost)]);
    }
    if rows.len() > 1 { Page::from("\nfeatures\n") + rows.render("  ") } else { Page::new() }
}

/// What leaves and did not, or did and does not.
fn disclosures(disclosures: &[Disclosed]) -> Page {
    let mut text = Page::new();
    if disclosures.is_empty() {
        return text;
    }
    // What leaves of people whom one side alone has is nobody's gain, and told in one line.
    let (told, aside): (Vec<&Disclosed>, Vec<&Disclosed>) = disclosures.iter().partition(|of| match of.change {
        DisclosedChange::Users { gained, lost, .. } => gained + lost > 0,
        DisclosedChange::Certainty(_) => true,
    });
    text.push_str("\ndisclosures\n");
    for of in told.iter().take(DISCLOSURES) {
        let (mark, ink) = if of.is_new(Arrivals::Count) { ("  + ", Ink::Yes) } else { ("  - ", Ink::Loss) };
        let outside = match (of.external, of.new_recipient) {
            (true, true) => ", outside, who got nothing before",
            (true, false) => ", outside",
            _ => "",
        };
        let words = format!(
            "{}: {} {}{outside}; {}",
            of.leaving.feature,
            of.leaving.item,
            of.leaving.goes,
            disclosed(of.change)
        );
        text.push_str(sign(wrap(words.split(' '), "        ", COLUMNS).behind(mark), mark, ink) + "\n");
    }
    if let Some(more) = told.len().checked_sub(DISCLOSURES).filter(|more| *more > 0) {
        text.push_str(format!("  and {more} more\n"));
    }
    if !aside.is_empty() {
        let more = if told.is_empty() { "" } else { " more" };
        text.push_str(format!("  {}{more}, of users on one side only\n", aside.len()));
    }
    text
}

/// How a disclosure changes, in words.
fn disclosed(change: DisclosedChange) -> String {
    match change {
        DisclosedChange::Users { gained, lost, arrived, left } => {
            let counts = [
                (gained, "now of {}"),
                (lost, "no longer of {}"),
                (arrived, "of {} who arrived"),
                (left, "of {} who left"),
            ];
            let told = counts.into_iter().filter(|(count, _)| *count > 0);
            told.map(|(count, words)| words.replace("{}", &counted(count, "user"))).collect::<Vec<String>>().join(", ")
        }
        DisclosedChange::Certainty([before, after]) => {
            let word = |certainty: Option<Certainty>| certainty.map_or("never", Certainty::name);
            format!("was {}, is {}", word(before), word(after))
        }
    }
}

/// Who is on one side only, and what is seen of them and used by and with them.
fn asides(of: Different<'_>) -> Page {
    let uses = |count: fn(&Features) -> usize| of.effect.features.iter().map(count).sum::<usize>();
    let sides =
        [("arrived", of.arrived, uses(|feature| feature.arrived)), ("left", of.left, uses(|feature| feature.left))];
    if sides.iter().all(|(_, aside, uses)| aside.owners + uses == 0) {
        return Page::new();
    }
    let mut rows = Rows::default();
    rows.push(["", "owners", "visible to known people", "to open classes", "uses of features"].map(str::to_owned));
    for (word, aside, uses) in sides {
        let counts = [aside.owners, aside.known(), aside.open(), uses].map(|count| count.to_string());
        rows.push([word.to_owned()].into_iter().chain(counts));
    }
    Page::from("\non one side only, each viewer and field counted\n") + rows.render("  ")
}

/// What each gate says: whether it passed, what it found, and how many there may be.
fn gates(gates: &[Verdict]) -> Page {
    let mut text = if gates.is_empty() { Page::new() } else { Page::from("\ngates\n") };
    for gate in gates {
        let (verdict, ink) = match (gate.found, gate.passed()) {
            (None, _) => ("  undecided  ", Ink::Partly),
            (_, true) => ("  passed     ", Ink::Yes),
            (_, false) => ("  denied     ", Ink::Loss),
        };
        let found = match (gate.found, gate.open) {
            (None, _) => "not looked at, since there is nobody to ask about".to_owned(),
            (Some(known), Some(open)) => format!("{known} of known people, {open} of open classes"),
            (Some(found), None) => format!("{found} found"),
        };
        let words = format!("{}: {found}; limit {}", gate.name, gate.limit);
        let words = wrap(words.split(' '), "               ", COLUMNS).behind(verdict);
        text.push_str(sign(words, verdict, ink) + "\n");
    }
    text
}

/// A page of which the sign that it begins with has a colour.
fn sign(page: Page, lead: &str, ink: Ink) -> Page {
    page.marked(lead.len() - lead.trim_start().len()..lead.trim_end().len(), ink)
}
