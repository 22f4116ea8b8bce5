//! The kinds of slips that are tried.

/// A kind of slip: what an author may get wrong in one place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Operator {
    /// A rule is missing.
    Rule,
    /// `allow` and `deny` are confused.
    Effect,
    /// A part of a condition is missing.
    Condition,
    /// A part of a condition says the opposite.
    Negation,
    /// `when` and `unless` are confused.
    Circumstance,
    /// `otherwise` is the other word.
    Otherwise,
    /// A required feature is missing.
    Requires,
    /// A field is not published.
    Unpublished,
    /// A field is published too.
    Published,
    /// A `withholds` is missing.
    Withholds,
    /// A mask is missing.
    Mask,
    /// A `shows` is missing.
    Shows,
    /// A flag of a container is missing.
    Flag,
    /// A membership grants an entry less.
    Grant,
    /// A rule of a manifest is missing.
    ManifestRule,
    /// A `from` of a manifest is missing.
    From,
    /// A manifest lets entries stand elsewhere.
    Place,
    /// A manifest adds an entry elsewhere, or none.
    Default,
    /// A manifest does something else with what may not stand.
    Remedy,
    /// A manifest asks for another number of entries.
    Cardinality,
    /// Two manifests are asked the other way round.
    Order,
    /// A setting or an attribute has another default.
    ParameterDefault,
    /// A policy object sets something else.
    Value,
    /// A policy object leaves something out.
    Unset,
    /// A disclosure is missing, or a part of it.
    Disclosure,
    /// A disclosure goes to somebody else.
    Recipient,
    /// A storage is missing, or a part of it.
    Storage,
    /// `resolve` says the other thing.
    Resolution,
}

impl Operator {
    /// Every kind, in order.
    pub const ALL: [Operator; 28] = [
        Operator::Rule,
        Operator::Effect,
        Operator::Condition,
        Operator::Negation,
        Operator::Circumstance,
        Operator::Otherwise,
        Operator::Requires,
        Operator::Unpublished,
        Operator::Published,
        Operator::Withholds,
        Operator::Mask,
        Operator::Shows,
        Operator::Flag,
        Operator::Grant,
        Operator::ManifestRule,
        Operator::From,
        Operator::Place,
        Operator::Default,
        Operator::Remedy,
        Operator::Cardinality,
        Operator::Order,
        Operator::ParameterDefault,
        Operator::Value,
        Operator::Unset,
        Operator::Disclosure,
        Operator::Recipient,
        Operator::Storage,
        Operator::Resolution,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Operator::Rule => "rule",
            Operator::Effect => "effect",
            Operator::Condition => "condition",
            Operator::Negation => "negation",
            Operator::Circumstance => "circumstance",
            Operator::Otherwise => "otherwise",
            Operator::Requires => "requires",
            Operator::Unpublished => "unpublished",
            Operator::Published => "published",
            Operator::Withholds => "withholds",
            Operator::Mask => "mask",
            Operator::Shows => "shows",
            Operator::Flag => "flag",
            Operator::Grant => "grant",
            Operator::ManifestRule => "manifest-rule",
            Operator::From => "from",
            Operator::Place => "place",
            Operator::Default => "default",
            Operator::Remedy => "remedy",
            Operator::Cardinality => "cardinality",
            Operator::Order => "order",
            Operator::ParameterDefault => "parameter-default",
            Operator::Value => "value",
            Operator::Unset => "unset",
            Operator::Disclosure => "disclosure",
            Operator::Recipient => "recipient",
            Operator::Storage => "storage",
            Operator::Resolution => "resolution",
        }
    }

    /// What it does, in a few words.
    pub fn summary(self) -> &'static str {
        match self {
            Operator::Rule => "leave a rule out",
            Operator::Effect => "confuse `allow` and `deny`",
            Operator::Condition => "leave a part of a condition out",
            Operator::Negation => "turn a part of a condition into its opposite",
            Operator::Circumstance => "confuse `when` and `unless`",
            Operator::Otherwise => "confuse `otherwise available` and `otherwise unavailable`",
            Operator::Requires => "leave a required feature out",
            Operator::Unpublished => "leave a published field out",
            Operator::Published => "publish a field that is not published",
            Operator::Withholds => "leave a `withholds` out",
            Operator::Mask => "leave a mask out",
            Operator::Shows => "leave a `shows` out",
            Operator::Flag => "leave a flag of a container out",
            Operator::Grant => "leave an entry of a membership out",
            Operator::ManifestRule => "leave a rule of a manifest out",
            Operator::From => "leave a `from` of a manifest out",
            Operator::Place => "let a manifest allow entries in another place",
            Operator::Default => "let a manifest add an entry elsewhere, or none",
            Operator::Remedy => "let a manifest do something else with what may not stand",
            Operator::Cardinality => "let a manifest ask for another number of entries",
            Operator::Order => "swap the order of two manifests",
            Operator::ParameterDefault => "declare another default",
            Operator::Value => "let a policy object set another value",
            Operator::Unset => "leave a setting of a policy object out",
            Operator::Disclosure => "leave a disclosure out, or a part of it",
            Operator::Recipient => "disclose to somebody else",
            Operator::Storage => "leave a storage out, or a part of it",
            Operator::Resolution => "confuse the two ways to `resolve`",
        }
    }
}
