//! Clients that do not know privacy mode. They show people who are in it to whoever looks through one; and when
//! somebody who is in it signs in with one, it puts their entries for everybody back. So once anybody is in privacy
//! mode, everybody's client counts.

use crate::language::Span;
use crate::language::ast::Role;
use crate::model::{Model, ObjectId, Parameter, ParameterId, ParameterOf, UserId, Value, ValueType};

/// Clients of this family do not know privacy mode.
const OLD: &str = "communicator_2007";

/// The attribute of users that says which client somebody uses.
const CLIENT: &str = "client";

/// The setting that says which clients are let in.
const OLDEST: &str = "OldestClient";

/// What a set says about clients. The words are those of the vendor: the attribute `client` of users, the setting
/// `OldestClient`. A set without them says nothing about clients.
#[derive(Clone, Copy, Debug)]
pub struct Legacy<'m> {
    model: &'m Model,
    client: Option<ParameterId>,
    oldest: Option<ParameterId>,
}

/// A policy that lets clients sign in which do not know privacy mode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Admitting {
    /// The policy object; None is the declared default.
    pub object: Option<ObjectId>,
    /// The oldest client it lets in.
    pub oldest: String,
    /// Where it says so.
    pub span: Option<Span>,
    /// For whom, sorted.
    pub users: Vec<UserId>,
}

/// What is assumed of users of whom no client is recorded: the attribute's default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumed {
    /// The users, sorted.
    pub users: Vec<UserId>,
    /// The client.
    pub client: String,
    /// Where the attribute is declared.
    pub span: Span,
    /// Whether it does not know privacy mode.
    pub old: bool,
}

impl Assumed {
    /// "5 clients not recorded, lync_2013 is assumed"
    pub fn words(&self) -> String {
        let count = self.users.len();
        let clients = if count == 1 { "client" } else { "clients" };
        format!("{count} {clients} not recorded, {} is assumed", self.client)
    }
}

impl<'m> Legacy<'m> {
    /// What this set says.
    pub fn new(model: &'m Model) -> Legacy<'m> {
        let named = |name: &str, of: fn(&ParameterOf) -> bool| {
            let fits = |it: &(ParameterId, &Parameter)| it.1.declared.name == name && of(&it.1.belongs_to);
            model.parameters.iter().find(fits).map(|(id, _)| id)
        };
        Legacy {
            model,
            client: named(CLIENT, |of| *of == ParameterOf::Attribute(Role::User)),
            oldest: named(OLDEST, |of| matches!(of, ParameterOf::Setting(_))),
        }
    }

    /// The attribute that says which client somebody uses.
    pub fn client(&self) -> Option<ParameterId> {
        self.client
    }

    /// The setting that says which clients are let in.
    pub fn oldest(&self) -> Option<ParameterId> {
        self.oldest
    }

    /// The names that this set would have to declare to say which clients there are, and which are let in.
    pub fn undeclared(&self) -> Vec<&'static str> {
        let names = [(CLIENT, self.client), (OLDEST, self.oldest)];
        names.into_iter().filter(|(_, declared)| declared.is_none()).map(|(name, _)| name).collect()
    }

    /// The client that somebody is recorded to use, with the place that says so, if it does not know privacy mode.
    pub fn used_by(&self, user: UserId) -> Option<(String, Span)> {
        let client = self.client?;
        let (value, span) = self.recorded(user)?;
        self.old(client, value).map(|name| (name, span))
    }

    /// Those of some users of whom no client is recorded, and what is assumed of them; None if there are none, or if
    /// the set says nothing about clients.
    pub fn assumed(&self, among: impl Iterator<Item = UserId>) -> Option<Assumed> {
        let client = self.client?;
        let declared = &self.model.parameters[client];
        let users: Vec<UserId> = among.filter(|user| self.recorded(*user).is_none()).collect();
        (!users.is_empty()).then(|| Assumed {
            users,
            client: self.model.value_name(&declared.kind, declared.default),
            span: declared.declared.span,
            old: self.old(client, declared.default).is_some(),
        })
    }

    /// What the directory says of somebody's client.
    fn recorded(&self, user: UserId) -> Option<(Value, Span)> {
        self.model.users[user].attribute(self.client?)
    }

    /// The policies that let anybody use such a client, each once.
    pub fn admitting(&self) -> Vec<Admitting> {
        let mut found: Vec<Admitting> = Vec::new();
        for user in self.model.users.ids() {
            let Some((object, oldest)) = self.admitted_by(user) else { continue };
            match found.iter_mut().find(|of| of.object == object) {
                Some(of) => of.users.push(user),
                None => {
                    let span = object.map(|object| self.said_at(object));
                    found.push(Admitting { object, oldest, span, users: vec![user] });
                }
            }
        }
        found
    }

    /// The object that lets somebody use such a client, and the oldest that it lets in. No object is the declared
    /// default; None if such clients are refused.
    pub fn admitted_by(&self, user: UserId) -> Option<(Option<ObjectId>, String)> {
        let parameter = &self.model.parameters[self.oldest?];
        let ParameterOf::Setting(class) = parameter.belongs_to else { return None };
        let object = self.model.object_for(class, Some(user));
        self.old(self.oldest?, self.model.value_in(object, parameter)).map(|name| (object, name))
    }

    /// Where an object says which clients are let in.
    fn said_at(&self, object: ObjectId) -> Span {
        let of = &self.model.objects[object];
        let slot = self.oldest.map(|oldest| self.model.parameters[oldest].slot);
        slot.and_then(|slot| of.set_at.get(slot).copied().flatten()).unwrap_or(of.span)
    }

    /// The name of a client that does not know privacy mode.
    fn old(&self, parameter: ParameterId, value: Value) -> Option<String> {
        let kind = &self.model.parameters[parameter].kind;
        let name = matches!(kind, ValueType::Enumeration(_)).then(|| self.model.value_name(kind, value))?;
        name.starts_with(OLD).then_some(name)
    }
}
