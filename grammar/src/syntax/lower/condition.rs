//! Conditions.

use pest::iterators::Pair;

use super::Lower;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::ast::{Circumstance, Comparison, Condition, Literal, Name, Operand, Path, Relation};
use crate::syntax::grammar::Rule;
use crate::text::{Span, Spanned};

/// A question about somebody, as it can be asked of one more name: `viewer in workgroup or friends_and_family`.
pub(in crate::syntax) struct Asked {
    /// What stands before the name: `viewer in `.
    words: String,
    /// Whether it can be said of the next name in the same words, whatever stands between: not of a denied question,
    /// where `or` may mean neither.
    repeats: bool,
    /// Whether it compares: somebody has one value, so only `or` can stand between.
    compares: bool,
}

impl Asked {
    fn new(condition: &Condition) -> Option<Asked> {
        let (words, negated, compares) = match condition {
            Condition::InContainer { role, negated: false, .. } => (format!("{} in ", role.it), false, false),
            Condition::InContainer { role, .. } => (format!("{} not in ", role.it), true, false),
            Condition::InGroup { role, negated: false, .. } => (format!("{} in group ", role.it), false, false),
            Condition::InGroup { role, .. } => (format!("{} not in group ", role.it), true, false),
            Condition::Compare { left: Operand::Reading(path), operator, right: Operand::Literal(_) } => {
                let names: Vec<&str> = path.names.iter().map(|name| name.it.as_str()).collect();
                let negated = operator.it != Comparison::Equal;
                (format!("{} {} ", names.join("."), operator.it.sign()), negated, true)
            }
            _ => return None,
        };
        Some(Asked { words, repeats: !negated, compares })
    }
}

/// What joins conditions.
struct Connective {
    word: &'static str,
    /// The sign of other languages for it.
    foreign: Rule,
    /// Reads what it joins.
    operand: fn(&mut Lower<'_>, Pair<'_, Rule>) -> Option<Spanned<Condition>>,
    join: fn(Vec<Spanned<Condition>>) -> Condition,
}

const OR: Connective =
    Connective { word: "or", foreign: Rule::foreign_or, operand: |it, pair| it.conjunction(pair), join: Condition::Or };

const AND: Connective =
    Connective { word: "and", foreign: Rule::foreign_and, operand: |it, pair| it.term(pair), join: Condition::And };

