//! The four source documents, sentence by sentence. What a sentence states is asked of the command line; and the line
//! of the catalogue that makes the answer is changed, after which the answer has to be another one.
//!
//! `tests/fixtures/sentences/README.md` says how rows are written.

mod ask;
mod change;
mod inside;
mod lines;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::given;
use crate::tries::share;
use ask::{Asker, Run, Told, asks_inside};
use change::Catalogue;
use rows::{Question, Reason, Row, rows};

/// The question of a row with its two runs.
struct Asked<'r> {
    row: &'r Row,
    question: &'r Question,
    shipped: Run,
    /// None if this time the line is left as it is.
    changed: Option<Run>,
}

/// All questions of the rows. A line that is not found is a mistake of its row.
fn asked<'r>(rows: &'r [Row], catalogue: &Catalogue, wrong: &mut Vec<String>) -> Vec<Asked<'r>> {
    let mut all = Vec::new();
    for row in rows {
        for question in &row.sentence.asked {
            match catalogue.with(&question.line()) {
                Ok(changed) => {
                    let run = |changed| Run { changed, ask: question.ask.clone(), with: question.with.clone() };
                    all.push(Asked { row, question, shipped: run(None), changed: Some(run(Some(changed))) });
                }
                Err(mistake) => wrong.push(format!("{row}: {mistake}")),
            }
        }
    }
    all
}

/// What every run tells; the same question is run once.
fn told(asked: &[Asked<'_>], asker: &Asker) -> BTreeMap<Run, Told> {
    let runs: BTreeSet<&Run> = asked.iter().flat_map(|it| std::iter::once(&it.shipped).chain(&it.changed)).collect();
    let runs: Vec<&Run> = runs.into_iter().collect();
    let numbered: Vec<(usize, &Run)> = runs.iter().copied().enumerate().collect();
    let told = given::in_parallel(&numbered, |(number, run)| asker.ask(*number, run));
    runs.into_iter().cloned().zip(told).collect()
}

/// What is wrong with the two answers of a question.
fn held(asked: &Asked<'_>, told: &BTreeMap<Run, Told>) -> Option<String> {
    let Asked { row, question, shipped, changed } = asked;
    let place = format!("{row}: {}", question.ask);
    match (&told[shipped], changed.as_ref().map(|changed| &told[changed])) {
        (Err(failure), _) => Some(format!("{place}\n    {failure}")),
        (Ok(answer), _) if !question.holds(answer) => Some(format!("{place}\n    {}", question.unlike(answer))),
        (_, Some(Err(failure))) => Some(format!("{place}\n    with the line changed, there is no answer: {failure}")),
        (_, Some(Ok(answer))) if question.holds(answer) => {
            Some(format!("{place}\n    is the same without `{}`", question.line))
        }
        _ => None,
    }
}

/// The counts, as a table.
fn counts(rows: &[Row], runs: usize) -> String {
    let mut documents: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for row in rows {
        let [sentences, asked, questions, unasked] = documents.entry(&row.document).or_default();
        *sentences += 1;
        *asked += usize::from(row.sentence.unasked.is_none());
        *questions += row.sentence.asked.len();
        *unasked += usize::from(row.sentence.unasked.is_some());
    }
    let mut text = String::new();
    for (document, [sentences, asked, questions, unasked]) in documents {
        text += &format!(
            "{document}: {sentences} sentences, {asked} asked in {questions} questions, each with a line changed; \
             {unasked} not asked\n"
        );
    }
    for reason in Reason::ALL {
        let count = rows.iter().filter(|row| row.sentence.unasked == Some(reason)).count();
        text += &format!("    {count} {}\n", reason.means());
    }
    let lines: BTreeSet<_> = rows.iter().flat_map(|row| &row.sentence.asked).map(Question::line).collect();
    let against = rows.iter().filter(|row| row.sentence.against.is_some()).count();
    text + &format!(
        "{} lines of the catalogue changed, {against} sentences that others contradict, {runs} runs\n",
        lines.len()
    )
}

#[test]
fn sentences_are_numbered_and_each_is_asked_or_says_why_not() {
    let wrong = rows::mistakes(&rows());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[allow(clippy::print_stdout, reason = "the counts are what a reader of the test's output looks for")]
fn every_sentence_is_answered_as_it_is_written_and_by_the_line_it_names() {
    let (rows, asker, catalogue) = (rows(), Asker::new(), Catalogue::read());
    let mut wrong = Vec::new();
    let mut asked = asked(&rows, &catalogue, &mut wrong);
    let kept: BTreeSet<usize> = share(0..asked.len()).into_iter().collect();
    for (index, asked) in asked.iter_mut().enumerate() {
        asked.changed.take_if(|_| !kept.contains(&index));
    }
    // What only the binary can be asked takes longest.
    let mut index = 0..;
    asked.retain(|asked| index.next().is_some_and(|index| kept.contains(&index)) || asks_inside(&asked.shipped));
    let told = told(&asked, &asker);
    wrong.extend(asked.iter().filter_map(|asked| held(asked, &told)));
    println!("{}", counts(&rows, told.len()));
    assert!(wrong.is_empty(), "{} of it:\n{}", wrong.len(), wrong.join("\n"));
}
