//! A part of a declaration in one line, in the words and the order of the layout: for whoever tells what a line says
//! without showing the file.

use super::entry::Block;
use super::piece::{Break, Piece};
use super::render::inline;
use super::tape::Tape;
use crate::syntax::ast::{
    Assignment, Circumstance, Discloses, Entry, FeatureItem, InvariantClause, ManifestRule, Recipient, Shows, Stores,
    Test,
};
use crate::text::{Span, Spanned};

/// A part of a declaration.
#[derive(Clone, Copy, Debug)]
pub enum Fragment<'a> {
    /// `name = value`
    Assignment(&'a Assignment),
    /// `when A unless B`
    Circumstance(&'a Circumstance),
    /// `discloses … to …`
    Discloses(&'a Spanned<Discloses>),
    /// An entry of a membership.
    Entry(&'a Entry),
    /// A line of a feature or guard.
    FeatureItem(&'a FeatureItem),
    /// `never CLAIM unless …`
    InvariantClause(&'a Spanned<InvariantClause>),
    /// A rule of a manifest.
    ManifestRule(&'a Spanned<ManifestRule>),
    /// `recipient NAME …`
    Recipient(&'a Recipient),
    /// `shows C.f as V when …`
    Shows(&'a Spanned<Shows>),
    /// `stores … at …`
    Stores(&'a Spanned<Stores>),
    /// `test "label" { … }`
    Test(&'a Test),
}

/// A part in one line, as the layout would have it if lines had no end; without comments and documentation. `text` is
/// the text in which it stands.
pub fn one_line<'a>(text: &'a str, fragment: Fragment<'a>) -> String {
    let mut tape = Tape::from(text, fragment.start());
    match fragment {
        Fragment::Assignment(assignment) => tape.assignment(assignment),
        Fragment::Circumstance(circumstance) => tape.circumstance(circumstance, Break::Soft),
        Fragment::Discloses(discloses) => tape.discloses(&discloses.it),
        Fragment::Entry(entry) => tape.entry_name(entry),
        Fragment::FeatureItem(item) => _ = tape.feature_item(item),
        Fragment::InvariantClause(clause) => _ = tape.invariant_clause(&clause.it),
        Fragment::ManifestRule(rule) => _ = tape.manifest_rule(&rule.it),
        Fragment::Recipient(recipient) => _ = tape.recipient(recipient),
        Fragment::Shows(shows) => _ = tape.shows(&shows.it, 0),
        Fragment::Stores(stores) => tape.stores(&stores.it),
        Fragment::Test(test) => _ = tape.test(test),
    }
    let mut line = String::new();
    write(&tape.line.pieces, tape.line.block.as_ref(), &mut line);
    line.trim_start().to_owned()
}

impl Fragment<'_> {
    /// Where it begins in its text, or not far before.
    fn start(self) -> usize {
        let first = |span: Span| span.start as usize;
        match self {
            Fragment::Assignment(assignment) => first(assignment.name.span),
            Fragment::Circumstance(circumstance) => circumstance.span().map_or(0, first),
            Fragment::Discloses(discloses) => first(discloses.span),
            Fragment::Entry(entry) => first(entry.kind.span),
            Fragment::FeatureItem(item) => match item {
                FeatureItem::ControlledBy(names) | FeatureItem::Platform(names) | FeatureItem::Requires(names) => {
                    names.first().map_or(0, |name| first(name.span))
                }
                FeatureItem::Rule(rule) => first(rule.span),
                FeatureItem::Discloses(discloses) => first(discloses.span),
                FeatureItem::Stores(stores) => first(stores.span),
                FeatureItem::Otherwise(otherwise) => first(otherwise.span),
                FeatureItem::Without(label) => first(label.span),
            },
            Fragment::InvariantClause(clause) => first(clause.span),
            Fragment::ManifestRule(rule) => first(rule.span),
            Fragment::Recipient(recipient) => first(recipient.name.span),
            Fragment::Shows(shows) => first(shows.span),
            Fragment::Stores(stores) => first(stores.span),
            Fragment::Test(test) => first(test.label.span),
        }
    }
}

/// Words and their block without a line end.
fn write(pieces: &[Piece<'_>], block: Option<&Block<'_>>, line: &mut String) {
    pieces.split(Piece::is_comment).for_each(|words| inline(words, line));
    let Some(block) = block else { return };
    for (index, entry) in block.entries.iter().enumerate() {
        line.push_str(if index == 0 { " " } else { ", " });
        write(&entry.pieces, entry.block.as_ref(), line);
    }
    line.push_str(" }");
}
