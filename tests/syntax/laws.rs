//! Laws that hold of any text.

use proptest::prelude::*;

use super::{fixtures, read};
use crate::tries::config;

/// Whatever the text, every place lies in it on character borders, and the tree's parts are inside it.
fn holds_together(text: &str) {
    let read = read("any", text);
    let text = read.sources.text(read.parsed.file);
    let inside = |span: prescope::language::Span| text.get(span.start as usize..span.end as usize).is_some();
    assert!(read.parsed.diagnostics.len() <= 100);
    for diagnostic in &read.parsed.diagnostics {
        assert!(!diagnostic.message.is_empty() && diagnostic.span().is_some());
        assert!(diagnostic.labels.iter().all(|label| inside(label.span)), "{diagnostic:?}");
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
        assert!(edits.into_iter().all(|edit| inside(edit.span)), "{diagnostic:?}");
    }
    for comment in &read.parsed.comments {
        assert_eq!(read.sources.slice(comment.span), comment.it);
    }
    let mut end = 0;
    for item in &read.parsed.items {
        assert!(inside(item.span.0) && item.span.0.start >= end);
        end = item.span.0.end;
    }
}

fn any_fixture() -> impl Strategy<Value = String> {
    let texts: Vec<String> = fixtures("good").into_iter().chain(fixtures("bad")).map(|(_, text)| text).collect();
    proptest::sample::select(texts)
}

/// Words and signs of the language in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = vec![
        "category",
        "a",
        "{",
        "}",
        "(",
        ")",
        "\n",
        ",",
        "container",
        "x(1)",
        "publishes",
        "deny",
        "\"l\"",
        "when",
        "not",
        "and",
        "or",
        "o.a",
        "==",
        "=",
        "in",
        "is",
        "feature",
        "for",
        "user",
        "test",
        "expect",
        "given",
        "a@b.c",
        "sees",
        ":",
        "|",
        "//",
        "///",
        "//!",
        "\"",
        "\\",
        "1",
        "-",
        "..",
        "policy",
        "global",
        "ü",
        "\u{0}",
        "\u{feff}",
        "\r\n",
        "!",
        "&&",
        "extend",
        "data",
        "has",
        "group",
        "default",
        "else",
        "move",
        "unless",
        "otherwise",
        "available",
    ];
    proptest::collection::vec(proptest::sample::select(words), 0..60)
        .prop_flat_map(|words| (Just(words), proptest::bool::ANY))
        .prop_map(|(words, blanks)| words.join(if blanks { " " } else { "" }))
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds_together(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_words_are_read(text in soup()) {
        holds_together(&text);
    }

    #[test]
    fn a_damaged_file_is_read(
        text in any_fixture(),
        at in any::<prop::sample::Index>(),
        width in 0usize..40,
        insert in prop_oneof![soup(), any::<String>()],
    ) {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let first = at.index(borders.len());
        let last = (first + width).min(borders.len() - 1);
        let mut damaged = text;
        damaged.replace_range(borders[first]..borders[last], &insert);
        holds_together(&damaged);
    }
}
