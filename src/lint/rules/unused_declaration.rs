//! `unused-declaration`: names that nothing refers to.

use std::collections::HashSet;

use crate::graph::Node;
use crate::language::ast::Claim;
use crate::language::extent::whole_item;
use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{
    Condition, Declared, Entry, Id, Item, Model, ParameterId, ParameterOf, RecipientIs, Retention, Scope, What,
};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unused-declaration", Severity::Warning, "a declaration that nothing refers to"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Categories that no container holds and no guard, feature, condition or invariant names; containers that no entry
        can stand in; settings and attributes that nothing reads; recipients and data that no feature and no invariant
        names, and places that no feature does; groups that nothing asks for; policy tags that nobody is granted. Tests
        do not count.
    ",
    why: r"
        It promises something that does not happen. Most often a name was changed in one place and not in the other. A
        category is not removed by itself: owners see their own fields of it.
    ",
    reach: Reach::Said(
        r"
        What refers to what, not what comes of it: something that is named where it cannot matter counts as used.
    ",
    ),
    bad: Example {
        policy: r#"
            use std/lync2013

            recipient auditors "The auditors" external
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            recipient auditors "The auditors" external
            data minutes "Minutes"

            feature record_minutes "Minutes" for participant of meeting {
                allow "inside" when participant.inside
                discloses minutes to auditors
            }
        "#,
        directory: "",
    },
    check,
};

/// Everything that something refers to.
#[derive(Default)]
struct Used {
    parameters: HashSet<ParameterId>,
    others: HashSet<(&'static str, usize)>,
}

impl Used {
    fn mark(&mut self, kind: &'static str, id: impl Id) {
        self.others.insert((kind, id.index()));
    }

    fn has(&self, kind: &'static str, id: impl Id) -> bool {
        self.others.contains(&(kind, id.index()))
    }

    fn item(&mut self, model: &Model, item: Item) {
        match item {
            Item::Category(category) => self.mark("category", category),
            Item::Field(field) => self.mark("category", model.fields[field].category),
            Item::Data(data, _) => self.mark("data", data),
        }
    }

    /// What an invariant speaks of.
    fn claim(&mut self, model: &Model, claim: &Claim) {
        let (target, recipient) = match claim {
            Claim::Sees { target, .. } => (target, None),
            Claim::Disclosed { data, recipient } => (data, Some(recipient)),
            Claim::Available { .. } => return,
            Claim::In { container, .. } => {
                let container = model.names.containers.find(&container.it);
                return container.into_iter().for_each(|container| self.mark("container", container));
            }
        };
        if let Some(item) = model.item_named(&target.category.it, None) {
            self.item(model, item);
        }
        let recipient = recipient.and_then(|recipient| model.names.recipients.find(&recipient.it));
        recipient.into_iter().for_each(|recipient| self.mark("recipient", recipient));
    }

