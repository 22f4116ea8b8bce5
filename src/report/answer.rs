//! One answer, and its explanation.

use super::page::{Ink, Page};
use super::place;
use super::table::{Cell, Rows, wrap};
use crate::language::Sources;
use crate::model::{FieldId, MeetingId, Model, ValueType, What};
use crate::resolve::{Answer, CategoryAnswer, Certainty, Channel, Decision, Explanation, See, Sentence};
use crate::text::{first_of, line, shown};

/// How wide explanations are laid out, in characters.
const WIDTH: usize = 112;

/// How many meetings are named.
const LISTED: usize = 3;

/// How wide a reason may be to stand beside what was found.
const DETAIL: usize = 48;

/// The words for an answer: `hidden`, `altered: offline`.
pub fn word(model: &Model, field: FieldId, answer: Answer) -> String {
    match answer {
        Answer::Visible | Answer::Hidden => answer.name().to_owned(),
        Answer::Altered(value) => {
            let kind: ValueType = model.kind_of(What::Presence(field));
            format!("altered: {}", model.value_name(&kind, value))
        }
    }
}

/// The colour of an answer.
pub(super) fn ink(answer: Answer) -> Ink {
    match answer {
        Answer::Visible => Ink::Yes,
        Answer::Altered(_) => Ink::Partly,
        Answer::Hidden => Ink::No,
    }
}

/// The colour of an answer about a category.
pub(super) fn category_ink(answer: CategoryAnswer) -> Ink {
    match answer {
        CategoryAnswer::Visible => Ink::Yes,
        CategoryAnswer::Partial => Ink::Partly,
        CategoryAnswer::Hidden => Ink::No,
    }
}

/// The words for an answer in a column.
pub(super) fn cell(model: &Model, field: FieldId, answer: Answer) -> Cell {
    Cell::inked(ink(answer), &word(model, field, answer))
}

/// Fields with their answers, a line each.
fn fields(model: &Model, decisions: &[(FieldId, Decision)]) -> Page {
    let mut rows = Rows::default();
    for (field, decision) in decisions {
        rows.push([Cell::from(&model.fields[*field].declared.name), cell(model, *field, decision.answer)]);
    }
    rows.render("  ")
}

/// The answer to a question in one line, and for a category a line for each field.
pub fn short(model: &Model, question: &See, decisions: &[(FieldId, Decision)]) -> Page {
    match (question.field(), decisions) {
        (Some(_), [(field, decision)]) => {
            Page::inked(ink(decision.answer), line!("{}", word(model, *field, decision.answer)))
        }
        _ => {
            let answer = CategoryAnswer::from_answers(decisions.iter().map(|(_, it)| it.answer));
            Page::inked(category_ink(answer), line!("{}", answer.name())) + fields(model, decisions)
        }
    }
}

/// The answer with every reason.
pub fn explained(model: &Model, sources: &Sources, question: &See, explanation: &Explanation) -> Page {
    heading(model, question, explanation) + "\n" + sentences(sources, &explanation.sentences)
}

/// The other channels, a line each, behind an empty line.
pub fn elsewhere(model: &Model, sources: &Sources, channels: &[Channel]) -> Page {
    let mut rows = Rows::default();
    // What one declaration gives to one recipient stands in one line.
    let mut lines: Vec<(&Channel, Vec<String>)> = Vec::new();
    for channel in channels {
        let alike = |(other, _): &&mut (&Channel, Vec<String>)| {
            (other.feature, other.to, other.certainty, &other.meetings, other.span)
                == (channel.feature, channel.to, channel.certainty, &channel.meetings, channel.span)
        };
        match lines.iter_mut().find(alike) {
            Some((_, items)) => items.push(model.item_name(channel.item)),
            None => lines.push((channel, vec![model.item_name(channel.item)])),
        }
    }
    for (channel, items) in &lines {
        let verb = match channel.certainty {
            Certainty::Certain => "discloses",
            Certainty::Possible => "may disclose",
        };
        let feature = &model.features[channel.feature].declared.name;
        let mut to = model.recipients[channel.to].declared.name.clone();
        if !channel.meetings.is_empty() {
            to.push_str(&format!(" in {}", first_meetings(model, channel.meetings.iter().copied())));
        }
        let at = place(sources, channel.span);
        match items.as_slice() {
            [only] => rows.push([format!("{feature} {verb} {only} to {to}"), at]),
            several => {
                rows.push([format!("{feature} {verb} {} things to {to}", several.len()), at]);
                let words = several.join(", ");
                for line in wrap(words.split(' '), "    ", 84).lines() {
                    rows.push([line]);
                }
            }
        }
    }
    if channels.is_empty() {
        return Page::new();
    }
    Page::from("\nelsewhere, whatever presence shows\n") + rows.render("  ")
}

