//! The edits that make one user's changes.

use indexmap::IndexMap;

use super::super::yaml::{Node, Pair, Value};
use super::draft::Draft;
use super::habit::{Habit, Habits, text_of};
use super::list;
use super::mapping::{self, Fresh};
use super::page::{NoEdit, Page, Splices};
use super::scalar::{self, Quotes};
use super::{Address, Amendment, Entry, Scalar};

/// Everything one user is to be changed by, in the file as it stands.
struct Person<'e, 'a> {
    page: &'e Page<'e>,
    habits: &'e Habits,
    node: &'e Node<'a>,
    amendments: &'e [&'e Amendment],
    /// Keys that the user does not have yet.
    new: Vec<(String, Fresh)>,
}

/// Where a list stands, or belongs.
struct Slot<'n, 'a> {
    name: &'n str,
    /// None if it does not stand there.
    pair: Option<&'n Pair<'a>>,
    inside: &'n Node<'a>,
}

/// Makes the changes of one user.
pub(super) fn edit(
    habits: &Habits,
    pair: &Pair<'_>,
    amendments: &[&Amendment],
    splices: &mut Splices<'_>,
) -> Result<(), NoEdit> {
    if pair.merged || pair.value.alias {
        return Err(NoEdit::Alias);
    }
    let mut person = Person { page: splices.page, habits, node: &pair.value, amendments, new: Vec::new() };
    person.attributes(splices)?;
    person.mode(splices)?;
    person.contacts(splices)?;
    person.memberships(splices)?;
    let new = person.new;
    if pair.value.is_null() {
        return match new.is_empty() {
            true => Ok(()),
            false => mapping::set(pair, &Fresh::Mapping(new, true), Some(habits.step), splices),
        };
    }
    mapping::insert(&pair.value, &new, habits.step, splices)
}

