//! Values, readings and conditions in words: the one place that spells them.

use super::{
    Condition, ConditionId, Containers, Item, ManifestId, Model, Network, ParameterOf, Reading, UserId, Value,
    ValueType, What,
};
use crate::language::ast::{Comparison, ContainerFlag};

/// What stands before a manifest's name in the `mode` of somebody whose entries are being brought into its shape.
pub(super) const MIGRATING_TO: &str = "migrating_to_";

/// How tightly an operand has to hold together, to know where parentheses are needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
}

impl Model {
    /// A value of a kind, as the language writes it.
    pub fn value_name(&self, kind: &ValueType, value: Value) -> String {
        let index = value.0 as usize;
        match kind {
            ValueType::Bool => (value == Value::TRUE).to_string(),
            ValueType::Range(..) => value.0.to_string(),
            ValueType::Enumeration(values) => values.get(index).cloned().unwrap_or_default(),
            ValueType::Text => self.texts.get_index(index).map(|text| format!("{text:?}")).unwrap_or_default(),
            ValueType::Network => Network::ALL.get(index).map(|network| network.name().to_owned()).unwrap_or_default(),
            ValueType::Site if value == Value::NOWHERE => "nowhere".to_owned(),
            ValueType::Site => {
                self.sites.values().nth(index).map(|site| format!("{:?}", site.name)).unwrap_or_default()
            }
            ValueType::Manifest => {
                self.manifests.values().nth(index).map(|manifest| manifest.declared.name.clone()).unwrap_or_default()
            }
        }
    }

    /// The owner's own value of a field in words, as the directory knows it.
    pub fn own_value(&self, owner: UserId, field: super::FieldId) -> Option<String> {
        let user = &self.users[owner];
        match &self.fields[field].kind {
            None => user.texts.iter().find(|(of, _)| *of == field).map(|(_, text)| text.clone()),
            Some(kind) => user.presence_in(field).map(|(value, _)| self.value_name(kind, value)),
        }
    }

    /// The kind of what a reading reads.
    pub fn kind_of(&self, what: What) -> ValueType {
        match what {
            What::Parameter(parameter) => self.parameters[parameter].kind.clone(),
            What::Presence(field) => self.fields[field].kind.clone().unwrap_or(ValueType::Text),
            What::Network => ValueType::Network,
            What::Site => ValueType::Site,
            What::Mode => ValueType::Manifest,
        }
    }

    /// `CLASS.SETTING`; of an attribute its name.
    pub fn setting_name(&self, of: &super::Parameter) -> String {
        match of.belongs_to {
            ParameterOf::Setting(class) => format!("{}.{}", self.classes[class].declared.name, of.declared.name),
            ParameterOf::Attribute(_) => of.declared.name.clone(),
        }
    }

    /// A reading as the language writes it.
    pub fn reading_name(&self, reading: Reading) -> String {
        let of = reading.whose.name();
        match reading.what {
            What::Parameter(parameter) => format!("{of}.{}", self.parameter_path(parameter)),
            What::Presence(field) => format!("{of}.{}", self.field_name(field)),
            What::Network => format!("{of}.network"),
            What::Site => format!("{of}.site"),
            What::Mode => format!("{of}.mode"),
        }
    }

    /// A setting or attribute as conditions name it: with its class where several classes have that name.
    fn parameter_path(&self, id: super::ParameterId) -> String {
        let parameter = &self.parameters[id];
        let name = &parameter.declared.name;
        let ParameterOf::Setting(class) = parameter.belongs_to else { return name.clone() };
        match self.names.settings.values().filter(|names| names.find(name).is_some()).nth(1) {
            Some(_) => format!("{}.{name}", self.classes[class].declared.name),
            None => name.clone(),
        }
    }

    /// `category.field`
    pub fn field_name(&self, field: super::FieldId) -> String {
        let field = &self.fields[field];
        format!("{}.{}", self.categories[field.category].declared.name, field.declared.name)
    }

    /// Every field of this name, each with its category.
    pub fn fields_called(&self, name: &str) -> Vec<String> {
        let called = self.fields.iter().filter(|(_, field)| field.declared.name == name);
        called.map(|(id, _)| self.field_name(id)).collect()
    }

    /// What is disclosed or stored, as the language writes it.
    pub fn item_name(&self, item: Item) -> String {
        match item {
            Item::Category(category) => self.categories[category].declared.name.clone(),
            Item::Field(field) => self.field_name(field),
            Item::Data(data, part) => {
                let data = &self.data[data];
                match part.and_then(|part| data.parts.get(part)) {
                    Some(part) => format!("{}.{}", data.declared.name, part.name),
                    None => data.declared.name.clone(),
                }
            }
        }
    }

    /// A container as explanations name it: `external (100)`.
    pub fn container_name(&self, container: super::ContainerId) -> String {
        let container = &self.containers[container];
        format!("{} ({})", container.declared.name, container.number)
    }

    /// A condition as the language writes it.
    pub fn condition_name(&self, condition: ConditionId) -> String {
        self.spell(condition, Binding::Or)
    }

    /// The same; None if it always holds, so that nothing has to be said.
    pub fn condition_unless_always(&self, condition: ConditionId) -> Option<String> {
        let always = *self.conditions.get(condition) == Condition::Constant(true);
        (!always).then(|| self.condition_name(condition))
    }