/// "budget_review, board_call", and of many how many there are besides.
pub(super) fn first_meetings(model: &Model, meetings: impl Iterator<Item = MeetingId>) -> String {
    first_of(LISTED, meetings.map(|meeting| model.meetings[meeting].name.as_str()))
}

/// "hidden: contact_card.mobile_phone of anna@contoso.com, from kim@fabrikam.com"
fn heading(model: &Model, question: &See, explanation: &Explanation) -> Page {
    let owner = &model.people[model.users[question.owner()].person].address;
    let (answer, ink, is_hidden, target) = match (question.field(), explanation.decisions.as_slice()) {
        (Some(field), [(_, decision)]) => {
            let answer = word(model, field, decision.answer).replacen(": ", " to ", 1);
            (answer, ink(decision.answer), decision.answer == Answer::Hidden, model.field_name(field))
        }
        (_, decisions) => {
            let answer = CategoryAnswer::from_answers(decisions.iter().map(|(_, decision)| decision.answer));
            let category = &model.categories[question.category()].declared.name;
            let is_hidden = answer == CategoryAnswer::Hidden;
            (answer.name().to_owned(), category_ink(answer), is_hidden, category.clone())
        }
    };
    let (preposition, viewer) = (if is_hidden { "from" } else { "to" }, question.viewer_name());
    let rest = line!(": {target} of {owner}, {preposition} {viewer}");
    let mut text = Page::inked(ink, shown(&answer)) + rest;
    if question.field().is_none() {
        text.push('\n');
        text.push_str(fields(model, &explanation.decisions));
    }
    text
}

/// Sentences in columns: number, step, what was found, why, and the place that says so. A sentence too long for its
/// column has its reason on a line of its own.
pub(super) fn sentences(sources: &Sources, sentences: &[Sentence]) -> Page {
    let column = |texts: &mut dyn Iterator<Item = usize>, most: usize| texts.filter(|w| *w <= most).max().unwrap_or(0);
    let step_width = column(&mut sentences.iter().map(|it| it.step.chars().count()), 16);
    let text_of = |sentence: &Sentence| format!("{}{}", "  ".repeat(sentence.depth), sentence.text);
    let text_width = column(&mut sentences.iter().map(|it| text_of(it).chars().count()), 48);
    let mut lines: Vec<Line> = Vec::new();
    let mut number = 0;
    for sentence in sentences {
        let counted = if sentence.depth == 0 {
            number += 1;
            number.to_string()
        } else {
            String::new()
        };
        let at = sentence.at.map(|span| place(sources, span)).unwrap_or_default();
        let lead = format!("{counted:>3} {:<step_width$}  ", sentence.step);
        let text = text_of(sentence);
        let long = text.chars().count() > text_width || sentence.detail.chars().count() > DETAIL;
        let too_long = lead.chars().count() + text.chars().count() > WIDTH;
        if too_long || long && !sentence.detail.is_empty() {
            let indent = format!("{}{}", " ".repeat(lead.chars().count()), "  ".repeat(sentence.depth));
            let first = format!("{lead}{}", "  ".repeat(sentence.depth));
            lines.extend(Line::several(&wrap(text.split(' '), &indent, WIDTH).behind(&first)));
            lines.extend(Line::several(&wrap(sentence.detail.split(' '), &indent, WIDTH)));
        } else {
            let words = format!("{lead}{text:<text_width$}  {}", sentence.detail);
            lines.push(Line { words, ..Line::default() });
        }
        if let Some(last) = lines.last_mut() {
            last.at = at;
        }
    }
    let left = |line: &Line| line.words.trim_end().chars().count();
    let places = column(&mut lines.iter().filter(|line| !line.at.is_empty()).map(left), WIDTH);
    let mut page = Page::new();
    for line in &lines {
        let words = line!("{}", format!("{:<places$}  {}", line.words.trim_end(), line.at).trim_end());
        if line.goes_on {
            page.push_str(words.trim_end());
            page.join();
        } else {
            page.push_str(words);
        }
    }
    page
}

/// A line of an explanation.
#[derive(Default)]
struct Line {
    words: String,
    /// The place that says so.
    at: String,
    /// The next line is the same sentence.
    goes_on: bool,
}

impl Line {
    /// The lines of one sentence.
    fn several(text: &str) -> Vec<Line> {
        let mut lines: Vec<Line> =
            text.lines().map(|line| Line { words: line.to_owned(), goes_on: true, ..Line::default() }).collect();
        if let Some(last) = lines.last_mut() {
            last.goes_on = false;
        }
        lines
    }
}
