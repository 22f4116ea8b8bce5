//! `batch`: a question a line, an answer a line. A bad line is answered with what is wrong, and the run goes on.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use serde_json::Value;

use super::Status;
use super::args::{Batch, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::language::Sources;
use crate::report::json::{self, BatchAnswer, BatchLine, Mistake, Question};
use crate::resolve::{Answers, RuleSet, decide_use, decisions, elsewhere};

/// The longest line that is read, in bytes. The longest question that means anything has a few hundred, and what comes
/// from somewhere else may never end.
const LONGEST_LINE: usize = 1 << 20;

pub(super) fn run(place: &Location, command: &Batch, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &command.basis)?;
    // Questions may come for hours, and files change.
    ready.sources().read_all();
    let input: Box<dyn Read> = match &command.file {
        Some(path) => Box::new(
            File::open(path)
                .map_err(|error| Failure::Other(format!("`{}` cannot be read: {error}", path.display()), None))?,
        ),
        None => Box::new(io::stdin().lock()),
    };
    let mut input = BufReader::new(input);
    let mut failed = false;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        // A program that waits for the answer before it asks again gets it now.
        if input.buffer().is_empty() {
            output.finish()?;
        }
        let read = input
            .by_ref()
            .take(LONGEST_LINE as u64 + 1)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| unreadable(&error))?;
        if read == 0 {
            break;
        }
        if read > LONGEST_LINE && bytes.last() != Some(&b'\n') {
            output.print(&json::line(&too_long().at(number)))?;
            // Whoever asks knows before the line ends, which may be never.
            output.finish()?;
            failed = true;
            input.skip_until(b'\n').map_err(|error| unreadable(&error))?;
            continue;
        }
        let answer = match str::from_utf8(&bytes) {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => answer(&rules, ready.sources(), line.trim()),
            Err(_) => Err(Mistake { id: Value::Null, error: "the line is not UTF-8".to_owned() }),
        };
        failed |= answer.is_err();
        output.print(&json::line(&answer.unwrap_or_else(|mistake| mistake.at(number))))?;
    }
    Ok(if failed { Status::Failed } else { Status::Clean })
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::Other(format!("cannot read: {error}"), None)
}

fn too_long() -> Mistake {
    let error = format!("the line is longer than {LONGEST_LINE} bytes; end each question with a line break");
    Mistake { id: Value::Null, error }
}

pub(super) fn answer(rules: &RuleSet, sources: &Sources, line: &str) -> Result<BatchAnswer, Mistake> {
    let BatchLine { id, question } = json::read_line(line)?;
    let answered = match question {
        Question::See(see) => rules.see(&see.viewer, &see.owner, &see.category, see.field.as_deref()).map(|question| {
            let answers = Answers::new(rules, &question, decisions(rules, &question));
            let answer = json::WireAnswer::new(rules.graph(), sources, &question, &answers);
            let answer = Box::new(answer.with_elsewhere(rules.model(), sources, &elsewhere(rules, &question)));
            BatchAnswer::Answered { id: id.clone(), answer }
        }),
        Question::Use(of) => rules.use_feature(&of.subject, &of.feature, of.context()).map(|question| {
            let ruling = decide_use(rules, question.feature(), question.cast());
            let answer = json::WireUse::new(rules.model(), &question, ruling);
            BatchAnswer::Ruled { id: id.clone(), answer: Box::new(answer) }
        }),
    };
    answered.map_err(|unknown| Mistake::unknown(id, &unknown))
}
