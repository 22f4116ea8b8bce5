//! The kinds of slips that are tried.

/// The kinds, each with its name and what it does: written once, so that none can lack either.
macro_rules! operators {
    ($($(#[$about:meta])* $variant:ident = $name:literal, $summary:literal;)*) => {
        /// A kind of slip: what an author may get wrong in one place.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Operator {
            $($(#[$about])* $variant,)*
        }

        impl Operator {
            /// Every kind, in order.
            pub const ALL: &[Operator] = &[$(Operator::$variant),*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Operator::$variant => $name,)*
                }
            }

            /// What it does, in a few words.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Operator::$variant => $summary,)*
                }
            }
        }
    };
}

operators! {
    /// A rule is missing.
    Rule = "rule", "leave a rule out";
    /// `allow` and `deny` are confused.
    Effect = "effect", "confuse `allow` and `deny`";
    /// A part of a condition is missing.
    Condition = "condition", "leave a part of a condition out";
    /// A part of a condition says the opposite.
    Negation = "negation", "turn a part of a condition into its opposite";
    /// `when` and `unless` are confused.
    Circumstance = "circumstance", "confuse `when` and `unless`";
    /// `otherwise` is the other word.
    Otherwise = "otherwise", "confuse `otherwise available` and `otherwise unavailable`";
    /// A required feature is missing.
    Requires = "requires", "leave a required feature out";
    /// A field is not published.
    Unpublished = "unpublished", "leave a published field out";
    /// A field is published too.
    Published = "published", "publish a field that is not published";
    /// A `withholds` is missing.
    Withholds = "withholds", "leave a `withholds` out";
    /// A mask is missing.
    Mask = "mask", "leave a mask out";
    /// A `shows` is missing.
    Shows = "shows", "leave a `shows` out";
    /// A flag of a container is missing.
    Flag = "flag", "leave a flag of a container out";
    /// A membership grants an entry less.
    Grant = "grant", "leave an entry of a membership out";
    /// A rule of a manifest is missing.
    ManifestRule = "manifest-rule", "leave a rule of a manifest out";
    /// A `from` of a manifest is missing.
    From = "from", "leave a `from` of a manifest out";
    /// A manifest lets entries stand elsewhere.
    Place = "place", "let a manifest allow entries in another place";
    /// A manifest adds an entry elsewhere, or none.
    Default = "default", "let a manifest add an entry elsewhere, or none";
    /// A manifest does something else with what may not stand.
    Remedy = "remedy", "let a manifest do something else with what may not stand";
    /// A manifest asks for another number of entries.
    Cardinality = "cardinality", "let a manifest ask for another number of entries";
    /// Two manifests are asked the other way round.
    Order = "order", "swap the order of two manifests";
    /// A setting or an attribute has another default.
    ParameterDefault = "parameter-default", "declare another default";
    /// A policy object sets something else.
    Value = "value", "let a policy object set another value";
    /// A policy object leaves something out.
    Unset = "unset", "leave a setting of a policy object out";
    /// A disclosure is missing, or a part of it.
    Disclosure = "disclosure", "leave a disclosure out, or a part of it";
    /// A disclosure goes to somebody else.
    Recipient = "recipient", "disclose to somebody else";
    /// A storage is missing, or a part of it.
    Storage = "storage", "leave a storage out, or a part of it";
    /// `resolve` says the other thing.
    Resolution = "resolution", "confuse the two ways to `resolve`";
}
