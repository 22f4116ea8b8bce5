//! A comparison: its two sides, what differs as it is declared, what differs for whom, and what gates say of it.

mod cause;
mod gates;
mod group;
mod markdown;
mod renamed;
mod sarif;
mod selection;
mod structure;
pub(in crate::report) mod worlds;

pub(in crate::report) use cause::{fingerprint, fingerprint_of_disclosure, placed};
pub use gates::gates;
pub(in crate::report) use group::viewer;
pub use markdown::{MARKER, markdown};
pub use renamed::{Likely, Renamed};
pub use sarif::{is_sarif, sarif};
pub(in crate::report) use structure::named;
pub use worlds::changes as changes_in_worlds;

use super::effect::{Names, by_owner, count, settings};
use super::page::{Ink, Page};
use super::table::{Cell, Rows, wrap};
use crate::diff::{
    By, Difference, Direction, Disclosed, DisclosedChange, Effect, Features, Group, LeftOut, NotCompared, Outcome,
    Reasons, Selection, Side, Step, Tally, Verdict,
};
use crate::language::Sources;
use crate::model::Model;
use crate::project::side;
use crate::resolve::{Certainty, Entries};
use crate::text::{counted, line};
use crate::worlds::Everywhere;

/// How wide lines are, in characters.
const COLUMNS: usize = 80;

/// Of how many groups it is told why: causes are tried, which takes longer than all the rest.
pub const REASONS: usize = group::SHOWN;

/// How many disclosures are told.
const DISCLOSURES: usize = 15;

/// Two sides and what became of them.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// The sides.
    pub sides: &'c [side::Side; 2],
    /// Files of the people that both sides have, if they were named.
    pub people: &'c [String],
    /// The entries that answers are about.
    pub entries: Entries,
    /// What was told as renamed, and what looks so.
    pub renamed: &'c Renamed,
    /// What of it is told.
    pub selection: &'c Selection,
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
    /// The texts of both sides.
    pub sources: [&'c Sources; 2],
    /// What differs for anybody, of what is told.
    pub outcome: &'c Outcome,
    /// How many answers change by something, if that was asked.
    pub tally: Option<&'c Tally>,
    /// What changes alike.
    pub groups: &'c [Group],
    /// Why the answers of each group are others; None where that was not sought, as of all but the first [`REASONS`].
    pub reasons: &'c [Option<Reasons>],
    /// What differs as it is declared, told or not.
    pub structure: &'c [Difference],
    /// How much is not told.
    pub left_out: &'c LeftOut,
    /// Whether anybody's answers could be compared.
    pub compared: Result<(), NotCompared>,
    /// What differs in every world, of what is told; None if worlds were not compared.
    pub everywhere: Option<&'c Everywhere>,
}

impl<'c> Different<'c> {
    /// Every group, with why its answers are others if that was asked.
    pub(in crate::report) fn groups(self) -> impl Iterator<Item = (&'c Group, Option<&'c Reasons>)> {
        self.groups.iter().zip(self.reasons.iter().map(Option::as_ref))
    }

