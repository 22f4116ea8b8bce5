//! Small sets of policies made of random conditions, and what lints have to find in them, world by world.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Modes, Part, Truth, Variable, When, World, worlds};
use super::palette::{About, Palette};
use crate::readers::Random;

#[derive(Clone, Debug)]
pub(super) struct Rule {
    label: String,
    allow: bool,
    when: When,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    requires_first: bool,
    open: bool,
    rules: Vec<Rule>,
}

/// A set. Everything in it reads the same few variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    modes: Option<When>,
    first: Block,
    second: Option<Block>,
    guard: Option<Block>,
    discloses: Option<When>,
    shows: Option<When>,
    membership: Option<When>,
    /// Values of the global policy, and of one for a tag.
    object: Vec<(Variable, u8)>,
    tag: Option<Vec<(Variable, u8)>>,
    /// The policy of the tag starts from the global one.
    is_like: bool,
}

/// What stands where in the text of a set.
pub(super) struct Written {
    pub(super) text: String,
    conditions: Vec<Conditional>,
}

/// A condition in the text.
struct Conditional {
    when: When,
    whole: (usize, usize),
    parts: Vec<Part>,
    decides: Decides,
}

/// Of both settings.
const DEFAULT: u8 = 1;

fn own(values: &[(Variable, u8)], of: Variable) -> Option<u8> {
    values.iter().find(|(set, _)| *set == of).map(|(_, value)| *value)
}

/// The other setting.
fn beside(of: Variable) -> Variable {
    if of == Variable::OwnerOn { Variable::OwnerSize } else { Variable::OwnerOn }
}

fn setting(of: Variable) -> &'static str {
    if of == Variable::OwnerOn { "On" } else { "Size" }
}

#[derive(Clone, Copy, PartialEq)]
enum Decides {
    Allow,
    Deny,
    Line,
    Declaration,
}

/// A finding: where it stands, and its message.
pub(super) type Found = (usize, usize, String);

fn block(dice: &mut Random, palette: &Palette, name: &str, is_guard: bool) -> Block {
    let open = is_guard || dice.chance(50);
    let count = 1 + dice.below(3);
    let rules = (0..count).map(|at| Rule {
        label: format!("{name} {at}"),
        allow: !open && dice.chance(60),
        when: if dice.chance(6) { When::default() } else { palette.when(dice, About::Both) },
    });
    Block { requires_first: false, open, rules: rules.collect() }
}

pub(super) fn roll(dice: &mut Random) -> Set {
    let palette = Palette::roll(dice);
    let owner = |dice: &mut Random, percent: usize| dice.chance(percent).then(|| palette.when(dice, About::Owner));
    let mut set = Set { modes: palette.modes.then(|| palette.when(dice, About::Owner)), ..Set::default() };
    set.first = block(dice, &palette, "first", false);
    if dice.chance(25) {
        let of = block(dice, &palette, "second", false);
        set.second = Some(Block { requires_first: true, ..of });
    }
    set.guard = dice.chance(15).then(|| block(dice, &palette, "guard", true));
    set.discloses = dice.chance(15).then(|| palette.when(dice, About::Both));
    set.shows = owner(dice, 15);
    set.membership = owner(dice, 10);
    let values = |dice: &mut Random| {
        let mut values = Vec::new();
        for of in [Variable::OwnerOn, Variable::OwnerSize] {
            if dice.chance(85) {
                values.push((of, dice.below(of.count() as usize) as u8));
            }
        }
        values
    };
    set.object = values(dice);
    set.tag = dice.chance(30).then(|| values(dice));
    set.is_like = dice.chance(50);
    set
}

