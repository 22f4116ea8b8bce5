//! Names and texts as policies write them.

/// A name: quoted if it is no plain word.
pub(crate) fn name(name: &str) -> String {
    const RESERVED: [&str; 9] = ["and", "or", "not", "in", "when", "unless", "as", "true", "false"];
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if starts && plain && !RESERVED.contains(&name) { name.to_owned() } else { text(name) }
}

/// An address or a domain: quoted if it has rare letters.
pub(crate) fn address(address: &str) -> String {
    if is_plain_address(address) { address.to_owned() } else { text(address) }
}

/// True if an address or a domain needs no quotes.
pub(crate) fn is_plain_address(address: &str) -> bool {
    address.chars().all(|letter| letter.is_alphanumeric() || "@._-+".contains(letter))
}

/// A text in quotes.
pub(crate) fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