    /// The texts that the place of a step is in.
    pub(in crate::report) fn sources_of(self, step: &Step) -> &'c Sources {
        match step.side {
            Some(Side::Base) => self.sources[0],
            Some(Side::Head) | None => self.sources[1],
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
    if comparison.entries == Entries::Recorded {
        text.push_str("on the recorded entries\n");
    }
    text.push_str(renamed::text(comparison));
    text.push_str(selection::text(comparison));
    match comparison.found {
        Found::Same(1) => text.push_str("\nno difference: both sides have the same file\n"),
        Found::Same(files) => text.push_str(format!("\nno difference: both sides have the same {files} files\n")),
        Found::Different(of) => text.push_str(different(of, comparison.selection)),
    }
    text.push_str(gates(comparison.gates));
    text
}

fn different(of: Different<'_>, selection: &Selection) -> Page {
    let mut text = if selection.has_structure() { structure::text(of.structure, of.naming) } else { Page::new() };
    if !selection.has_effect() {
        return text;
    }
    let effect = &of.outcome.effect;
    let everywhere = of.everywhere.map(|it| worlds::text(it, of.naming)).unwrap_or_default();
    if let Err(why) = of.compared {
        text.push_str(format!("\n{}\n", instead(why, of.everywhere)));
    } else if of.groups.is_empty() && !effect.features.iter().any(Features::changes) {
        text.push_str(settings_of(of, effect));
        text.push_str(match selection.is_everything() {
            true => "\nno answer about the people and meetings of both sides changes\n",
            false => "\nno answer that is asked for changes\n",
        });
    } else {
        text.push_str(self::effect(of, effect, tally(of) + group::text(of)));
    }
    text.push_str(everywhere);
    text.push_str(disclosures(&of.outcome.disclosures));
    text + asides(of, selection)
}

/// That nobody's answers could be compared, and what was instead.
fn instead(why: NotCompared, everywhere: Option<&Everywhere>) -> String {
    match (why, everywhere) {
        (NotCompared::Nobody, Some(_)) => {
            "neither side has anybody, so worlds are compared in place of people".to_owned()
        }
        _ => format!("no answer could be compared, since {why}"),
    }
}

/// What changes for whom, with this about what is seen.
fn effect(of: Different<'_>, effect: &Effect, seen: Page) -> Page {
    let counts = if of.groups.is_empty() { Page::new() } else { counts(effect) };
    settings_of(of, effect) + counts + seen + features(effect)
}

/// What a change of one set changes, with users as that set knows them: what changes alike in one row each, gains
/// first; or, if everybody is to be named, owner by owner. Nobody arrives or leaves, and the cause is known.
pub fn change(model: &Model, effect: &Effect, groups: &[Group], names: Names) -> Page {
    if groups.is_empty() && !effect.features.iter().any(Features::changes) {
        let nothing = "\nno answer about the people and meetings of the directory changes\n";
        return settings(model, &effect.settings) + nothing;
    }
    let (outcome, sources, left_out) = (Outcome::default(), Sources::default(), LeftOut::default());
    let reasons = vec![None; groups.len()];
    let of = Different {
        naming: Naming::People,
        model,
        sources: [&sources; 2],
        outcome: &outcome,
        tally: None,
        groups,
        reasons: &reasons,
        structure: &[],
        left_out: &left_out,
        compared: Ok(()),
        everywhere: None,
    };
    self::effect(
        of,
        effect,
        if names == Names::All { by_owner(model, &effect.presence.alike) } else { group::text(of) },
    )
}

/// Settings of users that change.
fn settings_of(of: Different<'_>, effect: &Effect) -> Page {
    if of.naming == Naming::People {
        return settings(of.model, &effect.settings);
    }
    let mut rows = Rows::default();
    for change in &effect.settings {
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

/// How many answers change by what was asked for: gained, lost, and another value.
fn tally(of: Different<'_>) -> Page {
    let Some(tally) = of.tally.filter(|tally| !tally.counts.is_empty()) else { return Page::new() };
    let cell = |counts: [usize; 3]| {
        let told = ["+", "-", "~"].into_iter().zip(counts).filter(|(_, count)| *count > 0);
        let told: Vec<String> = told.map(|(sign, count)| format!("{sign}{count}")).collect();
        if told.is_empty() { "0".to_owned() } else { told.join(" ") }
    };
    let (by, none) = match tally.by {
        By::Field => ("field", ""),
        By::Site => ("site of owners", "at no site"),
        By::OwnerGroup => ("group of owners", "in no group"),
    };
    let mut rows = Rows::default();
    rows.push(["", "known people", "open classes"].map(str::to_owned));
    for count in &tally.counts {
        rows.push([count.name.clone().unwrap_or(none.to_owned()), cell(count.known), cell(count.open)]);
    }
    Page::from(format!("\nby {by}\n")) + rows.render("  ")
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
    // What leaves of people, or by a project, that one side alone has is nobody's gain, and told in one line.
    let (told, aside): (Vec<&Disclosed>, Vec<&Disclosed>) = disclosures.iter().partition(|of| of.direction().is_some());
    text.push_str("\ndisclosures\n");
    for of in told.iter().take(DISCLOSURES) {
        let is_new = of.direction() == Some(Direction::Gains);
        let (mark, ink) = if is_new { ("  + ", Ink::Yes) } else { ("  - ", Ink::Loss) };
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
        let is_of_project = aside.iter().any(|of| matches!(of.change, DisclosedChange::Aside(_)));
        let of = if is_of_project { "by a project" } else { "of users" };
        text.push_str(format!("  {}{more}, {of} on one side only\n", aside.len()));
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
        DisclosedChange::Certainty([before, after]) | DisclosedChange::Aside([before, after]) => {
            let word = |certainty: Option<Certainty>| certainty.map_or("never", Certainty::name);
            format!("was {}, is {}", word(before), word(after))
        }
    }
}

/// Who is on one side only, and what is seen of them and used by and with them, as far as that was asked for.
fn asides(of: Different<'_>, selection: &Selection) -> Page {
    let uses = |count: fn(&Features) -> usize| of.outcome.effect.features.iter().map(count).sum::<usize>();
    let (arrived, left) = (uses(|feature| feature.arrived), uses(|feature| feature.left));
    let sides = [("arrived", &of.outcome.arrived, arrived), ("left", &of.outcome.left, left)];
    if sides.iter().all(|(_, aside, uses)| aside.owners + uses == 0) {
        return Page::new();
    }
    let (answers, features) = (selection.has_answers(), selection.has_features());
    let columns = [
        (true, "owners"),
        (answers, "visible to known people"),
        (answers, "to open classes"),
        (features, "uses of features"),
    ];
    let mut rows = Rows::default();
    let row = |lead: &str, cells: [String; 4]| {
        let wanted = columns.iter().zip(cells).filter(|((is_wanted, _), _)| *is_wanted);
        std::iter::once(lead.to_owned()).chain(wanted.map(|(_, cell)| cell)).collect::<Vec<String>>()
    };
    rows.push(row("", columns.map(|(_, name)| name.to_owned())));
    for (word, aside, uses) in sides {
        rows.push(row(word, [aside.owners, aside.known(), aside.open(), uses].map(|count| count.to_string())));
    }
    Page::from("\non one side only, each viewer and field counted\n") + rows.render("  ")
}

/// A page of which the sign that it begins with has a colour.
fn sign(page: Page, lead: &str, ink: Ink) -> Page {
    page.marked(lead.len() - lead.trim_start().len()..lead.trim_end().len(), ink)
}