impl Set {
    pub(super) fn write(&self) -> Written {
        let mut text = String::from(
            "category state { mood: calm | cross }\ncontainer zero(0) { publishes state }\n\
             container many(2) visible blocking { publishes state }\n\
             attributes user { a: bool = false, b: bool = false, colour: red | green | blue = green }\n\
             settings Policy at global, tag { On: bool = true, Size: 0..3 = 1 }\nrecipient vendor external\n",
        );
        let mut conditions = Vec::new();
        let mut put = |text: &mut String, when: &When, decides: Decides| {
            let (whole, parts) = when.write(text);
            if !when.is_empty() {
                conditions.push(Conditional { when: when.clone(), whole, parts, decides });
            }
        };
        text.push_str("container some(1) visible {\n    publishes state\n");
        if let Some(when) = &self.shows {
            text.push_str("    shows state.mood as calm");
            put(&mut text, when, Decides::Line);
            text.push('\n');
        }
        text.push_str("}\n");
        if let Some(when) = &self.modes {
            text.push_str("manifest private");
            put(&mut text, when, Decides::Declaration);
            text.push_str(" { }\nmanifest standard { }\n");
        }
        if let Some(when) = &self.membership {
            text.push_str("membership \"all\"");
            put(&mut text, when, Decides::Declaration);
            text.push_str(" { some has federated }\n");
        }
        let second = self.second.as_ref().map(|block| ("feature second for viewer of owner", block));
        let guard = self.guard.as_ref().map(|block| ("guard state.mood", block));
        for (head, block) in
            [Some(("feature first for viewer of owner", &self.first)), second, guard].into_iter().flatten()
        {
            text.push_str(&format!("{head} {{\n"));
            if block.requires_first {
                text.push_str("    requires first\n");
            }
            for rule in &block.rules {
                text.push_str(&format!("    {} \"{}\"", if rule.allow { "allow" } else { "deny" }, rule.label));
                put(&mut text, &rule.when, if rule.allow { Decides::Allow } else { Decides::Deny });
                text.push('\n');
            }
            if let (Some(when), true) = (&self.discloses, head.contains("first")) {
                text.push_str("    discloses state to vendor");
                put(&mut text, when, Decides::Line);
                text.push('\n');
            }
            if head.starts_with("feature") {
                text.push_str(if block.open { "    otherwise available\n" } else { "    otherwise unavailable\n" });
            }
            text.push_str("}\n");
        }
        let mut object = |head: &str, values: &[(Variable, u8)]| {
            text.push_str(&format!("policy Policy {head} {{\n"));
            for (of, value) in values {
                match of {
                    Variable::OwnerOn => text.push_str(&format!("    On = {}\n", *value == 1)),
                    _ => text.push_str(&format!("    Size = {value}\n")),
                }
            }
            text.push_str("}\n");
        };
        object("global", &self.object);
        if let Some(values) = &self.tag {
            object(if self.is_like { "tag Gold like global" } else { "tag Gold" }, values);
        }
        Written { text, conditions }
    }