impl<'a> Person<'_, 'a> {
    /// A key of the user, its own or taken over by `<<`.
    fn part(&self, name: &str) -> Option<&Pair<'a>> {
        pairs(self.node).iter().find(|pair| pair.key.text == name)
    }

    /// The step by which values in lines of their own are indented; None within braces.
    fn in_lines(&self, inside: &Node<'_>) -> Option<usize> {
        let braces = self.page.is_flow(self.node) || self.page.is_flow(inside);
        (!braces).then_some(self.habits.step)
    }

    fn mode(&mut self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let mut modes = self.amendments.iter().rev().filter_map(|amendment| match amendment {
            Amendment::SetMode(mode) => Some(mode),
            _ => None,
        });
        let Some(mode) = modes.next() else { return Ok(()) };
        match self.part("mode") {
            Some(pair) if !pair.value.is_null() && text_of(&pair.value) == Some(mode) => Ok(()),
            Some(pair) if !pair.merged => {
                let quotes = Quotes::from(self.page.quote(pair.value.span));
                let value = Fresh::One(scalar::text(mode, quotes));
                mapping::set(pair, &value, None, splices)
            }
            _ => {
                self.new.push(("mode".to_owned(), Fresh::One(scalar::text(mode, Quotes::Plain))));
                Ok(())
            }
        }
    }

    fn contacts(&mut self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let pair = self.part("contacts");
        let items: Vec<Address> = pair.map(|pair| parsed(&pair.value, Address::parse)).unwrap_or_default();
        let mut draft = Draft::new(&items);
        for amendment in self.amendments {
            match amendment {
                Amendment::AddContact(address) => draft.add(address),
                Amendment::RemoveContact(address) => draft.remove(address),
                _ => {}
            }
        }
        let habit = self.habits.addresses(self.page, self.node);
        let slot = Slot { name: "contacts", pair, inside: self.node };
        let fresh = self.list(&slot, &draft.written(Address::to_string), habit, splices)?;
        self.new.extend(fresh);
        Ok(())
    }

    fn memberships(&mut self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let part = self.part("memberships");
        let inside = part.map(|pair| pairs(&pair.value)).unwrap_or_default();
        let mut drafts: IndexMap<&str, Draft<Entry>> = IndexMap::new();
        for amendment in self.amendments {
            let (container, entry, comes) = match amendment {
                Amendment::AddEntry { container, entry } => (container, entry, true),
                Amendment::RemoveEntry { container, entry } => (container, entry, false),
                _ => continue,
            };
            let recorded = || inside.iter().find(|pair| pair.key.text == *container);
            let draft = drafts.entry(container).or_insert_with(|| {
                Draft::new(
                    &recorded().map(|pair| parsed(&pair.value, |text| Entry::parse(text).ok())).unwrap_or_default(),
                )
            });
            if comes { draft.add(entry) } else { draft.remove(entry) }
        }
        let habit = self.habits.entries(self.page, self.node);
        let written = |entry: &Entry| match entry {
            Entry::User(address) if habit.bare => address.to_string(),
            entry => entry.to_string(),
        };
        let own = part.filter(|pair| !pair.merged && !pair.value.alias);
        if let Some(own) = own {
            let mut new = Vec::new();
            for (container, draft) in &drafts {
                let pair = pairs(&own.value).iter().find(|pair| pair.key.text == *container);
                let slot = Slot { name: container, pair, inside: &own.value };
                new.extend(self.list(&slot, &draft.written(written), habit, splices)?);
            }
            return self.filled(own, new, splices);
        }
        // Taken over from elsewhere, or not there: all of it is written out, if any of it changes.
        let mut all: Vec<(String, Fresh)> = Vec::new();
        let mut changes = false;
        for pair in inside {
            let draft = drafts.shift_remove(pair.key.text.as_ref());
            changes |= draft.as_ref().is_some_and(Draft::is_changed);
            let (keep, added) = draft.map(|draft| (draft.keep, draft.added)).unwrap_or_default();
            let items = kept(&pair.value, &keep).chain(added.iter().map(written)).collect();
            all.push((pair.key.text.to_string(), Fresh::List(items, habit)));
        }
        for (container, draft) in drafts.into_iter().filter(|(_, draft)| draft.said) {
            changes = true;
            all.push((container.to_owned(), Fresh::List(draft.added.iter().map(written).collect(), habit)));
        }
        if !changes {
            return Ok(());
        }
        self.taken_over("memberships", all, splices)
    }

    fn attributes(&mut self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let mut values: IndexMap<&str, &Scalar> = IndexMap::new();
        for amendment in self.amendments {
            if let Amendment::SetAttribute(name, value) = amendment {
                values.insert(name, value);
            }
        }
        let part = self.part("attributes");
        let known =
            |name: &str| part.and_then(|pair| pairs(&pair.value).iter().find(|attribute| attribute.key.text == name));
        values.retain(|name, value| known(name).and_then(|pair| pair.value.scalar()).as_ref() != Some(*value));
        if values.is_empty() {
            return Ok(());
        }
        let fresh = |value: &Scalar| Fresh::One(scalar::scalar(value, Quotes::Plain));
        if let Some(own) = part.filter(|pair| !pair.merged && !pair.value.alias) {
            let mut new = Vec::new();
            for (name, value) in values {
                match known(name) {
                    Some(pair) if !pair.merged => {
                        let quotes = Quotes::from(self.page.quote(pair.value.span));
                        let value = Fresh::One(scalar::scalar(value, quotes));
                        mapping::set(pair, &value, None, splices)?;
                    }
                    _ => new.push((name.to_owned(), fresh(value))),
                }
            }
            return self.filled(own, new, splices);
        }
        let mut all: Vec<(String, Fresh)> = Vec::new();
        for pair in part.map(|pair| pairs(&pair.value)).unwrap_or_default() {
            let value = values.shift_remove(pair.key.text.as_ref()).cloned().or_else(|| pair.value.scalar());
            all.extend(value.map(|value| (pair.key.text.to_string(), fresh(&value))));
        }
        all.extend(values.into_iter().map(|(name, value)| (name.to_owned(), fresh(value))));
        self.taken_over("attributes", all, splices)
    }

    /// Changes one list where it stands; if it does not, what is to be written where it belongs.
    fn list(
        &self,
        slot: &Slot<'_, '_>,
        draft: &Draft<String>,
        habit: Habit,
        splices: &mut Splices<'_>,
    ) -> Result<Option<(String, Fresh)>, NoEdit> {
        let absent = slot.pair.is_none_or(|pair| pair.value.is_null());
        let is_to_be = draft.is_changed() || (absent && draft.said);
        if !is_to_be {
            return Ok(None);
        }
        let added = draft.added.iter().cloned();
        let fresh = |items| (slot.name.to_owned(), Fresh::List(items, habit));
        let Some(pair) = slot.pair else { return Ok(Some(fresh(added.collect()))) };
        if !pair.merged && matches!(pair.value.value, Value::List(_)) && !pair.value.alias {
            list::edit(habit, pair, draft, splices)?;
            return Ok(None);
        }
        let (name, all) = fresh(kept(&pair.value, &draft.keep).chain(added).collect());
        if pair.merged {
            return Ok(Some((name, all)));
        }
        mapping::set(pair, &all, self.in_lines(slot.inside), splices)?;
        Ok(None)
    }

    /// Puts new keys into a mapping of the user's own, be it empty.
    fn filled(&self, own: &Pair<'_>, new: Vec<(String, Fresh)>, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        if new.is_empty() {
            return Ok(());
        }
        if own.value.is_null() {
            let block = self.habits.is_block(&own.key.text);
            return mapping::set(own, &Fresh::Mapping(new, block), self.in_lines(&own.value), splices);
        }
        mapping::insert(&own.value, &new, self.habits.step, splices)
    }

    /// Gives the user a mapping of its own in place of one from elsewhere, or of none.
    fn taken_over(&mut self, name: &str, all: Vec<(String, Fresh)>, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let all = Fresh::Mapping(all, self.habits.is_block(name));
        match self.part(name).filter(|pair| !pair.merged) {
            Some(pair) => mapping::set(pair, &all, None, splices),
            None => {
                self.new.push((name.to_owned(), all));
                Ok(())
            }
        }
    }
}

/// The pairs of a mapping, wherever they come from.
fn pairs<'n, 'a>(node: &'n Node<'a>) -> &'n [Pair<'a>] {
    match &node.value {
        Value::Mapping(pairs) => pairs,
        _ => &[],
    }
}

fn parsed<T>(node: &Node<'_>, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(text_of).filter_map(parse).collect(),
        _ => Vec::new(),
    }
}

/// The items of a list that stay, as texts.
fn kept<'n>(node: &'n Node<'_>, keep: &'n [bool]) -> impl Iterator<Item = String> + 'n {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => &[],
    };
    let stays = |at: usize| keep.get(at).copied().unwrap_or(true);
    items.iter().enumerate().filter(move |(at, _)| stays(*at)).filter_map(|(_, item)| text_of(item)).map(str::to_owned)
}
