//! What is wrong with a text that is not YAML, said about the text and not about the parser.

use super::granit::ErrorKind;

use crate::language::{Diagnostic, Span};

/// The diagnostic with message, place and help for what the parser says.
pub(super) fn explain(mut diagnostic: Diagnostic, kind: &ErrorKind, span: Span) -> Diagnostic {
    let (message, help) = words(kind);
    diagnostic.message = message;
    let diagnostic = diagnostic.at(span, "");
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// True if a tab is what is wrong.
pub(super) fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

fn words(kind: &ErrorKind) -> (String, Option<&'static str>) {
    let (message, help) = match kind {
        kind if is_tab(kind) => ("a tab where YAML wants spaces", Some("indent with spaces")),
        ErrorKind::UnknownAnchor => ("an alias of an anchor that does not exist", Some("define it before with `&`")),
        ErrorKind::RecursionLimitExceeded => ("nesting that is too deep", None),
        ErrorKind::UnclosedQuotedScalar => ("a quote that is never closed", Some("close the quote")),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => {
            ("an escape that YAML does not have", Some("double the backslash, or use single quotes"))
        }
        ErrorKind::MappingValueNotAllowed => {
            ("a `:` where no key can stand", Some("put the text in quotes, or check the indentation"))
        }
        ErrorKind::MappingKeyNotAllowed | ErrorKind::ExpectedBlockMappingKey => {
            ("something that is not a key of the mapping around it", Some("check the indentation"))
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("a key without a `:`", Some("write `key: value`"))
        }
        ErrorKind::InvalidIndentation => ("indentation that fits nothing above", Some("check the indentation")),
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::BlockSequenceEntryNotAllowed => {
            ("a list whose entries do not line up", Some("start each entry with `- ` in the same column"))
        }
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::ExpectedFlowSequenceSeparator => {
            ("a list without a `,` or `]` here", Some("add the missing `,` or `]`"))
        }
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator => {
            ("a mapping without a `,` or `}` here", Some("add the missing `,` or `}`"))
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            return (format!("a `{open}` that is never closed"), Some("close it"));
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("a `{open}` closed by `{close}`"), Some("close it with its own bracket"));
        }
        ErrorKind::MisplacedFlowCollectionEnd => ("a closing bracket without an opening one", Some("remove it")),
        ErrorKind::UnexpectedCharacter { character } => {
            return (format!("a text cannot start with `{character}`"), Some("put the text in quotes"));
        }
        other => return (format!("text that is not YAML: {other}"), None),
    };
    (message.to_owned(), help)
}