    fn modes(&self) -> Modes<'_> {
        self.modes.as_ref()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        [Some(&self.first), self.second.as_ref(), self.guard.as_ref()].into_iter().flatten()
    }

    fn lacking(&self, block: &Block, world: &World) -> bool {
        block.requires_first && !self.available(&self.first, world)
    }

    fn available(&self, block: &Block, world: &World) -> bool {
        let fires = |allow: bool| block.rules.iter().any(|rule| rule.allow == allow && rule.fires(world, self.modes()));
        !self.lacking(block, world) && !fires(false) && (block.open || fires(true))
    }

    /// The variables that decide a block.
    fn read_by(&self, block: &Block) -> Vec<Variable> {
        let mut read = Vec::new();
        let required = if block.requires_first { self.first.rules.as_slice() } else { &[] };
        block.rules.iter().chain(required).for_each(|rule| rule.when.variables(self.modes(), &mut read));
        read
    }

    /// The labels of rules that never decide, since something else does wherever they fire.
    pub(super) fn unreachable(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for block in self.blocks() {
            let worlds = worlds(self.read_by(block));
            for (at, rule) in block.rules.iter().enumerate() {
                let mut fires = worlds.iter().filter(|world| rule.fires(world, self.modes())).peekable();
                if fires.peek().is_none() {
                    continue;
                }
                let shadowed = |world: &World| {
                    let wins = |(other, of): (usize, &Rule)| {
                        let before = other < at && of.allow == rule.allow;
                        (before || rule.allow && !of.allow) && of.fires(world, self.modes())
                    };
                    self.lacking(block, world) || block.rules.iter().enumerate().any(wins)
                };
                if fires.all(shadowed) {
                    found.insert(format!("\"{}\" never decides", rule.label));
                }
            }
        }
        found
    }

    /// The settings of the global policy that are set and read, and that change no outcome in it or in the one like it.
    pub(super) fn without_effect(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut judge = |object: &str, set: &[(Variable, u8)], others: &dyn Fn(Variable, Variable) -> Vec<u8>| {
            for (of, _) in set {
                let other = beside(*of);
                let effects = others(*of, other).into_iter().map(|value| self.effect(*of, other, value));
                if effects.collect::<Vec<_>>().iter().all(|effect| *effect == Some(false)) {
                    found.insert(format!("`{}` has no effect in `Policy {object}`", setting(*of)));
                }
            }
        };
        // What the global policy sets is set for the tag as well, if that is like it and says nothing else.
        judge("global", &self.object, &|of, other| {
            let taken_over = self.is_like && self.tag.as_ref().is_some_and(|tag| own(tag, of).is_none());
            let tag = taken_over.then(|| self.of_tag(other));
            std::iter::once(self.of_global(other)).chain(tag).collect()
        });
        judge("tag Gold", self.tag.as_deref().unwrap_or_default(), &|_, other| vec![self.of_tag(other)]);
        found
    }

    fn of_global(&self, of: Variable) -> u8 {
        own(&self.object, of).unwrap_or(DEFAULT)
    }

    fn of_tag(&self, of: Variable) -> u8 {
        let otherwise = if self.is_like { self.of_global(of) } else { DEFAULT };
        self.tag.as_ref().and_then(|tag| own(tag, of)).unwrap_or(otherwise)
    }

    /// The policy of the tag, if it returns to the default what the global one sets and what matters there.
    pub(super) fn resets(&self) -> BTreeSet<String> {
        let Some(tag) = self.tag.as_ref().filter(|_| !self.is_like) else { return BTreeSet::new() };
        let reset = [Variable::OwnerOn, Variable::OwnerSize].into_iter().filter(|of| {
            let other = beside(*of);
            own(tag, *of).is_none()
                && own(&self.object, *of).is_some_and(|value| value != DEFAULT)
                && self.effect(*of, other, self.of_tag(other)) != Some(false)
        });
        let names: Vec<&str> = reset.map(setting).collect();
        let message = format!("`Policy tag Gold` returns {} to the default", names.join(", "));
        if names.is_empty() { BTreeSet::new() } else { BTreeSet::from([message]) }
    }

    /// Whether an outcome depends on a setting of somebody whose other setting is this; None if nothing reads it.
    fn effect(&self, of: Variable, other: Variable, value: u8) -> Option<bool> {
        let viewers = |of| if of == Variable::OwnerOn { Variable::ViewerOn } else { Variable::ViewerSize };
        let mut read = false;
        for (variables, outcome) in self.outcomes() {
            for (of, other) in [(of, other), (viewers(of), viewers(other))] {
                if !variables.contains(&of) {
                    continue;
                }
                read = true;
                let mut seen: BTreeMap<World, (Truth, Truth)> = BTreeMap::new();
                let mut all = variables.clone();
                all.push(other);
                for world in worlds(all).into_iter().filter(|world| world[other as usize] == value) {
                    let mut rest = world;
                    rest[of as usize] = 0;
                    let outcome = outcome(&world);
                    if *seen.entry(rest).or_insert(outcome) != outcome {
                        return Some(true);
                    }
                }
            }
        }
        read.then_some(false)
    }

    /// Everything that can come out differently, with what it reads.
    #[allow(clippy::type_complexity, reason = "a list of closures, once")]
    fn outcomes(&self) -> Vec<(Vec<Variable>, Box<dyn Fn(&World) -> (Truth, Truth) + '_>)> {
        let mut all: Vec<(Vec<Variable>, Box<dyn Fn(&World) -> (Truth, Truth) + '_>)> = Vec::new();
        for block in self.blocks() {
            all.push((self.read_by(block), Box::new(|world| (Some(self.available(block, world)), None))));
        }
        for when in [&self.modes, &self.shows, &self.membership].into_iter().flatten() {
            let mut read = Vec::new();
            when.variables(self.modes(), &mut read);
            all.push((read, Box::new(|world| (when.truth(world, self.modes()), None))));
        }
        if let Some(when) = &self.discloses {
            let mut read = self.read_by(&self.first);
            when.variables(self.modes(), &mut read);
            let outcome = |world: &World| match self.available(&self.first, world) {
                true => (Some(true), when.truth(world, self.modes())),
                false => (Some(false), Some(false)),
            };
            all.push((read, Box::new(outcome)));
        }
        all
    }

    /// Where conditions come to the same in every world.
    pub(super) fn constant(&self, written: &Written) -> BTreeSet<Found> {
        written
            .conditions
            .iter()
            .filter_map(|of| Some((of.whole.0, of.whole.1, self.constant_words(of)?.to_owned())))
            .collect()
    }

    fn truths(&self, of: &When) -> Vec<Truth> {
        let mut read = Vec::new();
        of.variables(self.modes(), &mut read);
        worlds(read).iter().map(|world| of.truth(world, self.modes())).collect()
    }

    fn constant_words(&self, of: &Conditional) -> Option<&'static str> {
        let truths = self.truths(&of.when);
        let all = |wanted: &[Truth]| truths.iter().all(|truth| wanted.contains(truth));
        let always = match of.decides {
            Decides::Deny => all(&[Some(true), None]),
            _ => all(&[Some(true)]),
        };
        let never = match of.decides {
            Decides::Allow | Decides::Declaration => all(&[Some(false), None]),
            Decides::Deny | Decides::Line => all(&[Some(false)]),
        };
        match (always, never) {
            (true, _) if truths.contains(&None) => Some("this condition never fails"),
            (true, _) => Some("this condition always holds"),
            (_, true) => Some("this condition never holds"),
            _ => None,
        }
    }

    /// Compares what was found to be redundant with what is: each part alone changes nothing, all of them together
    /// change nothing, and none is missing. Returns how many there are.
    pub(super) fn check_redundant(&self, written: &Written, found: &BTreeSet<(usize, usize)>) -> usize {
        let mut told = 0;
        for of in &written.conditions {
            let inside = |it: &&(usize, usize)| of.whole.0 <= it.0 && it.1 <= of.whole.1;
            let found: BTreeSet<&(usize, usize)> = found.iter().filter(inside).collect();
            let source = &written.text[of.whole.0..of.whole.1];
            if self.constant_words(of).is_some() {
                assert!(found.is_empty(), "constant, and parts of it redundant: {source}");
                continue;
            }
            let truths = self.truths(&of.when);
            let mut read = Vec::new();
            of.when.variables(self.modes(), &mut read);
            let worlds = worlds(read);
            let same =
                |other: &When| worlds.iter().map(|world| other.truth(world, self.modes())).eq(truths.iter().copied());
            let reported: Vec<Vec<usize>> = of
                .parts
                .iter()
                .filter(|part| found.contains(&(part.start, part.end)))
                .map(|part| part.way.clone())
                .collect();
            assert_eq!(reported.len(), found.len(), "not a part: {found:?} in {source}");
            let all_left_out = of.when.without(&reported);
            assert!(same(&all_left_out), "all of {found:?} together change: {source}");
            for part in &of.parts {
                let way = &part.way;
                let alone = same(&of.when.without(std::slice::from_ref(way)));
                if found.contains(&(part.start, part.end)) {
                    assert!(alone, "`{}` changes: {source}", &written.text[part.start..part.end]);
                    continue;
                }
                // Missing is what could be left out alone, and still could be after the others.
                let around = reported.iter().any(|other| way.starts_with(other));
                let beside = of.parts.iter().filter(|other| {
                    other.way.len() == way.len()
                        && other.way[..way.len() - 1] == way[..way.len() - 1]
                        && other.way != *way
                });
                let alone_there = beside.filter(|other| !reported.contains(&other.way)).count() == 0;
                if alone && !around && !alone_there {
                    let ways: Vec<Vec<usize>> =
                        reported.iter().filter(|other| !other.starts_with(way)).cloned().chain([way.clone()]).collect();
                    let missing = same(&of.when.without(&ways));
                    assert!(!missing, "`{}` is missing: {source}", &written.text[part.start..part.end]);
                }
            }
            told += reported.len();
        }
        told
    }
}

