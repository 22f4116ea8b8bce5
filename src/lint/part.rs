//! Conditions as trees of parts, and the parts that could be left out.

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::Context;
use crate::language::Spanned;
use crate::language::ast::{Circumstance, Condition};
use crate::model::{self, ConditionId, Model, Truth};
use crate::symbolic::{Space, Undecided, Worlds};

/// Where a condition holds, and where it fails; elsewhere it is unknown.
type Ternary = (Worlds, Worlds);

/// What nodes become when a part is left out.
type Revised = Vec<(usize, Ternary)>;

/// The way from a whole condition to one of its parts: the position at each step.
pub(super) type Way = Vec<usize>;

/// How a condition is made of its operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Single,
    Negated,
    All,
    Any,
}

struct Node {
    join: Join,
    way: Way,
    parent: Option<usize>,
    /// Those that are left.
    operands: Vec<usize>,
    is: Ternary,
}

/// A condition whose operands can be left out.
struct Tree<'s, 'm> {
    space: &'s mut Space<'m>,
    model: &'m Model,
    nodes: Vec<Node>,
    /// What nodes are without one of their operands, as far as it has been asked.
    less: FxHashMap<usize, Less>,
}

/// The operands of a node joined from both ends. They are asked for from the last to the first, so each of them is
/// taken up twice, and not once for every other.
struct Less {
    /// Of each operand, all before it.
    before: Vec<Ternary>,
    /// Those from this position on.
    behind: (usize, Ternary),
}

/// The ways to the parts of a condition that change nothing. Each of them can be left out alone, and all of them can be
/// together; then none is left that could have been left out alone.
pub(super) fn redundant(context: &Context<'_>, condition: ConditionId) -> Result<Vec<Way>, Undecided> {
    let mut space = context.space([condition])?;
    let mut tree = Tree { space: &mut space, model: context.model(), nodes: Vec::new(), less: FxHashMap::default() };
    tree.add(condition, None, Way::new())?;
    let Some(whole) = tree.nodes.first().map(|node| node.is.clone()) else { return Ok(Vec::new()) };
    let needed = tree.needed();
    let mut alone = Vec::new();
    for part in tree.parts().into_iter().filter(|part| !needed.contains(part)) {
        if tree.without(part)?.is_some_and(|(_, changed)| changed == whole) {
            alone.push(part);
        }
    }
    let mut out = Vec::new();
    let mut before = None;
    while before != Some(out.len()) {
        before = Some(out.len());
        for part in &alone {
            if tree.is_left(*part)
                && let Some((changed, now)) = tree.without(*part)?
                && now == whole
            {
                tree.leave_out(*part, changed);
                out.push(*part);
            }
        }
    }
    Ok(out.into_iter().filter_map(|part| Some(tree.nodes.get(part)?.way.clone())).collect())
}

impl Tree<'_, '_> {
    fn add(&mut self, id: ConditionId, parent: Option<usize>, way: Way) -> Result<usize, Undecided> {
        let (join, inner): (Join, &[ConditionId]) = match self.model.conditions.get(id) {
            model::Condition::Not(inner) => (Join::Negated, std::slice::from_ref(inner)),
            model::Condition::All(inner) => (Join::All, inner),
            model::Condition::Any(inner) => (Join::Any, inner),
            _ => (Join::Single, &[]),
        };
        let is = (self.space.holding(id, Truth::True)?, self.space.holding(id, Truth::False)?);
        let at = self.nodes.len();
        let ways: Vec<Way> = (0..inner.len()).map(|position| [way.as_slice(), &[position]].concat()).collect();
        self.nodes.push(Node { join, way, parent, operands: Vec::new(), is });
        let mut operands = Vec::new();
        for (inner, way) in inner.iter().zip(ways) {
            operands.push(self.add(*inner, Some(at), way)?);
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.operands = operands;
        }
        Ok(at)
    }

