//! Whether a model that was stored can be asked. Linking makes only models of which this holds, so questions rely on
//! it: they index tables by ids, search what is sorted, and follow what has an end. Bytes may be anything, even under
//! the right seal, so it is looked at once before they count as a model.

mod ids;

use super::{Condition, ConditionId, Containers, Domain, Id, Model, ObjectId, User, ValueType};

/// How deep conditions may nest: some times what the parser reads, and little for a stack.
pub(super) const DEEPEST: usize = 512;

/// How many parts a condition may have, each counted as often as it is met.
pub(super) const HEAVIEST: usize = 1 << 20;

impl Model {
    /// Whether everything holds that questions presume.
    pub(super) fn is_sound(&self) -> bool {
        // Ids first: all that follows looks things up by them.
        ids::are_known(self)
            && self.conditions_end()
            && self.is_presence_sound()
            && self.are_settings_sound()
            && self.is_everybody_sound()
    }

    /// Operands come first, so no condition is part of itself, and walking through one comes to an end soon.
    pub(super) fn conditions_end(&self) -> bool {
        let mut sizes: Vec<(usize, usize)> = Vec::new();
        self.conditions.iter().all(|(_, condition)| {
            let size = match condition {
                Condition::Not(operand) => size(&sizes, &[*operand]),
                Condition::All(operands) | Condition::Any(operands) => size(&sizes, operands),
                Condition::OneOf(_, values) => values.is_sorted().then_some((1, 1)),
                _ => Some((1, 1)),
            };
            sizes.extend(size);
            size.is_some_and(|(depth, weight)| depth <= DEEPEST && weight <= HEAVIEST)
        })
    }

    fn is_presence_sound(&self) -> bool {
        let numbers = self.containers.values().map(|container| container.number);
        let listed = self.categories.values().map(|category| category.fields.len()).sum::<usize>();
        let own = |(id, category): (_, &super::Category)| {
            category.own <= category.fields.len()
                && category.fields.iter().all(|field| self.fields[*field].category == id)
        };
        self.containers.len() <= Containers::LIMIT
            && numbers.is_sorted_by(|one, other| one < other)
            && listed == self.fields.len()
            && self.categories.iter().all(own)
    }

    fn are_settings_sound(&self) -> bool {
        let fields = self.fields.values().filter_map(|field| field.kind.as_ref());
        let mut kinds = self.parameters.values().map(|parameter| &parameter.kind).chain(fields);
        kinds.all(|kind| !matches!(kind, ValueType::Range(low, high) if low > high))
            && self.objects.values().all(|object| {
                let settings = self.classes[object.class].settings.len();
                object.values.len() == settings && object.set_at.len() == settings
            })
    }

    /// Counts take whoever is singled out away from crowds, so a person belongs to one domain and one network only.
    fn is_everybody_sound(&self) -> bool {
        let below = |domain: &Domain, above: &Domain| {
            domain.as_str().strip_suffix(above.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        self.domains
            .values()
            .all(|domain| domain.above.is_none_or(|above| below(&domain.name, &self.domains[above].name)))
            && self.people.iter().all(|(id, person)| {
                let domain = &self.domains[person.domain];
                let rest = person.address.as_str().strip_suffix(domain.name.as_str());
                rest.is_some_and(|rest| rest.ends_with('@'))
                    && person.network == domain.network
                    && person.user.is_none_or(|user| self.users[user].person == id)
            })
            && self.users.iter().all(|(id, user)| self.people[user.person].user == Some(id) && is_sorted(user))
    }

    /// Whether these can be the policy objects in effect for somebody.
    pub(super) fn are_in_effect(&self, objects: &[Option<ObjectId>]) -> bool {
        objects.len() == self.classes.len()
            && self.classes.ids().zip(objects).all(|(class, object)| {
                object.is_none_or(|object| object.index() < self.objects.len() && self.objects[object].class == class)
            })
    }
}

/// Depth and weight of something with these operands; None if one of them does not come before.
fn size(sizes: &[(usize, usize)], operands: &[ConditionId]) -> Option<(usize, usize)> {
    operands.iter().try_fold((1, 1), |(depth, weight): (usize, usize), operand| {
        let (of_operand, parts) = sizes.get(operand.index())?;
        Some((depth.max(of_operand + 1), weight.saturating_add(*parts)))
    })
}

fn is_sorted(user: &User) -> bool {
    user.attributes.is_sorted_by_key(|(parameter, ..)| *parameter)
        && user.presence.is_sorted_by_key(|(field, ..)| *field)
        && user.texts.is_sorted_by_key(|(field, _)| *field)
        && user.delegates.is_sorted_by_key(|(person, _)| *person)
}