impl Rule {
    fn fires(&self, world: &World, modes: Modes<'_>) -> bool {
        let truth = self.when.truth(world, modes);
        if self.allow { truth == Some(true) } else { truth != Some(false) }
    }
}

/// A directory for the sets: people who differ in what conditions read.
pub(super) fn directory(dice: &mut Random) -> String {
    let mut text = String::from(
        "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com], public_cloud: [live.com] }\n\
         sites: { North: {}, South: {} }\ngroups: { staff: [u0@contoso.com, kim@fabrikam.com] }\nusers:\n",
    );
    let coin = |dice: &mut Random| dice.chance(50);
    for at in 0..4 {
        let colour = *dice.one(&["red", "green", "blue"]);
        let mood = *dice.one(&["calm", "cross"]);
        text.push_str(&format!(
            "  u{at}@contoso.com:\n    attributes: {{ a: {}, b: {}, colour: {colour} }}\n    presence: {{ state.mood: {mood} }}\n",
            coin(dice),
            coin(dice),
        ));
        if coin(dice) {
            text.push_str(&format!("    site: {}\n", dice.one(&["North", "South"])));
        }
        text.push_str("    contacts: [u1@contoso.com, kim@fabrikam.com]\n    memberships:\n");
        text.push_str("      some: [\"user:u2@contoso.com\", \"domain:fabrikam.com\", public_cloud]\n");
        text.push_str("      many: [\"user:u3@contoso.com\"]\n");
    }
    text
}