    /// Every operand of `and` and `or`, the wider before the narrower. The last first: of two that say the same, the
    /// first stays.
    fn parts(&self) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut open = vec![0];
        while let Some(node) = open.pop().and_then(|at| self.nodes.get(at)) {
            if matches!(node.join, Join::All | Join::Any) {
                parts.extend(node.operands.iter().rev());
            }
            open.extend(&node.operands);
        }
        parts
    }

    /// The parts without which the whole is another for sure: it depends on a bit that nothing else mentions.
    fn needed(&self) -> FxHashSet<usize> {
        // The one part that mentions a bit; None if others do.
        let mut only: FxHashMap<usize, Option<usize>> = self.space.all().bits().map(|bit| (bit, None)).collect();
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.join == Join::Single) {
            for bit in node.is.0.bits().chain(node.is.1.bits()) {
                let of = only.entry(bit).or_insert(Some(at));
                *of = of.filter(|of| *of == at);
            }
        }
        let mut needed = FxHashSet::default();
        let whole = self.nodes.first().into_iter().flat_map(|node| node.is.0.bits().chain(node.is.1.bits()));
        for part in whole.filter_map(|bit| *only.get(&bit)?) {
            let mut next = Some(part);
            while let Some(at) = next.filter(|at| needed.insert(*at)) {
                next = self.nodes.get(at).and_then(|node| node.parent);
            }
        }
        needed
    }

    /// True if neither the part nor anything around it has been left out.
    fn is_left(&self, part: usize) -> bool {
        let mut at = part;
        while let Some(parent) = self.nodes.get(at).and_then(|node| node.parent) {
            if self.nodes.get(parent).is_none_or(|parent| !parent.operands.contains(&at)) {
                return false;
            }
            at = parent;
        }
        true
    }

    /// What everything around a part is without it, and the whole; None if nothing would be left beside it.
    fn without(&mut self, part: usize) -> Result<Option<(Revised, Ternary)>, Undecided> {
        let mut changed = Revised::new();
        let mut at = part;
        while let Some((parent, node)) = self.parent(at) {
            let (join, alone) = (node.join, node.operands.len() < 2);
            if alone && changed.is_empty() {
                return Ok(None);
            }
            let is = match changed.last() {
                Some((_, of)) if join == Join::Negated => self.joined(join, &[of])?,
                Some((_, of)) => {
                    let others = self.others(parent, at)?;
                    self.joined(join, &[&others, of])?
                }
                None => self.others(parent, at)?,
            };
            changed.push((parent, is));
            at = parent;
        }
        let whole = changed.last().map(|(_, is)| is.clone());
        Ok(whole.map(|whole| (changed, whole)))
    }

    fn parent(&self, at: usize) -> Option<(usize, &Node)> {
        let parent = self.nodes.get(at)?.parent?;
        Some((parent, self.nodes.get(parent)?))
    }

    /// The operands of a node but one, joined.
    fn others(&mut self, parent: usize, but: usize) -> Result<Ternary, Undecided> {
        if let Ok(others) = self.both_ends(parent, but) {
            return Ok(others);
        }
        // The two ends can need more nodes than one operand after the other.
        let Some(node) = self.nodes.get(parent) else { return Err(Undecided) };
        let others = node.operands.iter().filter(|operand| **operand != but);
        let others: Vec<&Ternary> = others.filter_map(|operand| Some(&self.nodes.get(*operand)?.is)).collect();
        self.joined(node.join, &others)
    }

    /// The same from what stands before the one and what stands behind it.
    fn both_ends(&mut self, parent: usize, but: usize) -> Result<Ternary, Undecided> {
        let Some(node) = self.nodes.get(parent) else { return Err(Undecided) };
        let operands: Vec<&Ternary> =
            node.operands.iter().filter_map(|operand| Some(&self.nodes.get(*operand)?.is)).collect();
        let at = node.operands.iter().position(|operand| *operand == but).unwrap_or(operands.len());
        let nothing = self.joined(node.join, &[])?;
        let known = self.less.remove(&parent);
        let mut less =
            known.unwrap_or_else(|| Less { before: vec![nothing.clone()], behind: (operands.len(), nothing.clone()) });
        while less.before.len() <= at {
            let Some((last, operand)) = less.before.last().zip(operands.get(less.before.len() - 1)) else { break };
            less.before.push(self.joined(node.join, &[last, operand])?);
        }
        if less.behind.0 <= at {
            less.behind = (operands.len(), nothing);
        }
        while less.behind.0 > at + 1 {
            let Some(operand) = operands.get(less.behind.0 - 1) else { break };
            less.behind = (less.behind.0 - 1, self.joined(node.join, &[operand, &less.behind.1])?);
        }
        let is = less.before.get(at).map(|before| self.joined(node.join, &[before, &less.behind.1]));
        self.less.insert(parent, less);
        is.unwrap_or(Err(Undecided))
    }

    fn leave_out(&mut self, part: usize, changed: Revised) {
        for (at, is) in changed {
            let Some(node) = self.nodes.get_mut(at) else { continue };
            if let Some(gone) = node.operands.iter().position(|operand| *operand == part) {
                node.operands.remove(gone);
                // What stands before it stays, and what stands behind moves up.
                if let Some(less) = self.less.get_mut(&at) {
                    less.before.truncate(gone + 1);
                    less.behind.0 = less.behind.0.saturating_sub(usize::from(less.behind.0 > gone));
                }
            }
            if node.is != is {
                node.is = is;
                let parent = node.parent;
                parent.map(|parent| self.less.remove(&parent));
            }
        }
    }

    fn joined(&self, join: Join, operands: &[&Ternary]) -> Result<Ternary, Undecided> {
        let space = &*self.space;
        let mut joined = if join == Join::Any { (space.none(), space.all()) } else { (space.all(), space.none()) };
        for (holds, fails) in operands {
            joined = match join {
                Join::All | Join::Single => (space.both(&joined.0, holds)?, space.either(&joined.1, fails)?),
                Join::Any => (space.either(&joined.0, holds)?, space.both(&joined.1, fails)?),
                Join::Negated => (fails.clone(), holds.clone()),
            };
        }
        Ok(joined)
    }
}

