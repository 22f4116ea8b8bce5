//! Whether every id in a model names something in it. To know all of them, whatever a model may come to have, this goes
//! the way of storing: each id passes by with the name of its type.

use std::fmt::{self, Display};

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::super::Model;

/// True if every id names something.
pub(super) fn are_known(model: &Model) -> bool {
    model.serialize(Ids { model, next: Next::Anything }).is_ok()
}

/// Looks at what would be written, and writes nothing.
#[derive(Clone, Copy)]
struct Ids<'m> {
    model: &'m Model,
    next: Next,
}

/// What the next number has to be.
#[derive(Clone, Copy)]
enum Next {
    Anything,
    /// Counted from one, and no more than so many.
    UpTo(usize),
    /// Bits for as many things as there are.
    Bits(usize),
}

impl Next {
    fn fits(self, number: u64) -> Result<(), Unknown> {
        let fits = match self {
            Next::Anything => true,
            Next::UpTo(count) => (1..=count as u64).contains(&number),
            Next::Bits(count) => count >= 64 || number >> count == 0,
        };
        if fits { Ok(()) } else { Err(Unknown) }
    }
}

/// How many of a kind there are, by the name of the type that names one.
fn of_type(name: &str, model: &Model) -> Next {
    Next::UpTo(match name {
        "CategoryId" => model.categories.len(),
        "FieldId" => model.fields.len(),
        "ContainerId" => model.containers.len(),
        "ManifestId" => model.manifests.len(),
        "ManifestRuleId" => model.manifest_rules.len(),
        "MembershipId" => model.memberships.len(),
        "ClassId" => model.classes.len(),
        "ParameterId" => model.parameters.len(),
        "ObjectId" => model.objects.len(),
        "ConditionId" => model.conditions.iter().len(),
        "RuleId" => model.rules.len(),
        "GuardId" => model.guards.len(),
        "FeatureId" => model.features.len(),
        "RecipientId" => model.recipients.len(),
        "PlaceId" => model.places.len(),
        "DataId" => model.data.len(),
        "PersonId" => model.people.len(),
        "UserId" => model.users.len(),
        "DomainId" => model.domains.len(),
        "GroupId" => model.groups.len(),
        "SiteId" => model.sites.len(),
        "MeetingId" => model.meetings.len(),
        "Containers" => return Next::Bits(model.containers.len()),
        // An id that nobody has entered here names nothing, so that no test passes with one.
        id if id.ends_with("Id") => 0,
        _ => return Next::Anything,
    })
}

/// Something is named that is not there.
#[derive(Debug)]
struct Unknown;

impl Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("something is named that is not there")
    }
}

impl std::error::Error for Unknown {}

impl serde::ser::Error for Unknown {
    fn custom<T: Display>(_: T) -> Unknown {
        Unknown
    }
}

/// What can name nothing.
macro_rules! passed {
    ($($method:ident($($of:ty),*))*) => {$(
        #[inline]
        fn $method(self, $(_: $of),*) -> Result<(), Unknown> {
            Ok(())
        }
    )*};
}

/// What has parts, each of which is looked at.
macro_rules! parts {
    ($($method:ident($($of:ty),*) -> $parts:ident)*) => {$(
        type $parts = Self;
        #[inline]
        fn $method(self, $(_: $of),*) -> Result<Self, Unknown> {
            Ok(self)
        }
    )*};
}

impl<'m> Serializer for Ids<'m> {
    type Ok = ();
    type Error = Unknown;

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, of: &T) -> Result<(), Unknown> {
        of.serialize(Ids { next: of_type(name, self.model), ..self })
    }

    #[inline]
    fn serialize_u32(self, number: u32) -> Result<(), Unknown> {
        self.next.fits(number.into())
    }

    #[inline]
    fn serialize_u64(self, number: u64) -> Result<(), Unknown> {
        self.next.fits(number)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, of: &T) -> Result<(), Unknown> {
        of.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        it: &T,
    ) -> Result<(), Unknown> {
        it.serialize(self)
    }

    passed! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_u8(u8)
        serialize_u16(u16) serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_str(&str)
        serialize_bytes(&[u8]) serialize_none() serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    parts! {
        serialize_seq(Option<usize>) -> SerializeSeq
        serialize_tuple(usize) -> SerializeTuple
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant
        serialize_map(Option<usize>) -> SerializeMap
        serialize_struct(&'static str, usize) -> SerializeStruct
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant
    }
}

/// One way to have parts.
macro_rules! looked_at {
    ($($parts:ident: $($method:ident($($name:ty)?))*;)*) => {$(
        impl $parts for Ids<'_> {
            type Ok = ();
            type Error = Unknown;
            $(
                #[inline]
                fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? of: &T) -> Result<(), Unknown> {
                    of.serialize(*self)
                }
            )*
            #[inline]
            fn end(self) -> Result<(), Unknown> {
                Ok(())
            }
        }
    )*};
}

looked_at! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key() serialize_value();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}
