//! Values as written to values of a kind.

use super::Linking;
use crate::diagnostic::code;
use crate::directory::Scalar;
use crate::language::ast::{Literal, Name};
use crate::language::{Code, Diagnostic, Span, Spanned};
use crate::model::{Network, Value, ValueType};
use crate::text::listed;

impl Linking {
    /// The value a literal means as this kind, or a diagnostic at its place.
    pub(super) fn value(&mut self, kind: &ValueType, literal: &Spanned<Literal>) -> Option<Value> {
        let found = match (kind, &literal.it) {
            (ValueType::Bool, Literal::Bool(truth)) => Some(Value::from(*truth)),
            (ValueType::Range(low, high), Literal::Integer(number)) => {
                (low..=high).contains(&number).then_some(Value(*number))
            }
            (_, Literal::Word(word)) | (ValueType::Text | ValueType::Site, Literal::Text(word)) => {
                self.word(kind, &Spanned::new(word.clone(), literal.span))
            }
            _ => None,
        };
        if found.is_none() && !self.quotes_only(kind, literal) {
            let written = spell(&literal.it);
            self.not_of_kind(kind, &written, literal.span, code::UNKNOWN_VALUE);
        }
        found
    }

    /// Whether only its quotes keep a literal from being a value of the kind, or the lack of them; then that is
    /// reported.
    fn quotes_only(&mut self, kind: &ValueType, literal: &Spanned<Literal>) -> bool {
        let (message, help, text) = match (kind, &literal.it) {
            (ValueType::Text, Literal::Bool(_) | Literal::Integer(_)) => {
                let written = spell(&literal.it);
                (format!("`{written}` is no text"), "put it in double quotes", format!("\"{written}\""))
            }
            (_, Literal::Text(word)) if self.reads(kind, word, literal.span) => {
                (format!("`\"{word}\"` is a text, not a value"), "take the quotes away", word.clone())
            }
            _ => return false,
        };
        let diagnostic = Diagnostic::new(code::UNKNOWN_VALUE, message).at(literal.span, expected(&kind.describe()));
        self.sink.push(diagnostic.help(help).fix(help, literal.span, text));
        true
    }

    /// Whether a bare word or number is a value of the kind.
    fn reads(&mut self, kind: &ValueType, word: &str, span: Span) -> bool {
        match kind {
            ValueType::Bool => matches!(word, "true" | "false"),
            ValueType::Range(low, high) => word.parse::<i64>().is_ok_and(|number| (*low..=*high).contains(&number)),
            _ => self.word(kind, &Spanned::new(word.to_owned(), span)).is_some(),
        }
    }

    /// The value a scalar of the directory means as this kind. A blank is inherited: no value, no diagnostic.
    pub(super) fn scalar(&mut self, kind: &ValueType, scalar: &Spanned<Scalar>) -> Option<Value> {
        let found = match (kind, &scalar.it) {
            (_, Scalar::Blank) => return None,
            (ValueType::Bool, Scalar::Bool(truth)) => Some(Value::from(*truth)),
            (ValueType::Range(low, high), Scalar::Integer(number)) => {
                (low..=high).contains(&number).then_some(Value(*number))
            }
            // In a directory even `true` and 12 are texts where a text is asked for.
            (ValueType::Text, Scalar::Bool(truth)) => self.word(kind, &Spanned::new(truth.to_string(), scalar.span)),
            (ValueType::Text, Scalar::Integer(number)) => {
                self.word(kind, &Spanned::new(number.to_string(), scalar.span))
            }
            (_, Scalar::Text(text)) => self.word(kind, &Spanned::new(text.clone(), scalar.span)),
            _ => None,
        };
        if found.is_none() {
            let written = match &scalar.it {
                Scalar::Bool(truth) => truth.to_string(),
                Scalar::Integer(number) => number.to_string(),
                Scalar::Text(text) => text.clone(),
                Scalar::Blank => String::new(),
            };
            self.not_of_kind(kind, &written, scalar.span, code::BAD_VALUE);
        }
        found
    }

    /// A word as a value.
    fn word(&mut self, kind: &ValueType, name: &Name) -> Option<Value> {
        let word = name.it.as_str();
        match kind {
            ValueType::Enumeration(values) => values.find(word),
            ValueType::Text => Some(Value(self.model.texts.insert_full(word.to_owned()).0 as i64)),
            ValueType::Network => Network::named(word).map(Network::value),
            ValueType::Site => self.site(name).map(|site| Value::site(Some(site))),
            ValueType::Manifest => self.model.names.manifests.find(word).map(Value::manifest),
            ValueType::Bool | ValueType::Range(..) => None,
        }
    }

    fn not_of_kind(&mut self, kind: &ValueType, written: &str, span: Span, code: Code) {
        let candidates: Vec<String> = match kind {
            ValueType::Enumeration(values) => values.to_vec(),
            ValueType::Network => Network::ALL.map(|network| network.name().to_owned()).to_vec(),
            ValueType::Site => self.model.names.sites.spellings().map(str::to_owned).collect(),
            ValueType::Manifest => self.model.names.manifests.spellings().map(str::to_owned).collect(),
            ValueType::Bool => vec!["true".to_owned(), "false".to_owned()],
            ValueType::Range(..) | ValueType::Text => Vec::new(),
        };
        let near = self.guesses.nearest("value", written, candidates.iter().map(String::as_str));
        let wanted = match kind {
            ValueType::Site => "a site of the directory".to_owned(),
            ValueType::Manifest if candidates.is_empty() => "a manifest, and this set has none".to_owned(),
            ValueType::Manifest => format!("a manifest: {}", listed(candidates.iter().map(String::as_str))),
            _ => kind.describe(),
        };
        let diagnostic = Diagnostic::new(code, format!("`{written}` is not a value here")).at(span, expected(&wanted));
        self.sink.push(match near {
            Some(_) => diagnostic.suggest(near),
            None => diagnostic.help(format!("give {wanted}")),
        });
    }
}

/// What a label says was expected. A label stands on one line, so a long list is left to the help.
fn expected(wanted: &str) -> String {
    if wanted.len() <= 60 { format!("expected {wanted}") } else { "none of the values it can have".to_owned() }
}

fn spell(literal: &Literal) -> String {
    match literal {
        Literal::Word(word) => word.clone(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
    }
}