/// A part as it is written.
pub(super) enum Written<'t> {
    /// What stands behind `when`, or behind `unless`, where both are said.
    Half(&'t Spanned<Condition>),
    /// An operand: of which condition, all of its operands, and which of them.
    Operand(&'t Spanned<Condition>, &'t [Spanned<Condition>], usize),
}

/// The part of a circumstance to which a way leads.
pub(super) fn written<'t>(circumstance: &'t Circumstance, way: &[usize]) -> Option<Written<'t>> {
    // `when A unless B` is all of A and not B, `unless B` not B.
    match (&circumstance.when, &circumstance.unless, way) {
        (Some(when), Some(_), [0]) => Some(Written::Half(when)),
        (Some(_), Some(unless), [1]) => Some(Written::Half(unless)),
        (Some(when), Some(_), [0, rest @ ..]) | (Some(when), None, rest) => operand(when, rest),
        (Some(_), Some(unless), [1, 0, rest @ ..]) | (None, Some(unless), [0, rest @ ..]) => operand(unless, rest),
        _ => None,
    }
}

fn operand<'t>(of: &'t Spanned<Condition>, way: &[usize]) -> Option<Written<'t>> {
    match (&of.it, way) {
        (Condition::And(operands) | Condition::Or(operands), [at]) => Some(Written::Operand(of, operands, *at)),
        (Condition::And(operands) | Condition::Or(operands), [at, rest @ ..]) => operand(operands.get(*at)?, rest),
        (Condition::Not(inner), [0, rest @ ..]) => operand(inner, rest),
        _ => None,
    }
}
