//! Names of one kind: declared once, looked up often, and the nearest one for "did you mean".

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::Id;
use crate::diagnostic::{Sink, code};
use crate::language::ast::Name;
use crate::language::{Code, Diagnostic, Near, Span};
use crate::text::{Guesses, listed};

/// A map by texts that others choose, asked with every question: fast, and seeded anew in each process.
pub type Fast<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// How names of a kind compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Case {
    /// Ours: letter by letter.
    Kept,
    /// The vendor's: without case.
    Folded,
}

/// The names of one kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Names<I> {
    /// For messages while names are found; what is kept has none left to find.
    #[serde(skip)]
    kind: &'static str,
    case: Case,
    declared: IndexMap<String, Declaration<I>, FxBuildHasher>,
    #[serde(skip)]
    guesses: Guesses,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Declaration<I> {
    id: I,
    /// As it was written; None if that is how it compares.
    spelt: Option<String>,
    span: Span,
}

impl<I: Id> Names<I> {
    /// Names that compare letter by letter. The kind is the word messages use.
    pub(crate) fn exact(kind: &'static str) -> Names<I> {
        Names::new(kind, Case::Kept)
    }

    /// Names that compare without case.
    pub(crate) fn folded(kind: &'static str) -> Names<I> {
        Names::new(kind, Case::Folded)
    }

    fn new(kind: &'static str, case: Case) -> Names<I> {
        Names { kind, case, declared: IndexMap::default(), guesses: Guesses::default() }
    }

    fn key<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self.case {
            Case::Kept => Cow::Borrowed(name),
            Case::Folded => folded(name),
        }
    }

    /// Declares a name; false, with a diagnostic that shows both places, if it is taken.
    pub(crate) fn declare(&mut self, name: &Name, id: I, sink: &mut Sink) -> bool {
        let key = self.key(&name.it);
        if let Some(first) = self.declared.get(&*key) {
            sink.push(declared_twice(self.kind, name, first.span, code::DUPLICATE_NAME));
            return false;
        }
        let spelt = (key != name.it).then(|| name.it.clone());
        self.declared.insert(key.into_owned(), Declaration { id, spelt, span: name.span });
        true
    }

    /// The id of a name.
    pub fn find(&self, name: &str) -> Option<I> {
        self.declared.get(&*self.key(name)).map(|declaration| declaration.id)
    }

    /// The id of a name, or a diagnostic at its place.
    pub(crate) fn expect(&self, name: &Name, code: Code, sink: &mut Sink) -> Option<I> {
        let found = self.find(&name.it);
        if found.is_none() {
            sink.push(self.unknown(name, code));
        }
        found
    }

    /// The diagnostic for a name that is not declared.
    pub(crate) fn unknown(&self, name: &Name, code: Code) -> Diagnostic {
        let kind = self.kind;
        let near = self.guess(&name.it);
        let diagnostic = Diagnostic::new(code, format!("there is no {kind} `{}`", name.it)).at(name.span, "");
        match near {
            Some(_) => diagnostic.suggest(near),
            None if self.declared.is_empty() => diagnostic.help(format!("this set declares no {kind} at all")),
            None if self.declared.len() <= 12 => diagnostic.help(format!("there are {}", listed(self.spellings()))),
            None => diagnostic.help(format!("correct the name, or declare the {kind}")),
        }
    }

    /// The names that a misspelt one of a file most likely means; None too where many were asked about already.
    pub(crate) fn guess(&self, name: &str) -> Option<Near> {
        self.guesses.nearest(self.kind, name, self.spellings())
    }

    /// The names that a misspelt one of a question most likely means. Among many names it is not looked for every time.
    pub fn nearest(&self, name: &str) -> Option<Near> {
        self.guesses.nearest_for_question(self.kind, name, self.spellings())
    }

    /// Every name as it was declared, in order.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(|(key, declaration)| declaration.spelt.as_ref().unwrap_or(key).as_str())
    }
}

/// A name as it compares without case.
pub(crate) fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// The diagnostic for a name declared twice within a kind.
pub(crate) fn declared_twice(kind: &str, second: &Name, first: Span, code: Code) -> Diagnostic {
    let help = match kind {
        "category" | "container" | "feature" => {
            format!("rename one of them, or add to the first: `extend {kind} {} {{ … }}`", second.it)
        }
        "settings class" => format!("rename one of them, or add to the first: `extend settings {} {{ … }}`", second.it),
        "rule" | "membership" | "invariant" | "test" => "give one of them another label".to_owned(),
        _ => "remove one of them, or give it another name".to_owned(),
    };
    Diagnostic::new(code, format!("the {kind} `{}` is declared twice", second.it))
        .at(second.span, "declared again here")
        .at(first, "first declared here")
        .help(help)
}
