//! Names of a set to ids, for commands; what is not known says so and what is near.

use crate::model::{CategoryId, ContainerId, FeatureId, FieldId, GroupId, ManifestId, Network, RecipientId, UserId};

use super::question::find;
use super::rule_set::RuleSet;
use super::unknown::Unknown;

impl RuleSet {
    /// Every user, by address.
    pub fn owners(&self) -> Vec<UserId> {
        let model = self.model();
        let mut owners: Vec<UserId> = model.users.ids().collect();
        owners.sort_by(|a, b| {
            let address = |user: UserId| &model.people[model.users[user].person].address;
            address(*a).cmp(address(*b))
        });
        owners
    }

    /// A feature by name.
    pub fn feature(&self, name: &str) -> Result<FeatureId, Unknown> {
        find(&self.model().names.features, "feature", name)
    }

    /// A container by name, or by number.
    pub fn container(&self, name: &str) -> Result<ContainerId, Unknown> {
        let model = self.model();
        let number: Option<u32> = name.trim().parse().ok();
        let by_number = number.and_then(|number| {
            model.containers.iter().find(|(_, container)| container.number == number).map(|(id, _)| id)
        });
        by_number.map_or_else(|| find(&model.names.containers, "container", name), Ok)
    }

    /// A manifest by name.
    pub fn manifest(&self, name: &str) -> Result<ManifestId, Unknown> {
        find(&self.model().names.manifests, "manifest", name)
    }

    /// A recipient by name.
    pub fn recipient(&self, name: &str) -> Result<RecipientId, Unknown> {
        find(&self.model().names.recipients, "recipient", name)
    }

    /// A group by name.
    pub fn group(&self, name: &str) -> Result<GroupId, Unknown> {
        find(&self.model().names.groups, "group", name)
    }

    /// A network by name.
    pub fn network(&self, name: &str) -> Result<Network, Unknown> {
        Network::named(name).ok_or_else(|| Unknown::Network(name.to_owned()))
    }

    /// The fields that `category` or `category.field` names.
    pub fn fields_named(&self, target: &str) -> Result<Vec<FieldId>, Unknown> {
        let names = &self.model().names;
        let (category, field) = target.split_once('.').map_or((target, None), |(of, field)| (of, Some(field)));
        let category: CategoryId = find(&names.categories, "category", category)?;
        match field {
            Some(field) => Ok(vec![self.field_of(category, field)?]),
            None => Ok(self.model().categories[category].fields.clone()),
        }
    }
}