    fn entry(&mut self, entry: Entry) {
        if let Entry::Group(group) = entry {
            self.mark("group", group);
        }
    }
}

fn used(context: &Context<'_>) -> Used {
    let model = context.model();
    let mut used = Used::default();
    for (_, condition, _) in context.conditions() {
        model.conditions.any(condition, &mut |part| {
            let mut reading = |reading: &crate::model::Reading| match reading.what {
                What::Parameter(parameter) => _ = used.parameters.insert(parameter),
                What::Presence(field) => used.mark("category", model.fields[field].category),
                What::Network | What::Site | What::Mode => {}
            };
            match part {
                Condition::Compare(of, ..) | Condition::OneOf(of, _) => reading(of),
                Condition::CompareReadings(left, _, right) => {
                    reading(left);
                    reading(right);
                }
                Condition::InContainer(_, containers) => containers.iter().for_each(|id| used.mark("container", id)),
                Condition::InGroup(_, group) => used.mark("group", *group),
                _ => {}
            }
            false
        });
    }
    for (id, container) in model.containers.iter() {
        container.holds.keys().for_each(|category| used.mark("category", *category));
        if container.number == 0 {
            used.mark("container", id);
        }
    }
    for guard in model.guards.values() {
        guard.categories.iter().for_each(|category| used.mark("category", *category));
        guard.fields.iter().for_each(|field| used.mark("category", model.fields[*field].category));
    }
    for feature in model.features.values() {
        for line in &feature.discloses {
            used.mark("recipient", line.to);
            if let Some(item) = line.item {
                used.item(model, item);
            }
        }
        for line in &feature.stores {
            used.mark("place", line.at);
            used.item(model, line.item);
            if let Some(Retention::Setting(_, parameter)) = &line.retention {
                used.parameters.insert(*parameter);
            }
        }
    }
    for recipient in model.recipients.values() {
        if let Some(RecipientIs::Group(group)) = &recipient.is {
            used.mark("group", *group);
        }
    }
    for clause in model.invariants.iter().flat_map(|invariant| &invariant.tree.clauses) {
        used.claim(model, &clause.it.claim);
    }
    for rule in model.manifest_rules.values() {
        rule.allowed.iter().chain(rule.default).for_each(|container| used.mark("container", container));
    }
    let granted = model.memberships.values().flat_map(|membership| membership.grants.iter().copied());
    for (container, entry, _) in granted.chain(model.users.values().flat_map(|user| user.entries.iter())) {
        used.mark("container", container);
        used.entry(entry);
    }
    for group in model.groups.values() {
        group.groups.iter().for_each(|(inner, _)| used.mark("group", *inner));
    }
    model.users.values().flat_map(|user| user.objects.iter().flatten()).for_each(|object| used.mark("object", *object));
    used
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let used = used(context);
    let mut unused = |kind: &str, name: &str, span: Span, what: &str, whole: bool| {
        if !context.is_own(span) {
            return;
        }
        let finding = findings.finding(format!("the {kind} `{name}` is never used")).at(span, what);
        let removal = context.item(span).filter(|_| whole).map(|item| whole_item(context.sources(), item));
        findings.push_with(finding, removal.map(|span| edit::fix(format!("remove the {kind}"), span, "")));
    };
    let mut declared = |kind: &str, declared: &Declared, what: &str, whole: bool| {
        unused(kind, &declared.name, declared.span, what, whole);
    };
    for (_, category) in model.categories.iter().filter(|(id, _)| !used.has("category", *id)) {
        declared("category", &category.declared, "no container holds it, and no feature names it", false);
    }
    let entries_known = !model.users.is_empty() || !model.memberships.is_empty();
    for (_, container) in model.containers.iter().filter(|(id, _)| entries_known && !used.has("container", *id)) {
        declared("container", &container.declared, "no entry can stand here", true);
    }
    for (_, recipient) in model.recipients.iter().filter(|(id, _)| !used.has("recipient", *id)) {
        if recipient.declared.name != "hoster" {
            declared("recipient", &recipient.declared, "nothing is disclosed to it", true);
        }
    }
    for (_, data) in model.data.iter().filter(|(id, _)| !used.has("data", *id)) {
        declared("data", &data.declared, "no feature names it", true);
    }
    for (_, place) in model.places.iter().filter(|(id, _)| !used.has("place", *id)) {
        declared("place", &place.declared, "nothing is stored there", true);
    }
    for (id, parameter) in model.parameters.iter() {
        // What somebody is in a meeting is asked by recipients and questions too.
        let is_role = parameter.declared.name == "role" && matches!(parameter.belongs_to, ParameterOf::Attribute(_));
        if !used.parameters.contains(&id) && !is_role {
            let kind = if matches!(parameter.belongs_to, ParameterOf::Setting(_)) { "setting" } else { "attribute" };
            declared(kind, &parameter.declared, "nothing reads it", false);
        }
    }
    for (_, group) in model.groups.iter().filter(|(id, _)| !used.has("group", *id)) {
        unused("group", &group.name, group.span, "nothing asks for it", false);
    }
    for (id, object) in model.objects.iter() {
        if let Scope::Tag(_) = object.scope
            && !model.users.is_empty()
            && !used.has("object", id)
        {
            let name = Node::Object(id).name(model);
            unused("policy", &name, object.span, "nobody is granted it", true);
        }
    }
}
