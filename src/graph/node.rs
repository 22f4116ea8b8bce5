//! What stands in the graph, and how it is connected.

use crate::language::Span;
use crate::model::{
    CategoryId, ConditionId, ContainerId, FeatureId, FieldId, GroupId, GuardId, ManifestId, MembershipId, Model,
    ObjectId, ParameterId, RuleId,
};

/// A node of the rule graph.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Node {
    /// A category.
    Category(CategoryId),
    /// A field.
    Field(FieldId),
    /// A container.
    Container(ContainerId),
    /// A guard.
    Guard(GuardId),
    /// A feature.
    Feature(FeatureId),
    /// A rule of a guard or feature.
    Rule(RuleId),
    /// A distinct condition.
    Condition(ConditionId),
    /// A setting or attribute.
    Parameter(ParameterId),
    /// A policy object: settings at a scope.
    Object(ObjectId),
    /// A manifest.
    Manifest(ManifestId),
    /// A membership rule.
    Membership(MembershipId),
    /// A group.
    Group(GroupId),
}

/// How one node acts on another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Edge {
    /// A rule decides a feature or guard, a guard a field, a policy object a setting.
    Decides,
    /// A feature requires another.
    Requires,
    /// A container publishes a field.
    Publishes,
    /// A container shows a field with another value.
    Shows,
    /// A container holds a category and publishes it as empty.
    Masks,
    /// A container holds a category.
    Holds,
    /// A manifest or membership lets entries into a container, a group takes another in.
    Admits,
    /// A policy object comes before a broader one, a manifest before another.
    Overrides,
    /// A rule, manifest or condition reads something.
    Reads,
    /// A category has a field.
    Has,
}

impl Edge {
    /// The word on the arrow.
    pub fn name(self) -> &'static str {
        match self {
            Edge::Decides => "decides",
            Edge::Requires => "requires",
            Edge::Publishes => "publishes",
            Edge::Shows => "shows",
            Edge::Masks => "masks",
            Edge::Holds => "holds",
            Edge::Admits => "admits",
            Edge::Overrides => "overrides",
            Edge::Reads => "reads",
            Edge::Has => "has",
        }
    }
}

impl Node {
    /// The kind of thing it is, in the field's words.
    pub fn kind(self) -> &'static str {
        match self {
            Node::Category(_) => "category",
            Node::Field(_) => "field",
            Node::Container(_) => "container",
            Node::Guard(_) => "guard",
            Node::Feature(_) => "feature",
            Node::Rule(_) => "rule",
            Node::Condition(_) => "condition",
            Node::Parameter(_) => "setting",
            Node::Object(_) => "policy",
            Node::Manifest(_) => "manifest",
            Node::Membership(_) => "membership",
            Node::Group(_) => "group",
        }
    }

    /// A name that is unique among nodes of its kind (rules of different blocks may share a label).
    pub fn name(self, model: &Model) -> String {
        match self {
            Node::Category(id) => model.categories[id].declared.name.clone(),
            Node::Field(id) => model.field_name(id),
            Node::Container(id) => model.containers[id].declared.name.clone(),
            Node::Guard(id) => format!("guard {}", model.guards[id].declared.name),
            Node::Feature(id) => model.features[id].declared.name.clone(),
            Node::Rule(id) => model.rules[id].declared.name.clone(),
            Node::Condition(id) => model.condition_name(id),
            Node::Parameter(id) => model.parameters[id].declared.name.clone(),
            Node::Object(id) => {
                let object = &model.objects[id];
                format!("{} {}", model.classes[object.class].declared.name, object.spelt)
            }
            Node::Manifest(id) => model.manifests[id].declared.name.clone(),
            Node::Membership(id) => model.memberships[id].declared.name.clone(),
            Node::Group(id) => model.groups[id].name.clone(),
        }
    }

    /// Where it is declared; conditions have no place of their own.
    pub fn span(self, model: &Model) -> Option<Span> {
        Some(match self {
            Node::Category(id) => model.categories[id].declared.span,
            Node::Field(id) => model.fields[id].declared.span,
            Node::Container(id) => model.containers[id].declared.span,
            Node::Guard(id) => model.guards[id].declared.span,
            Node::Feature(id) => model.features[id].declared.span,
            Node::Rule(id) => model.rules[id].span,
            Node::Condition(_) => return None,
            Node::Parameter(id) => model.parameters[id].declared.span,
            Node::Object(id) => model.objects[id].span,
            Node::Manifest(id) => model.manifests[id].declared.span,
            Node::Membership(id) => model.memberships[id].declared.span,
            Node::Group(id) => model.groups[id].span,
        })
    }
}
