//! What the fixtures hold.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::ask::WITH;
use super::change::Line;
use crate::given;

/// The documents that the catalogue is made of, by their folders, and how many sentences each of them has.
const DOCUMENTS: [(&str, usize); 4] =
    [("lync_2013", 427), ("lync_2010_iphone", 143), ("privacy_management", 24), ("privacy_mode_configuration", 23)];

/// Why a sentence is not asked. There are no other reasons.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    Purpose,
    Definition,
    Screens,
    Commands,
    Advice,
    Elsewhere,
    Physical,
    OtherProduct,
    Page,
}

impl Reason {
    pub(super) const ALL: [Reason; 9] = [
        Reason::Purpose,
        Reason::Definition,
        Reason::Screens,
        Reason::Commands,
        Reason::Advice,
        Reason::Elsewhere,
        Reason::Physical,
        Reason::OtherProduct,
        Reason::Page,
    ];

    pub(super) fn means(self) -> &'static str {
        match self {
            Reason::Purpose => "say what something is good for",
            Reason::Definition => "say what a word means",
            Reason::Screens => "say where something is on a screen",
            Reason::Commands => "say how an administrator types it",
            Reason::Advice => "advise people",
            Reason::Elsewhere => "lead on to another section or document",
            Reason::Physical => "say how machines do it, which nobody can decide",
            Reason::OtherProduct => "are about what another product does",
            Reason::Page => "are about the page itself",
        }
    }
}

/// One answer, or several lines.
#[derive(Deserialize, Debug)]
#[serde(untagged)]
enum Lines {
    One(String),
    Several(Vec<String>),
}

/// A question with its answer, and the line of the catalogue that makes it.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) ask: String,
    #[serde(default)]
    pub(super) with: Vec<String>,
    item: Option<String>,
    answer: Lines,
    r#in: String,
    pub(super) line: String,
    #[serde(default)]
    becomes: String,
}

impl Question {
    pub(super) fn line(&self) -> Line<'_> {
        Line { declaration: &self.r#in, text: &self.line, becomes: &self.becomes }
    }

    /// The command.
    fn command(&self) -> &str {
        self.ask.split(' ').next().unwrap_or_default()
    }

    fn expected(&self) -> Vec<&str> {
        match &self.answer {
            Lines::One(line) => vec![line],
            Lines::Several(lines) => lines.iter().map(String::as_str).collect(),
        }
    }

    /// What of the answer the row is about.
    fn about<'a>(&self, told: &'a [String]) -> Vec<&'a str> {
        let wanted = |line: &&str| {
            let words = self.item.as_ref().and_then(|item| line.strip_prefix(item.as_str()));
            self.item.is_none() || words.is_some_and(|words| words.starts_with(' '))
        };
        told.iter().map(String::as_str).filter(wanted).collect()
    }

    /// Whether an answer is the one of the row. Answers that list things are compared as a whole; of those that explain
    /// or document, every line of the row has to be one.
    pub(super) fn holds(&self, told: &[String]) -> bool {
        let (expected, told) = (self.expected(), self.about(told));
        match self.command() {
            "can" | "disclosures" => expected == told,
            _ => !expected.is_empty() && expected.iter().all(|line| told.contains(line)),
        }
    }

    /// How an answer differs from the one of the row.
    pub(super) fn unlike(&self, told: &[String]) -> String {
        format!("expected {:#?}\n    found    {:#?}", self.expected(), self.about(told))
    }
}

/// A sentence.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentence {
    n: usize,
    says: String,
    #[serde(default)]
    pub(super) asked: Vec<Question>,
    pub(super) unasked: Option<Reason>,
    pub(super) against: Option<String>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Section {
    section: String,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct File {
    document: String,
    sections: Vec<Section>,
}

/// Where the sections of the supplements are listed.
const SECTIONS: &str = "tests/fixtures/catalogue/sections.yaml";

/// Their list.
#[derive(Deserialize)]
struct Sections {
    rows: Vec<Listed>,
}

/// What there is to know of one here: in which supplement it is, and its name.
#[derive(Deserialize)]
struct Listed {
    platform: String,
    id: String,
}

/// A sentence with its place.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) document: String,
    section: String,
    pub(super) sentence: Sentence,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} ({})", self.document, self.section, self.sentence.n, self.sentence.says)
    }
}

/// Every sentence of every document.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for path in given::files_below("tests/fixtures/sentences", ".yaml") {
        if path.ends_with("/organization.yaml") || path.starts_with(WITH) {
            continue;
        }
        let file: File = serde_yaml::from_str(&given::text_of(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        for Section { section, sentences } in file.sections {
            let row = |sentence| Row { document: file.document.clone(), section: section.clone(), sentence };
            rows.extend(sentences.into_iter().map(row));
        }
    }
    rows
}

/// What is wrong with the rows themselves.
pub(super) fn mistakes(rows: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows {
        let last = last.entry((&row.document, &row.section)).or_default();
        if row.sentence.n != *last + 1 {
            wrong.push(format!("{row}: {} comes after {last}", row.sentence.n));
        }
        *last = row.sentence.n;
        if DOCUMENTS.iter().all(|(document, _)| *document != row.document) {
            wrong.push(format!("{row}: the documents are {DOCUMENTS:?}"));
        }
        if row.sentence.asked.is_empty() == row.sentence.unasked.is_none() {
            wrong.push(format!("{row}: give it questions, or a reason why there are none"));
        }
        if row.sentence.says.trim().is_empty() {
            wrong.push(format!("{row}: say what the sentence says"));
        }
    }
    for (document, sentences) in DOCUMENTS {
        let found = rows.iter().filter(|row| row.document == document).count();
        if found != sentences {
            wrong.push(format!("{document} has {sentences} sentences, and {found} are here"));
        }
    }
    let sections: Sections = serde_yaml::from_str(&given::text_of(SECTIONS)).unwrap();
    let missing = sections.rows.iter().filter(|of| !last.contains_key(&(of.platform.as_str(), of.id.as_str())));
    wrong.extend(missing.map(|of| format!("nothing of the section {} of {} is here", of.id, of.platform)));
    wrong
}