    fn spell(&self, id: ConditionId, around: Binding) -> String {
        match self.conditions.get(id) {
            Condition::Constant(truth) => truth.to_string(),
            Condition::Not(operand) => self.spell_negation(*operand),
            Condition::All(operands) => self.spell_chain(operands, " and ", Binding::And, around),
            Condition::Any(operands) => self.spell_chain(operands, " or ", Binding::Or, around),
            Condition::Compare(reading, comparison, value) => self.spell_comparison(*reading, *comparison, *value),
            Condition::CompareReadings(left, comparison, right) => {
                format!("{} {} {}", self.reading_name(*left), comparison.sign(), self.reading_name(*right))
            }
            Condition::OneOf(reading, values) => self.spell_choice(*reading, values, "in"),
            Condition::InContainer(subject, containers) => {
                format!("{} in {}", subject.name(), self.spell_containers(*containers))
            }
            Condition::InGroup(subject, group) => format!("{} in group {}", subject.name(), self.groups[*group].name),
            Condition::Is(subject, relation) => format!("{} is {} of owner", subject.name(), relation.name()),
        }
    }

    fn spell_chain(&self, operands: &[ConditionId], word: &str, binding: Binding, around: Binding) -> String {
        let inner = operands.iter().map(|operand| self.spell(*operand, binding));
        let text = inner.collect::<Vec<_>>().join(word);
        if around > binding { format!("({text})") } else { text }
    }

    fn spell_negation(&self, operand: ConditionId) -> String {
        match self.conditions.get(operand) {
            // `not ROLE.inside` reads better than a comparison with the organisation's network.
            Condition::Compare(reading, Comparison::Equal, value)
                if self.kind_of(reading.what) != ValueType::Bool
                    && (reading.what, *value) != (What::Network, Network::SameEnterprise.value()) =>
            {
                self.spell_comparison(*reading, Comparison::NotEqual, *value)
            }
            Condition::OneOf(reading, values) => self.spell_choice(*reading, values, "not in"),
            Condition::InContainer(subject, containers) => {
                format!("{} not in {}", subject.name(), self.spell_containers(*containers))
            }
            Condition::InGroup(subject, group) => {
                format!("{} not in group {}", subject.name(), self.groups[*group].name)
            }
            Condition::Is(subject, relation) => {
                format!("{} is not {} of owner", subject.name(), relation.name())
            }
            _ => format!("not {}", self.spell(operand, Binding::Not)),
        }
    }

    fn spell_comparison(&self, reading: Reading, comparison: Comparison, value: Value) -> String {
        let kind = self.kind_of(reading.what);
        match (&kind, comparison, value) {
            (ValueType::Bool, Comparison::Equal, Value::TRUE) => self.reading_name(reading),
            (ValueType::Network, Comparison::Equal, _) if value == Network::SameEnterprise.value() => {
                format!("{}.inside", reading.whose.name())
            }
            _ => format!("{} {} {}", self.reading_name(reading), comparison.sign(), self.value_name(&kind, value)),
        }
    }

    fn spell_choice(&self, reading: Reading, values: &[Value], word: &str) -> String {
        let kind = self.kind_of(reading.what);
        let values = values.iter().map(|value| self.value_name(&kind, *value)).collect::<Vec<_>>().join(", ");
        format!("{} {word} {{{values}}}", self.reading_name(reading))
    }

    fn spell_containers(&self, containers: Containers) -> String {
        for flag in [ContainerFlag::Blocking, ContainerFlag::Visible] {
            if containers == self.flagged(flag) && containers.len() != 1 {
                return flag.name().to_owned();
            }
        }
        let names = containers.iter().map(|container| self.containers[container].declared.name.as_str());
        names.collect::<Vec<_>>().join(" or ")
    }
}

impl Model {
    /// The `mode` that the directory records for a user; None if it records none.
    pub fn mode_word(&self, user: UserId) -> Option<String> {
        let user = &self.users[user];
        let name = |manifest: ManifestId| self.manifests[manifest].declared.name.as_str();
        let shape = user.mode.map(|shape| name(shape).to_owned());
        shape.or_else(|| user.migrating_to.map(|towards| format!("{MIGRATING_TO}{}", name(towards))))
    }

    /// What a manifest rule demands, in the words of the language.
    pub fn manifest_rule_name(&self, rule: super::ManifestRuleId) -> String {
        use crate::language::ast::SubjectKind;
        let rule = &self.manifest_rules[rule];
        let subject = |(kind, from): &(SubjectKind, Option<super::Networks>)| {
            let name = kind.name();
            match from {
                None => name.to_owned(),
                Some(networks) => {
                    let from = Network::ALL.into_iter().filter(|network| networks.has(*network)).map(Network::name);
                    format!("{name} from {}", from.collect::<Vec<_>>().join(" or "))
                }
            }
        };
        let mut words = rule.subjects.iter().map(subject).collect::<Vec<_>>().join(", ");
        words.push_str(" in ");
        words.push_str(&self.spell_containers(rule.allowed));
        if let Some(cardinality) = rule.cardinality {
            words.push_str(", ");
            words.push_str(cardinality.words());
        }
        if let Some(default) = rule.default {
            words.push_str(", default ");
            words.push_str(&self.containers[default].declared.name);
        }
        if let Some(remedy) = rule.otherwise {
            words.push_str(", ");
            words.push_str(remedy.words());
        }
        words
    }
}
