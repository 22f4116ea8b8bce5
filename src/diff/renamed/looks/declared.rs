//! All that is declared of the things that one side alone has, in lines. Their own names stand in them like any other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::Names;
use crate::diff::renamed::Renamable;
use crate::diff::structure::people::facts_of_user;
use crate::diff::structure::{Head, Key, Part, Said, Sides};
use crate::diff::{Side, Thing};
use crate::directory::Member;
use crate::language::ast::Target;

/// In place of the name of the thing itself.
const ITSELF: &str = "\0";

/// What is declared of things, by kind and name.
pub(super) struct Declared(BTreeMap<(Renamable, String), BTreeSet<String>>);

impl Declared {
    /// The things that one side alone has, without those of which nothing is declared.
    pub(super) fn alone(sides: &Sides<'_>, side: Side) -> Declared {
        let mut gathering = Gathering { sides, side, all: BTreeMap::new() };
        for (key, part) in &sides.parts[side.index()].all {
            gathering.part(key, part);
        }
        gathering.people();
        // A feature has a shape whatever else is said.
        gathering.all.retain(|(kind, _), told| told.len() > usize::from(*kind == Renamable::Feature));
        Declared(gathering.all)
    }

    /// The kinds and names of all.
    pub(super) fn names(&self) -> impl Iterator<Item = (Renamable, &str)> {
        self.0.keys().map(|(kind, name)| (*kind, name.as_str()))
    }

    /// Everything with these names in place of others.
    pub(super) fn under(&self, names: &Names) -> impl Iterator<Item = (Renamable, String, Vec<String>)> {
        self.0.iter().map(|((kind, name), told)| {
            let mut told: Vec<String> = told.iter().map(|line| renamed(line, name, names)).collect();
            told.sort();
            (*kind, name.clone(), told)
        })
    }
}

/// A line with new names, and without that of the thing it is about. A name ends where none of its letters follow, and
/// a field is named with its category, behind a role or not; what stands in quotes is no name.
fn renamed(line: &str, itself: &str, names: &Names) -> String {
    let is_of_name = |letter: char| letter.is_alphanumeric() || "_.@+-".contains(letter);
    let mut text = String::with_capacity(line.len());
    for (at, quoted) in line.split('"').enumerate() {
        if at > 0 {
            text.push('"');
        }
        if at % 2 == 1 {
            text.push_str(quoted);
            continue;
        }
        let ends = |letter: char| !is_of_name(letter);
        for piece in quoted.split_inclusive(ends) {
            let word = piece.trim_end_matches(ends);
            text.push_str(&new_word(word, itself, names));
            text.push_str(&piece[word.len()..]);
        }
    }
    text
}

fn new_word<'w>(word: &'w str, itself: &str, names: &'w Names) -> Cow<'w, str> {
    let new = |word: &str| if word == itself { Some(ITSELF) } else { names.get(word).map(String::as_str) };
    if let Some(new) = new(word) {
        return Cow::Owned(new.to_owned());
    }
    let Some((role, field)) = word.split_once('.') else { return Cow::Borrowed(word) };
    new(field).map_or(Cow::Borrowed(word), |new| Cow::Owned(format!("{role}.{new}")))
}

/// The fields that a part says something of, each with its category.
fn fields<'p>(key: &'p Key, part: &'p Part) -> Vec<(&'p str, &'p str)> {
    let target = |target: &'p Target| Some((target.category.it.as_str(), target.field.as_ref()?.it.as_str()));
    match &part.said {
        Said::Field(field) if field.value_type.is_some() => vec![(&key.name, &field.name.it)],
        Said::Publishes(field) => vec![(&key.section, &field.it)],
        Said::Shows(all) => all.first().and_then(|shows| target(&shows.it.target)).into_iter().collect(),
        Said::Head(Head::Targets(targets)) => targets.iter().filter_map(target).collect(),
        _ => Vec::new(),
    }
}

/// What is declared, as far as it is gathered.
struct Gathering<'a, 's> {
    sides: &'a Sides<'s>,
    side: Side,
    all: BTreeMap<(Renamable, String), BTreeSet<String>>,
}

