//! From `OLD=NEW` to a rename of two sets, or to why it is none.

use std::collections::BTreeSet;

use super::{NoRename, Renamable, Rename};
use crate::diff::Side;
use crate::language::nearest;
use crate::model::Model;

/// What somebody wrote, of two sets.
pub(super) fn rename(text: &str, models: [&Model; 2]) -> Result<Rename, NoRename> {
    let readings = Reading::all(text);
    let Some(first) = readings.first() else { return Err(NoRename::Malformed(text.to_owned())) };
    let fitting: BTreeSet<Rename> = readings.iter().flat_map(|reading| reading.renames(models)).collect();
    match (fitting.len(), fitting.into_iter().next()) {
        (1, Some(only)) => Ok(only),
        (0, _) | (_, None) => Err(first.why_not(models)),
        (_, Some(_)) => {
            let kinds = first.kinds.iter().copied().filter(|kind| first.of_kind(*kind, models).is_some()).collect();
            Err(NoRename::Several { kinds, written: format!("{}={}", first.old, first.new) })
        }
    }
}

/// One way to read what somebody wrote: names of a directory can have any letters, a `=` or `:` too.
struct Reading<'t> {
    kinds: Vec<Renamable>,
    old: &'t str,
    new: &'t str,
}

impl<'t> Reading<'t> {
    /// Every way, the most likely one first.
    fn all(text: &'t str) -> Vec<Reading<'t>> {
        let mut all = Vec::new();
        for (at, _) in text.match_indices('=') {
            let (old, new) = (&text[..at], &text[at + 1..]);
            if let Some((word, old)) = old.split_once(':')
                && let Some(kind) = Renamable::ALL.into_iter().find(|kind| kind.word() == word)
            {
                all.push(Reading { kinds: vec![kind], old, new });
            }
            all.push(Reading { kinds: Renamable::ALL.to_vec(), old, new });
        }
        all.retain(|reading| !reading.old.trim().is_empty() && !reading.new.trim().is_empty());
        all
    }

    /// The renames that it can mean.
    fn renames(&self, models: [&Model; 2]) -> Vec<Rename> {
        let fitting = self.kinds.iter().filter_map(|kind| self.of_kind(*kind, models)?.checked(models).ok());
        fitting.collect()
    }

    fn of_kind(&self, kind: Renamable, [base, head]: [&Model; 2]) -> Option<Rename> {
        Some(Rename { kind, old: kind.find(base, self.old)?, new: kind.find(head, self.new)? })
    }

    /// Why it means none.
    fn why_not(&self, models: [&Model; 2]) -> NoRename {
        let [base, head] = models;
        let called = |name: &str, model: &Model| -> Vec<(Renamable, String)> {
            self.kinds.iter().filter_map(|kind| Some((*kind, kind.find(model, name)?))).collect()
        };
        let (there, here) = (called(self.old, base), called(self.new, head));
        let Some(of_base) = there.first().cloned() else {
            return match called(self.old, head).is_empty() || called(self.new, base).is_empty() {
                true => unknown(self.old, Side::Base, (models, &self.kinds)),
                false => NoRename::Swapped([self.new, self.old].map(str::to_owned)),
            };
        };
        let Some(of_head) = here.first().cloned() else {
            let kinds: Vec<Renamable> = there.iter().map(|(kind, _)| *kind).collect();
            return unknown(self.new, Side::Head, (models, &kinds));
        };
        let both = self.kinds.iter().find_map(|kind| self.of_kind(*kind, models));
        both.and_then(|rename| rename.checked(models).err()).unwrap_or(NoRename::Kinds([of_base, of_head]))
    }
}

impl Rename {
    /// It, if each name is of its own side alone.
    fn checked(self, [base, head]: [&Model; 2]) -> Result<Rename, NoRename> {
        let Rename { kind, old, new } = &self;
        let paired = |name: &str, side: Side| NoRename::Paired { kind: *kind, name: name.to_owned(), side };
        if kind.is_paired(old, [base, head]) {
            return Err(paired(old, Side::Base));
        }
        // Two of BASE would become one: there, whom it only mentions counts too.
        if kind.find(base, new).is_some() {
            return Err(paired(new, Side::Head));
        }
        let category = |name: &str| name.split_once('.').map(|(category, _)| category.to_owned());
        if *kind == Renamable::Field && category(old) != category(new) {
            return Err(NoRename::Category([old.clone(), new.clone()]));
        }
        Ok(self)
    }
}

fn unknown(name: &str, side: Side, (models, kinds): ([&Model; 2], &[Renamable])) -> NoRename {
    let (model, other) = (models[side.index()], models[side.other().index()]);
    let all: Vec<(Renamable, String)> =
        kinds.iter().flat_map(|kind| kind.names(model).into_iter().map(|name| (*kind, name))).collect();
    let near = |is_meant: &dyn Fn(Renamable, &str) -> bool| {
        let meant = all.iter().filter(|(kind, name)| is_meant(*kind, name));
        nearest(name, meant.map(|(_, name)| name.as_str()))
    };
    let near = near(&|kind, name| kind.find(other, name).is_none()).or_else(|| near(&|_, _| true));
    NoRename::Unknown { name: name.to_owned(), side, near }
}
