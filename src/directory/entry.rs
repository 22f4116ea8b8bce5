//! Membership entries, group members and values as texts.

use std::fmt;

use super::{Address, Domain, Entry, Member, Scalar};

/// A text that is not what it has to be.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// It is not of the form `name@domain`.
    Address(String),
    /// It is no domain name.
    Domain(String),
    /// It is no membership entry.
    Entry(String),
}

impl Malformed {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Malformed::Address(text) | Malformed::Domain(text) | Malformed::Entry(text) => text,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Malformed::Address(text) => write!(f, "`{text}` is not an address"),
            Malformed::Domain(text) => write!(f, "`{text}` is not a domain name"),
            Malformed::Entry(text) => write!(f, "`{text}` is not a membership entry"),
        }
    }
}

/// As it is displayed: a program whose `main` returns it prints this, and so does `unwrap`.
impl fmt::Debug for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Malformed {}

impl Entry {
    /// The entries that are a single word.
    pub(super) const WORDS: [&str; 5] = ["same_enterprise", "federated", "public_cloud", "authenticated", "everyone"];

    /// What may stand before a `:`.
    pub(super) const TYPES: [&str; 3] = ["user", "group", "domain"];

    /// Reads an entry as the directory writes it: `user:URI` or a bare address, `group:NAME`, `domain:NAME`,
    /// `same_enterprise`, `federated`, `public_cloud`, `authenticated`, `everyone`.
    pub fn parse(text: &str) -> Result<Entry, Malformed> {
        Entry::parse_with(text, parse_address)
    }

    /// The same, with addresses read by a function.
    pub(super) fn parse_with<'t>(
        text: &'t str,
        parse_address: impl FnOnce(&'t str) -> Result<Address, Malformed>,
    ) -> Result<Entry, Malformed> {
        let text = text.trim();
        // Almost all entries are about people.
        if let Some(address) = text.strip_prefix("user:") {
            return Ok(Entry::User(parse_address(address)?));
        }
        Ok(match text {
            "same_enterprise" => Entry::SameEnterprise,
            "federated" => Entry::Federated,
            "public_cloud" => Entry::PublicCloud,
            "authenticated" => Entry::Authenticated,
            "everyone" => Entry::Everyone,
            _ => match text.split_once(':') {
                Some(("domain", domain)) => Entry::Domain(parse_domain(domain)?),
                Some(("group", name)) if !name.trim().is_empty() => Entry::Group(name.trim().to_owned()),
                // Only `sip:` may stand before an address: `usr:bob@contoso.com` is a misspelt type.
                None if text.contains('@') => Entry::User(parse_address(text)?),
                Some((scheme, _)) if scheme.eq_ignore_ascii_case("sip") => Entry::User(parse_address(text)?),
                _ => return Err(Malformed::Entry(text.to_owned())),
            },
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Entry::User(address) => write!(f, "user:{address}"),
            Entry::Group(name) => write!(f, "group:{name}"),
            Entry::Domain(domain) => write!(f, "domain:{domain}"),
            Entry::SameEnterprise => f.write_str("same_enterprise"),
            Entry::Federated => f.write_str("federated"),
            Entry::PublicCloud => f.write_str("public_cloud"),
            Entry::Authenticated => f.write_str("authenticated"),
            Entry::Everyone => f.write_str("everyone"),
        }
    }
}

impl Member {
    /// Reads a member of a group: an address, or `group:NAME`.
    pub fn parse(text: &str) -> Result<Member, Malformed> {
        match Entry::parse(text) {
            Ok(Entry::User(address)) => Ok(Member::Person(address)),
            Ok(Entry::Group(name)) => Ok(Member::Group(name)),
            Err(Malformed::Address(text)) => Err(Malformed::Address(text)),
            _ => Err(Malformed::Address(text.trim().to_owned())),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Member::Person(address) => write!(f, "{address}"),
            Member::Group(name) => write!(f, "group:{name}"),
        }
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Scalar {
        Scalar::Bool(value)
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Scalar {
        Scalar::Integer(value)
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Scalar {
        Scalar::Text(value.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(value: String) -> Scalar {
        Scalar::Text(value)
    }
}

pub(super) fn parse_address(text: &str) -> Result<Address, Malformed> {
    Address::parse(text).ok_or_else(|| Malformed::Address(text.trim().to_owned()))
}

pub(super) fn parse_domain(text: &str) -> Result<Domain, Malformed> {
    Domain::parse(text).ok_or_else(|| Malformed::Domain(text.trim().to_owned()))
}