impl Gathering<'_, '_> {
    fn say(&mut self, kind: Renamable, name: &str, told: String) {
        self.all.entry((kind, name.to_owned())).or_default().insert(told);
    }

    /// True for what this side alone has.
    fn is_alone(&self, key: &Key) -> bool {
        let [here, there] =
            [self.side, self.side.other()].map(|side| self.sides.parts[side.index()].all.contains_key(key));
        here && !there
    }

    fn part(&mut self, key: &Key, part: &Part) {
        self.of_fields(key, part);
        let kind = match key.thing {
            Thing::Feature => Renamable::Feature,
            Thing::Container => Renamable::Container,
            _ => return,
        };
        // A title is a name too.
        let is_named = key.part == "title" || matches!(part.said, Said::Head(_));
        if !is_named && self.is_alone(&key.declaration()) {
            let told = format!("{}: {}", key.part, self.text(key, part));
            self.say(kind, &key.name, told);
        }
    }

    /// What a part says in one line, whatever the order where order means nothing.
    fn text(&self, key: &Key, part: &Part) -> String {
        part.said.plain().text(key, part, &self.sides.sources)
    }

    /// What a part says of fields: their values, who publishes and shows them, what guards them.
    fn of_fields(&mut self, key: &Key, part: &Part) {
        let mut about = fields(key, part);
        about.retain(|(category, field)| self.is_field_alone(category, field));
        if about.is_empty() {
            return;
        }
        let told = match &part.said {
            Said::Field(field) => {
                let told = self.text(key, part);
                told.strip_prefix(field.name.it.as_str()).unwrap_or(&told).to_owned()
            }
            Said::Publishes(_) => format!("{} publishes it", key.name),
            Said::Head(_) => {
                let all = self.sides.parts[self.side.index()].all.range(key.clone()..);
                let rules = all.skip(1).take_while(|(other, _)| other.declaration() == *key);
                format!("guard {}", rules.map(|(key, part)| self.text(key, part)).collect::<Vec<String>>().join("; "))
            }
            _ => format!("{} {}", key.name, self.text(key, part)),
        };
        for (category, field) in about {
            self.say(Renamable::Field, &format!("{category}.{field}"), format!("{category}: {told}"));
        }
    }

    /// True for a field that this side alone has, in a category of both sides: in that it stays.
    fn is_field_alone(&self, category: &str, field: &str) -> bool {
        let key = |part: &str| Key {
            thing: Thing::Category,
            name: category.to_owned(),
            section: String::new(),
            part: part.to_owned(),
        };
        self.is_alone(&key(field)) && !self.is_alone(&key(""))
    }

    /// What the directory says of groups and users.
    fn people(&mut self) {
        let people = &self.sides.people;
        let both = [self.side, self.side.other()].map(|side| people.directories[side.index()]);
        let [Some(here), Some(there)] = both else { return };
        if std::ptr::eq(here, there) {
            return;
        }
        let elsewhere = self.side.other().index();
        let users = here.users.iter().map(|user| user.address.it.as_str());
        let users: FxHashSet<&str> = users.filter(|address| people.user(address)[elsewhere].is_none()).collect();
        for user in here.users.iter().filter(|user| users.contains(user.address.it.as_str())) {
            for (part, fact) in facts_of_user(people, self.side.index(), user) {
                self.say(Renamable::Person, user.address.it.as_str(), format!("{part}: {}", fact.listed));
            }
        }
        let groups: BTreeSet<&str> = there.groups.iter().map(|group| group.name.it.as_str()).collect();
        for group in &here.groups {
            let name = group.name.it.as_str();
            for member in &group.members {
                if !groups.contains(name) {
                    self.say(Renamable::Group, name, member.it.to_string());
                }
                if let Member::Person(address) = &member.it
                    && users.contains(address.as_str())
                {
                    self.say(Renamable::Person, address.as_str(), format!("in the group {name}"));
                }
            }
        }
    }
}
