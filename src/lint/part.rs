//! Conditions as trees of parts, and the parts that could be left out.

use super::context::Context;
use crate::language::Spanned;
use crate::language::ast::{Circumstance, Condition};
use crate::model::{self, ConditionId, Model, Truth};
use crate::symbolic::{Space, Undecided, Worlds};

/// Where a condition holds, and where it fails; elsewhere it is unknown.
type Ternary = (Worlds, Worlds);

/// What nodes become when a part is left out.
type Changed = Vec<(usize, Ternary)>;

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
}

/// The ways to the parts of a condition that change nothing. Each of them can be left out alone, and all of them can be
/// together; then none is left that could have been left out alone.
pub(super) fn redundant(context: &Context<'_>, condition: ConditionId) -> Result<Vec<Way>, Undecided> {
    let mut space = context.space([condition], [])?;
    let mut tree = Tree { space: &mut space, model: context.model(), nodes: Vec::new() };
    tree.add(condition, None, Way::new())?;
    let Some(whole) = tree.nodes.first().map(|node| node.is.clone()) else { return Ok(Vec::new()) };
    let mut alone = Vec::new();
    for part in tree.parts() {
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
    fn without(&self, part: usize) -> Result<Option<(Changed, Ternary)>, Undecided> {
        let mut changed = Changed::new();
        let mut at = part;
        while let Some(parent) = self.nodes.get(at).and_then(|node| node.parent) {
            let Some(node) = self.nodes.get(parent) else { break };
            let mut operands = Vec::new();
            for operand in &node.operands {
                match changed.last().filter(|(changed, _)| changed == operand) {
                    Some((_, is)) => operands.push(is),
                    None if *operand == part => {}
                    None => operands.extend(self.nodes.get(*operand).map(|node| &node.is)),
                }
            }
            if operands.is_empty() {
                return Ok(None);
            }
            let is = self.joined(node.join, &operands)?;
            changed.push((parent, is));
            at = parent;
        }
        let whole = changed.last().map(|(_, is)| is.clone());
        Ok(whole.map(|whole| (changed, whole)))
    }

    fn leave_out(&mut self, part: usize, changed: Changed) {
        for (at, is) in changed {
            if let Some(node) = self.nodes.get_mut(at) {
                node.is = is;
                node.operands.retain(|operand| *operand != part);
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
