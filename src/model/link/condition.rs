//! Conditions: names found, kinds checked, equal ones made one.

use super::Linking;
use super::reading::Read;
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, Circumstance, Comparison, ContainerFlag, Literal, Name, Operand, Path};
use crate::language::{Diagnostic, Spanned};
use crate::model::{Condition, ConditionId, Containers, Network, Reading, Subject, Value, ValueType, What};

impl Linking {
    /// `when A unless B` as one condition. What cannot be resolved is reported and stands for `true`.
    pub(super) fn circumstance(&mut self, of: &Circumstance, scene: Scene) -> ConditionId {
        let when = of.when.as_ref().map(|when| self.condition(when, scene));
        let unless = of.unless.as_ref().map(|unless| self.condition(unless, scene));
        let unless = unless.map(|unless| unless.map(|unless| self.model.conditions.negation(unless)));
        let operands: Vec<ConditionId> = [when, unless].into_iter().flatten().flatten().collect();
        match operands.as_slice() {
            [] => self.model.conditions.always(),
            [only] => *only,
            _ => self.model.conditions.intern(Condition::All(operands.into())),
        }
    }

    fn condition(&mut self, condition: &Spanned<ast::Condition>, scene: Scene) -> Option<ConditionId> {
        let linked = match &condition.it {
            ast::Condition::Constant(truth) => Condition::Constant(*truth),
            ast::Condition::Not(operand) => Condition::Not(self.condition(operand, scene)?),
            ast::Condition::And(operands) => Condition::All(self.operands(operands, scene)?),
            ast::Condition::Or(operands) => Condition::Any(self.operands(operands, scene)?),
            ast::Condition::Reading(path) => return self.truth(path, scene),
            ast::Condition::Compare { left, operator, right } => return self.compare(left, *operator, right, scene),
            ast::Condition::OneOf { reading, negated, values } => {
                let chosen = self.one_of(reading, values, scene)?;
                return Some(self.negated_if(*negated, chosen));
            }
            ast::Condition::InContainer { role, negated, container } => {
                let subject = self.level_subject(role, scene, "has no level")?;
                let containers = self.container_or_flag(container)?;
                let inside = Condition::InContainer(subject, containers);
                return Some(self.interned_if(*negated, inside));
            }
            ast::Condition::InGroup { role, negated, group } => {
                let subject = self.subject(role, scene)?;
                if subject == Subject::Meeting {
                    self.not_a_person(role);
                    return None;
                }
                let group = self.group(group)?;
                return Some(self.interned_if(*negated, Condition::InGroup(subject, group)));
            }
            ast::Condition::Is { role, negated, relation, whose } => {
                let subject = self.level_subject(role, scene, "is contact or delegate of nobody")?;
                if self.subject(whose, scene)? != Subject::Owner {
                    self.sink.push(
                        Diagnostic::new(code::NOT_HERE, "contacts and delegates are asked of the owner")
                            .at(whose.span, "expected `owner`")
                            .help(format!("ask it of the owner: `{} is {} of owner`", role.it, relation.it.name())),
                    );
                    return None;
                }
                return Some(self.interned_if(*negated, Condition::Is(subject, relation.it)));
            }
        };
        Some(self.model.conditions.intern(linked))
    }

    /// All operands, each reported by itself.
    fn operands(&mut self, operands: &[Spanned<ast::Condition>], scene: Scene) -> Option<Box<[ConditionId]>> {
        let linked: Vec<_> = operands.iter().map(|operand| self.condition(operand, scene)).collect();
        linked.into_iter().collect()
    }

    fn negated_if(&mut self, negated: bool, id: ConditionId) -> ConditionId {
        if negated { self.model.conditions.negation(id) } else { id }
    }

    fn interned_if(&mut self, negated: bool, condition: Condition) -> ConditionId {
        let id = self.model.conditions.intern(condition);
        self.negated_if(negated, id)
    }

