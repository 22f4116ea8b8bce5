//! Conditions.

use super::INDENT;
use super::list::Edges;
use super::piece::{Break, Group};
use super::tape::Tape;
use crate::syntax::ast::{Circumstance, Condition, Name, Operand, Path, Relation};
use crate::text::Spanned;

impl<'a> Tape<'a> {
    /// `when A unless B`, the first behind a break of this kind.
    pub(super) fn circumstance(&mut self, asked: &'a Circumstance, first: Break) {
        let mut kind = first;
        for (word, clause) in [("when", &asked.when), ("unless", &asked.unless)] {
            if let Some(condition) = clause {
                self.line_break(kind);
                self.clause(word, condition);
                kind = Break::Apart;
            }
        }
    }

    fn clause(&mut self, word: &'static str, condition: &'a Spanned<Condition>) {
        // The braces of a lone set are already further in.
        let group = if matches!(condition.it, Condition::OneOf { .. }) { Group::Nest(0) } else { Group::Clause };
        self.group(group, |tape| {
            tape.word(word);
            if tape.is_commented(condition) {
                tape.parenthesised(condition);
                tape.mark();
            } else {
                tape.condition(&condition.it, true);
            }
        });
    }

    // Recursion is bounded: the parser refuses what nests too deep.
    fn condition(&mut self, condition: &'a Condition, first: bool) {
        match condition {
            Condition::Constant(true) => self.word("true"),
            Condition::Constant(false) => self.word("false"),
            Condition::Not(inner) => {
                self.word("not");
                let needed = matches!(inner.it, Condition::And(_) | Condition::Or(_));
                let parentheses = needed || self.is_commented(inner);
                self.operand_of_condition(inner, parentheses);
            }
            Condition::And(operands) => self.chain("and", operands, first),
            Condition::Or(operands) => self.chain("or", operands, first),
            Condition::Reading(path) => self.path(path),
            Condition::Compare { left, operator, right } => {
                self.operand(left);
                self.said(operator.span, operator.it.sign());
                self.operand(right);
            }
            Condition::OneOf { reading, negated, values } => {
                self.path(reading);
                self.word(if *negated { "not in" } else { "in" });
                let edges = if first { Edges::Marked } else { Edges::Tight };
                self.braces(values, edges, Self::literal);
            }
            Condition::InContainer { role, negated, container } => {
                self.name(role);
                self.word(if *negated { "not in" } else { "in" });
                self.name(container);
            }
            Condition::InGroup { role, negated, group } => {
                self.name(role);
                self.word(if *negated { "not in group" } else { "in group" });
                self.name(group);
            }
            Condition::Is { role, negated, relation, whose } => {
                self.related(role, if *negated { "is not" } else { "is" }, relation, whose);
            }
        }
        if first {
            self.mark();
        }
    }

    fn chain(&mut self, word: &'static str, operands: &'a [Spanned<Condition>], first: bool) {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.line_break(Break::Soft);
                self.word(word);
            }
            let parentheses = match &operand.it {
                Condition::Or(_) => true,
                Condition::And(_) => word == "and" || self.in_parentheses(operand),
                Condition::Constant(_)
                | Condition::Not(_)
                | Condition::Reading(_)
                | Condition::Compare { .. }
                | Condition::OneOf { .. }
                | Condition::InContainer { .. }
                | Condition::InGroup { .. }
                | Condition::Is { .. } => self.is_commented(operand),
            };
            self.operand_of_condition(operand, parentheses);
            if first && index == 0 {
                self.mark();
            }
        }
    }

    fn operand_of_condition(&mut self, operand: &'a Spanned<Condition>, parentheses: bool) {
        if parentheses {
            self.parenthesised(operand);
        } else {
            let further = if matches!(operand.it, Condition::And(_) | Condition::Or(_)) { INDENT } else { 0 };
            self.group(Group::Nest(further), |tape| tape.condition(&operand.it, false));
        }
    }

    fn parenthesised(&mut self, operand: &'a Spanned<Condition>) {
        self.word("(");
        self.joined();
        self.group(Group::Nest(INDENT), |tape| tape.condition(&operand.it, false));
        self.last(operand.span, ")");
    }

    /// True if the author put parentheses around it.
    fn in_parentheses(&self, condition: &Spanned<Condition>) -> bool {
        match &condition.it {
            // Of several operands the first may have parentheses of its own; it starts where those do.
            Condition::And(all) | Condition::Or(all) => {
                all.first().is_some_and(|first| condition.span.start < first.span.start)
            }
            Condition::Constant(_)
            | Condition::Not(_)
            | Condition::Reading(_)
            | Condition::Compare { .. }
            | Condition::OneOf { .. }
            | Condition::InContainer { .. }
            | Condition::InGroup { .. }
            | Condition::Is { .. } => self.starts_with(condition.span, "("),
        }
    }

    /// True if there are parentheses around it that hold a comment, which without them could belong to something else.
    fn is_commented(&self, condition: &Spanned<Condition>) -> bool {
        self.in_parentheses(condition) && self.holds_comment(condition.span)
    }

    fn operand(&mut self, operand: &'a Operand) {
        match operand {
            Operand::Reading(path) => self.path(path),
            Operand::Literal(literal) => self.literal(literal),
        }
    }

    /// A dotted path.
    pub(super) fn path(&mut self, path: &'a Path) {
        self.written(path.span());
    }

    /// `A is not contact of B`
    pub(super) fn related(&mut self, who: &'a Name, verb: &'static str, relation: &Spanned<Relation>, whose: &'a Name) {
        self.name(who);
        self.word(verb);
        self.said(relation.span, relation.it.name());
        self.word("of");
        self.name(whose);
    }
}
