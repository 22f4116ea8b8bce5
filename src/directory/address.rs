//! Addresses and domains in their canonical form: compared without case, without `sip:`, domains by A-label.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A domain name in canonical form: lower case, A-labels, no final dot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Domain(String);

/// An address in canonical form: `name@domain`, lower case, no scheme. Copies share their text: one person stands in
/// the lists of hundreds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Address(Arc<str>);

/// Where the text lies that copies of an address share: compared faster than what it says. It lives no longer than an
/// address that holds the text, so nothing else can come to lie there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Identity<'a> {
    at: usize,
    borrowed: PhantomData<&'a Address>,
}

// Maps of addresses and domains can be asked with a text in canonical form.
impl Borrow<str> for Address {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Domain {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Domain {
    /// The longest text that names a domain, in bytes: 253 letters, of which each may be written with four.
    pub(crate) const LONGEST: usize = 4 * 253;

    /// Reads a domain name; None if it is none.
    pub fn parse(text: &str) -> Option<Domain> {
        let text = text.trim();
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.len() > Domain::LONGEST {
            return None;
        }
        let plain = |text: &str| {
            text.split('.').all(|label| {
                let bytes = label.as_bytes();
                (1..=63).contains(&bytes.len())
                    && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
                    && bytes.first() != Some(&b'-')
                    && bytes.last() != Some(&b'-')
            })
        };
        let lower = text.to_ascii_lowercase();
        let encoded = || lower.split('.').any(|label| label.starts_with("xn--"));
        let ascii = if lower.is_ascii() && !encoded() { lower } else { idna::domain_to_ascii(text).ok()? };
        (ascii.len() <= 253 && plain(&ascii)).then_some(Domain(ascii))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as people read it, without A-labels.
    pub fn readable(&self) -> String {
        idna::domain_to_unicode(&self.0).0
    }

    /// The domain above this one.
    pub fn parent(&self) -> Option<Domain> {
        self.0.split_once('.').map(|(_, above)| Domain(above.to_owned()))
    }
}

impl Address {
    /// Reads an address; None if it is not of the form `name@domain`.
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim();
        let bare = match text.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("sip:") => text.get(4..)?,
            _ => text,
        };
        let (local, domain) = bare.rsplit_once('@')?;
        let domain = Domain::parse(domain)?;
        let forbidden = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | '"' | ',' | ':' | ';' | '(' | ')')
        };
        if local.is_empty() || local.chars().any(forbidden) {
            return None;
        }
        let mut text = String::with_capacity(bare.len());
        if local.is_ascii() {
            text.push_str(local);
            text.make_ascii_lowercase();
        } else {
            text.push_str(&local.to_lowercase());
        }
        text.push('@');
        text.push_str(&domain.0);
        Some(Address(text.into()))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as people read it, without A-labels.
    pub fn readable(&self) -> String {
        format!("{}@{}", self.local(), self.domain().readable())
    }

    /// The same address with a text of its own, which lies with those made about the same time.
    pub(crate) fn apart(&self) -> Address {
        Address(Arc::from(&*self.0))
    }

    /// Equal ones are of the same address; those of equal addresses may differ.
    pub(crate) fn identity(&self) -> Identity<'_> {
        Identity { at: self.0.as_ptr().addr(), borrowed: PhantomData }
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> Domain {
        Domain(self.0.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned())
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_in_one_form() {
        let form = |text: &str| Address::parse(text).map(|address| address.to_string());
        assert_eq!(form("SIP:Bob@Contoso.COM").as_deref(), Some("bob@contoso.com"));
        assert_eq!(form("bob@bücher.example").as_deref(), Some("bob@xn--bcher-kva.example"));
        assert_eq!(form("bob@XN--BCHER-KVA.example"), form("bob@BÜCHER.example"));
        assert_eq!(form(&format!("bob@{}de", "a.".repeat(125))).map(|address| address.len()), Some(256));
        assert_eq!(form(&format!("bob@{}info", "a.".repeat(125))), None);
        for wrong in ["bob", "@contoso.com", "bob@", "b b@contoso.com", "bob@con..com", "a@b@c.de", "bob@-x.de"] {
            assert_eq!(form(wrong), None, "{wrong}");
        }
    }
}