    /// A path that stands alone: it has to be a bool.
    fn truth(&mut self, path: &Path, scene: Scene) -> Option<ConditionId> {
        match self.read(path, scene)? {
            Read::Inside(subject) => Some(self.inside(subject)),
            Read::Reading(reading, ValueType::Bool) => {
                Some(self.model.conditions.intern(Condition::Compare(reading, Comparison::Equal, Value::TRUE)))
            }
            Read::Reading(reading, kind) => {
                let name = self.model.reading_name(reading);
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, format!("`{name}` is not true or false by itself"))
                        .at(path.span(), format!("is {}", kind.describe()))
                        .help(format!("compare it, as in `{name} == …`")),
                );
                None
            }
        }
    }

    fn inside(&mut self, subject: Subject) -> ConditionId {
        let network = Reading { whose: subject, what: What::Network };
        let own = Network::SameEnterprise.value();
        self.model.conditions.intern(Condition::Compare(network, Comparison::Equal, own))
    }

    fn compare(
        &mut self,
        left: &Operand,
        operator: Spanned<Comparison>,
        right: &Operand,
        scene: Scene,
    ) -> Option<ConditionId> {
        match (left, right) {
            (Operand::Reading(path), Operand::Literal(literal)) => self.compare_value(path, operator, literal, scene),
            (Operand::Literal(literal), Operand::Reading(path)) => {
                self.compare_value(path, operator.map(mirrored), literal, scene)
            }
            (Operand::Reading(left), Operand::Reading(right)) => self.compare_readings(left, operator, right, scene),
            (Operand::Literal(left), Operand::Literal(right)) => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "this comparison reads nothing")
                        .at(left.span.to(right.span), "both sides are values")
                        .help("read somebody's setting or attribute, as in `owner.EnablePrivacyMode`"),
                );
                None
            }
        }
    }

    fn compare_value(
        &mut self,
        path: &Path,
        operator: Spanned<Comparison>,
        literal: &Spanned<Literal>,
        scene: Scene,
    ) -> Option<ConditionId> {
        let (reading, kind) = match self.read(path, scene)? {
            Read::Reading(reading, kind) => (reading, kind),
            Read::Inside(subject) => {
                let truth = self.value(&ValueType::Bool, literal)?;
                self.ordered(operator, &ValueType::Bool)?;
                let inside = self.inside(subject);
                return Some(self.negated_if((truth == Value::TRUE) != (operator.it == Comparison::Equal), inside));
            }
        };
        self.ordered(operator, &kind)?;
        // Only an equality has to be able to hold; `size < 5000` is fine for a size that never gets there.
        let value = match (&kind, &literal.it) {
            (ValueType::Range(..), Literal::Integer(number)) if !is_equality(operator.it) => Value(*number),
            _ => self.value(&kind, literal)?,
        };
        Some(match operator.it {
            Comparison::NotEqual => {
                let equal = self.model.conditions.intern(Condition::Compare(reading, Comparison::Equal, value));
                self.model.conditions.negation(equal)
            }
            // One spelling for each truth, so that equal conditions are one.
            Comparison::Equal if kind == ValueType::Bool && value == Value::FALSE => {
                let truth = self.model.conditions.intern(Condition::Compare(reading, Comparison::Equal, Value::TRUE));
                self.model.conditions.negation(truth)
            }
            comparison => self.model.conditions.intern(Condition::Compare(reading, comparison, value)),
        })
    }

    fn compare_readings(
        &mut self,
        left: &Path,
        operator: Spanned<Comparison>,
        right: &Path,
        scene: Scene,
    ) -> Option<ConditionId> {
        let sides = (self.read(left, scene), self.read(right, scene));
        let (Some(Read::Reading(a, kind)), Some(Read::Reading(b, other))) = sides else {
            if let (Some(_), Some(_)) = sides {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "`inside` cannot be compared with another reading")
                        .at(left.span().to(right.span()), "")
                        .help("compare the networks instead, as in `party.network == peer.network`"),
                );
            }
            return None;
        };
        let alike = match (&kind, &other) {
            (ValueType::Range(..), ValueType::Range(..)) => true,
            _ => kind == other,
        };
        if !alike {
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, "the two sides of this comparison have different values")
                    .at(right.span(), format!("is {}", other.describe()))
                    .at(left.span(), format!("is {}", kind.describe()))
                    .help("compare readings that have the same values"),
            );
            return None;
        }
        self.ordered(operator, &kind)?;
        Some(self.model.conditions.intern(Condition::CompareReadings(a, operator.it, b)))
    }

    /// Only numbers have an order.
    fn ordered(&mut self, operator: Spanned<Comparison>, kind: &ValueType) -> Option<()> {
        if is_equality(operator.it) || matches!(kind, ValueType::Range(..)) {
            return Some(());
        }
        self.sink.push(
            Diagnostic::new(code::WRONG_TYPE, "only numbers have an order")
                .at(operator.span, format!("compares {}", kind.describe()))
                .help("use `==`, `!=`, or `in { … }` with the values meant"),
        );
        None
    }

    fn one_of(&mut self, path: &Path, values: &[Spanned<Literal>], scene: Scene) -> Option<ConditionId> {
        let (reading, kind) = match self.read(path, scene)? {
            Read::Reading(reading, kind) => (reading, kind),
            Read::Inside(_) => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "`inside` is true or false by itself")
                        .at(path.span(), "")
                        .help("leave the values out, or ask for `network in { … }`"),
                );
                return None;
            }
        };
        let mut linked: Vec<Value> = Vec::new();
        for literal in values {
            linked.push(self.value(&kind, literal)?);
        }
        linked.sort_unstable();
        linked.dedup();
        Some(self.model.conditions.intern(Condition::OneOf(reading, linked.into())))
    }

    /// The subject of `… in CONTAINER` and `… is contact of owner`: only a viewer has a level.
    fn level_subject(&mut self, role: &Name, scene: Scene, what: &str) -> Option<Subject> {
        let subject = self.subject(role, scene)?;
        if scene.levels && subject == Subject::Viewer {
            return Some(subject);
        }
        if scene.levels {
            self.not_here(&format!("`{}` {what}; ask it of the viewer", subject.name()), role.span);
        } else {
            self.not_here(&format!("levels and contacts cannot be asked in {}", scene.spoken), role.span);
        }
        None
    }

    fn not_a_person(&mut self, role: &Name) {
        self.not_here(&format!("`{}` is not a person", role.it), role.span);
    }

    /// `workgroup`, `visible`, `blocking`
    pub(super) fn container_or_flag(&mut self, name: &Name) -> Option<Containers> {
        match ContainerFlag::named(&name.it) {
            Some(flag) => Some(self.model.flagged(flag)),
            None => self.container(name).map(Containers::only),
        }
    }
}

fn is_equality(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

/// The same comparison read from the other side.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Equal | Comparison::NotEqual => comparison,
    }
}
