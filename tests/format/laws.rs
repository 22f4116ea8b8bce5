//! What holds of every text that can be formatted.

use prescope::language::{Sources, Spanned, parse};
use proptest::prelude::*;

use super::generate::{Tape, sloppy_file};
use super::{formatted, has_errors, policies};
use crate::tries::config;

/// A comment that is no documentation.
#[derive(Debug)]
struct Comment {
    text: String,
    /// Nothing else is on its line.
    alone: bool,
    /// There is no word between it and the comment before.
    follows: bool,
}

fn comments(text: &str) -> Vec<Comment> {
    let mut sources = Sources::default();
    let file = sources.add("policy", text);
    let text = sources.text(file);
    let mut end = 0;
    let one = |comment: Spanned<String>| {
        let start = comment.span.start as usize;
        let alone = text[..start].rsplit('\n').next().unwrap().trim().is_empty();
        let follows = text[end..start].trim().is_empty();
        end = comment.span.end as usize;
        Comment { text: comment.it, alone, follows }
    };
    parse(file, text).comments.into_iter().map(one).collect()
}

/// In the same order; alone if it was, and behind words if it was, unless those were only commas.
fn kept(before: &[Comment], after: &[Comment]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(before, after)| {
            before.text == after.text && (before.alone == after.alone || after.alone && after.follows)
        })
}

/// Formatting succeeds, is stable, and leaves comments where they were.
fn holds(text: &str) -> Result<String, TestCaseError> {
    let laid_out = match formatted(text) {
        Ok(laid_out) => laid_out,
        Err(unsound) => return Err(TestCaseError::fail(format!("{unsound}\n{text}"))),
    };
    let again = formatted(&laid_out).map_err(|unsound| TestCaseError::fail(format!("{unsound}\n{laid_out}")))?;
    prop_assert_eq!(&laid_out, &again, "not stable:\n{}", text);
    let (before, after) = (comments(text), comments(&laid_out));
    prop_assert!(kept(&before, &after), "{before:#?}\n{after:#?}\n{text}\n{laid_out}");
    prop_assert!(laid_out.is_empty() || laid_out.ends_with('\n') && !laid_out.ends_with("\n\n"));
    prop_assert!(!laid_out.contains("\n\n\n") && !laid_out.contains('\r') && !laid_out.starts_with('\n'));
    prop_assert!(laid_out.lines().all(|line| line == line.trim_end()), "blanks at the end:\n{}", laid_out);
    Ok(laid_out)
}

fn hold(path: &std::path::Path, text: &str) {
    let failed = holds(text).err().map(|error| error.to_string());
    assert_eq!(failed, None, "{}", path.display());
}

#[test]
fn the_laws_hold_of_every_policy_file_of_the_repository() {
    for (path, text) in policies("policies").into_iter().chain(policies("examples")) {
        hold(&path, &text);
    }
    let mut held = 0;
    for (path, text) in policies("tests") {
        // Fixtures of errors that the parser finds are left alone, as any file with such errors is.
        if formatted(&text).is_ok() {
            hold(&path, &text);
            held += 1;
        }
    }
    assert!(held > 20, "{held} fixtures");
}

/// Every line of a text with a comment behind it, and one alone above it.
#[test]
fn the_laws_hold_with_comments_at_every_line() {
    for (path, text) in policies("tests/fixtures/syntax/good").into_iter().chain(policies("examples")) {
        let commented: String =
            (1..).zip(text.lines()).map(|(n, line)| format!("// {n}\n{line} // behind {n}\n")).collect();
        hold(&path, &commented);
        let broken: String = text.split(' ').enumerate().map(|(n, word)| format!("{word} // {n}\n")).collect();
        if !has_errors(&broken) {
            hold(&path, &broken);
        }
    }
}

/// A generator whose files cannot be parsed would prove nothing.
#[test]
fn most_generated_files_can_be_read() {
    let seeds = (0..200_u32).map(|seed| {
        let bytes: Vec<u8> = (0..600_u32)
            .map(|at| (seed.wrapping_mul(2_654_435_761).wrapping_add(at.wrapping_mul(40_503)) >> 7) as u8)
            .collect();
        sloppy_file(&mut Tape::new(&bytes))
    });
    let broken: Vec<String> = seeds.filter(|text| has_errors(text)).collect();
    assert!(broken.len() < 20, "{} of 200, as:\n{}", broken.len(), broken[0]);
}

proptest! {
    #![proptest_config(config(384))]

    #[test]
    fn the_laws_hold_of_generated_files(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = sloppy_file(&mut Tape::new(&bytes));
        prop_assume!(!has_errors(&text));
        let laid_out = holds(&text)?;
        // However it was written, only comments, empty lines and the author's blocks on one line make a difference.
        prop_assert!(laid_out.len() < text.len() * 4 + 100);
    }
}