impl Lower<'_> {
    /// `when … unless …`, as far as they stand there.
    pub(super) fn circumstance(&mut self, parts: &mut Parts<'_>) -> Option<Circumstance> {
        self.asked = None;
        let mut clause = |rule| match parts.take(rule) {
            Some(clause) => Parts::new(clause).take(Rule::condition).map(|it| self.condition(it).map(Some)),
            None => Some(Some(None)),
        };
        // A clause that cannot be read takes its whole entry away: half a condition would mean something else.
        let (when, unless) = (clause(Rule::when_clause)??, clause(Rule::unless_clause)??);
        Some(Circumstance { when: when.map(Box::new), unless: unless.map(Box::new) })
    }

    // Recursion is bounded: `scan` refuses what nests deeper than `MAX_DEPTH`.
    fn condition(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<Condition>> {
        self.chain(&OR, pair)
    }

    fn conjunction(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<Condition>> {
        self.chain(&AND, pair)
    }

    fn chain(&mut self, connective: &Connective, pair: Pair<'_, Rule>) -> Option<Spanned<Condition>> {
        let Connective { word, foreign, operand, join } = *connective;
        let span = self.place(&pair);
        let mut operands = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_and | Rule::kw_or => self.joins(word),
                rule if rule == foreign => {
                    self.joins(word);
                    self.foreign(&part, word);
                }
                _ => operands.push(operand(self, part)?),
            }
        }
        if operands.len() > 1 { Some(Spanned::new(join(operands), span)) } else { operands.pop() }
    }

    fn joins(&mut self, word: &str) {
        self.asked.iter_mut().filter(|asked| asked.compares && word == "and").for_each(|asked| asked.repeats = false);
    }

    fn term(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<Condition>> {
        let span = self.place(&pair);
        let inner = pair.into_inner().next()?;
        let rule = inner.as_rule();
        let mut parts = Parts::new(inner);
        match rule {
            Rule::negation => {
                if let Some(foreign) = parts.take(Rule::foreign_not) {
                    self.foreign_not(&foreign);
                }
                let negated = self.term(parts.take(Rule::term)?)?;
                self.asked.iter_mut().for_each(|asked| asked.repeats = false);
                Some(Spanned::new(Condition::Not(Box::new(negated)), span))
            }
            Rule::group => {
                let inside = self.condition(parts.take(Rule::condition)?)?;
                Some(Spanned::new(inside.it, span))
            }
            _ => {
                let left = self.operand(parts.take(Rule::operand)?)?;
                let condition = match parts.take(Rule::tail).and_then(|tail| tail.into_inner().next()) {
                    Some(tail) => self.tail(left, tail)?,
                    None => self.alone(left)?,
                };
                self.asked = Asked::new(&condition);
                Some(Spanned::new(condition, span))
            }
        }
    }

    fn foreign_not(&mut self, written: &Pair<'_, Rule>) {
        let span = self.place(written);
        let diagnostic = Diagnostic::new(code::FOREIGN_OPERATOR, "`!` is written `not` here").at(span, "").fix(
            "write `not`",
            span,
            "not ",
        );
        self.push(diagnostic);
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Option<Operand> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::path => Operand::Reading(self.path(&inner)),
            _ => Operand::Literal(self.value(inner)?),
        })
    }

    pub(super) fn path(&mut self, pair: &Pair<'_, Rule>) -> Path {
        let (names, span) = (self.dotted(pair), self.place(pair));
        if names.len() > 3 {
            let message = "a reading has two or three names";
            let diagnostic = Diagnostic::new(code::UNEXPECTED, message)
                .at(span, "")
                .help("write `owner.Setting`, `owner.Class.Setting` or `owner.category.field`");
            self.push(diagnostic);
        }
        Path { names, place: Spanned::new((), span) }
    }

    /// A condition of one operand: a constant or a reading.
    fn alone(&mut self, operand: Operand) -> Option<Condition> {
        match operand {
            Operand::Reading(path) => Some(Condition::Reading(path)),
            Operand::Literal(Spanned { it: Literal::Bool(value), .. }) => Some(Condition::Constant(value)),
            Operand::Literal(Spanned { it: Literal::Word(word), span }) => {
                let diagnostic =
                    Diagnostic::new(code::UNEXPECTED, format!("`{word}` alone is no condition")).at(span, "");
                let diagnostic = match &self.asked {
                    Some(Asked { words, repeats: true, .. }) => {
                        let title = format!("write `{words}{word}`");
                        let before = self.span(span.start as usize, span.start as usize);
                        diagnostic.help(format!("repeat the question: `{words}{word}`")).fix(
                            title,
                            before,
                            words.as_str(),
                        )
                    }
                    Some(Asked { words, .. }) => diagnostic.help(format!(
                        "repeat the question, as `{words}{word}`, behind the `and` or `or` that is meant"
                    )),
                    None => diagnostic
                        .help(format!("say what is asked: `owner.{word}` reads a setting, `viewer in {word}` a level")),
                };
                self.push(diagnostic);
                None
            }
            Operand::Literal(Spanned { span, .. }) => {
                let diagnostic = Diagnostic::new(code::UNEXPECTED, "a value alone is no condition").at(span, "");
                self.push(diagnostic.help("compare something with it: `owner.Setting == …`"));
                None
            }
        }
    }

    fn tail(&mut self, left: Operand, pair: Pair<'_, Rule>) -> Option<Condition> {
        let rule = pair.as_rule();
        let mut parts = Parts::new(pair);
        match rule {
            Rule::membership_tail => self.membership_tail(left, &mut parts),
            Rule::relation_tail => {
                let negated = parts.take(Rule::kw_is).is_some() && parts.has(Rule::kw_not);
                let role = self.role(left, "is contact of")?;
                let relation = self.word(&parts.take(Rule::relation)?, Relation::named)?;
                let of = self.name(&parts.take(Rule::role_name)?);
                Some(Condition::Is { role, negated, relation, whose: of })
            }
            _ => {
                let written = parts.next()?;
                let (comparison, ours) = match written.as_str() {
                    "!=" | "!==" | "<>" => (Comparison::NotEqual, "!="),
                    "<=" | "=<" => (Comparison::AtMost, "<="),
                    ">=" | "=>" => (Comparison::AtLeast, ">="),
                    "<" => (Comparison::Less, "<"),
                    ">" => (Comparison::Greater, ">"),
                    other if other.ends_with("not") => (Comparison::NotEqual, "!="),
                    _ => (Comparison::Equal, "=="),
                };
                if written.as_rule() == Rule::foreign_comparison {
                    self.foreign(&written, ours);
                }
                let operator = Spanned::new(comparison, self.place(&written));
                let right = self.operand(parts.take(Rule::operand)?)?;
                Some(Condition::Compare { left, operator, right })
            }
        }
    }

    /// Whether it is `not in`. `is in` is what other languages say.
    pub(super) fn not_in(&mut self, parts: &mut Parts<'_>) -> bool {
        let Some(written) = parts.take(Rule::foreign_in) else { return parts.has(Rule::kw_not) };
        let negated = written.as_str().contains("not");
        self.foreign(&written, if negated { "not in" } else { "in" });
        negated
    }

    fn membership_tail(&mut self, left: Operand, parts: &mut Parts<'_>) -> Option<Condition> {
        let negated = self.not_in(parts);
        if let Some(group) = parts.take(Rule::group_name) {
            let role = self.role(left, "in group")?;
            return Some(Condition::InGroup { role, negated, group: self.name(&group) });
        }
        if let Some(container) = parts.take(Rule::container_name) {
            let role = self.role(left, "in")?;
            return Some(Condition::InContainer { role, negated, container: self.name(&container) });
        }
        let values = self.list(parts.take(Rule::value_set)?, Self::value);
        match left {
            Operand::Reading(reading) => Some(Condition::OneOf { reading, negated, values }),
            Operand::Literal(literal) => {
                let help = "a set holds the values of something read: `participant.role in {organizer, presenter}`; \
                            containers are asked for one by one: `viewer in a or viewer in b`";
                self.not_here("only what is read of somebody can be one of several values", literal.span, help);
                None
            }
        }
    }

    /// The role that `in CONTAINER` and the like ask about.
    fn role(&mut self, operand: Operand, question: &str) -> Option<Name> {
        match operand {
            Operand::Literal(Spanned { it: Literal::Word(role), span }) => Some(Spanned::new(role, span)),
            other => {
                let help = match (&other, question) {
                    (Operand::Reading(_), "in") => "to compare with values, put them in braces: `in { a, b }`",
                    _ => "name a role: `owner`, `viewer`, `participant` …",
                };
                self.not_here(&format!("`{question}` asks about a person"), other.span(), help);
                None
            }
        }
    }

    fn not_here(&mut self, message: &str, span: Span, help: &str) {
        self.push(Diagnostic::new(code::UNEXPECTED, message).at(span, "").help(help));
    }
}
