//! Conditions by chance, out of a few variables, so that they have to do with each other.

use super::condition::{Leaf, Tree, Variable, When};
use crate::readers::Random;
use Variable::{
    Contact, Group, Level, Mood, Network, OwnerA, OwnerB, OwnerColour, OwnerOn, OwnerSite, OwnerSize, ViewerA,
    ViewerColour, ViewerOn, ViewerSite, ViewerSize,
};

/// What conditions of one set talk about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The owner alone: `shows`, manifests and memberships.
    Owner,
    /// Viewer and owner.
    Both,
}

/// What a generator may use: a few variables, so that conditions have to do with each other.
#[derive(Clone)]
pub(super) struct Palette {
    pub(super) variables: Vec<Variable>,
    pub(super) modes: bool,
}

impl Palette {
    pub(super) fn roll(dice: &mut Random) -> Palette {
        let mut variables: Vec<Variable> = (0..2).map(|_| *dice.one(&Variable::ALL)).collect();
        variables.push(*dice.one(&[OwnerOn, OwnerSize]));
        variables.push(*dice.one(&[OwnerOn, OwnerSize, ViewerOn, OwnerA]));
        variables.sort();
        variables.dedup();
        Palette { variables, modes: dice.chance(40) }
    }

    fn leaf(&self, dice: &mut Random, about: About) -> Leaf {
        let owners =
            |of: &&Variable| matches!(of, OwnerA | OwnerB | OwnerColour | OwnerOn | OwnerSize | Mood | OwnerSite);
        let usable: Vec<Variable> = match about {
            About::Owner => self.variables.iter().filter(owners).copied().collect(),
            About::Both => self.variables.clone(),
        };
        if dice.chance(3) || usable.is_empty() {
            return Leaf::Constant(dice.chance(50));
        }
        if self.modes && about == About::Both && dice.chance(15) {
            return Leaf::Private(dice.chance(50));
        }
        let variable = *dice.one(&usable);
        let negated = dice.chance(35);
        let both = about == About::Both && dice.chance(35);
        match variable {
            ViewerColour | OwnerColour if both => Leaf::Same(ViewerColour, !negated, OwnerColour),
            ViewerSite | OwnerSite if both => Leaf::Same(ViewerSite, !negated, OwnerSite),
            ViewerOn | OwnerOn if both && dice.chance(30) => Leaf::Same(ViewerOn, !negated, OwnerOn),
            ViewerA | OwnerA | OwnerB | ViewerOn | OwnerOn => Leaf::Holds(variable),
            OwnerSize | ViewerSize => {
                Leaf::Number(variable, dice.one::<&str>(&["<", "<=", ">", ">="]), dice.below(5) as u8)
            }
            Contact | Group => Leaf::Among(variable, negated, vec![1]),
            ViewerSite | OwnerSite => Leaf::Among(variable, negated, vec![1]),
            Level => Leaf::Among(variable, negated, dice.one(&[vec![0], vec![1], vec![2], vec![1, 2]]).clone()),
            Network | ViewerColour | OwnerColour | Mood => {
                let mut values = vec![dice.below(variable.count() as usize) as u8];
                if variable != Mood && dice.chance(40) {
                    let other = (values[0] + 1) % variable.count();
                    values.push(other);
                }
                Leaf::Among(variable, negated, values)
            }
        }
    }

    fn tree(&self, dice: &mut Random, about: About, depth: usize) -> Tree {
        match if depth == 0 { 0 } else { dice.below(8) } {
            0..=2 => Tree::Leaf(self.leaf(dice, about)),
            3 => match self.tree(dice, about, depth - 1) {
                Tree::Not(of) => *of,
                of => Tree::Not(Box::new(of)),
            },
            way => {
                let operands = (0..2 + dice.below(2)).map(|_| self.tree(dice, about, depth - 1)).collect();
                if way < 6 { Tree::And(operands) } else { Tree::Or(operands) }
            }
        }
    }

    /// A condition; one that is not empty.
    pub(super) fn when(&self, dice: &mut Random, about: About) -> When {
        let way = dice.below(6);
        let depth = if dice.chance(35) { 2 } else { 1 };
        When {
            when: (way != 0).then(|| self.tree(dice, about, depth)),
            unless: (way <= 1).then(|| self.tree(dice, about, 1)),
        }
    }
}
