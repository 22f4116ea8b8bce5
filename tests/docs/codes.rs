//! `docs/codes.md` is the table of codes.

use std::fs;

use prescope::diagnostic::code;
use prescope::language::Code;
use prescope::report::finding::severity_name;

use super::{document, root, updating};

const HEAD: &str = "# Codes of messages

Every message about a file has a code. Its name is stable: programs that read `prescope check --format json` can rely on
it. This page is written by `UPDATE=1 cargo test docs`.

| code | is | about |
|---|---|---|
";

fn page() -> String {
    let row = |code: Code| format!("| `{}` | {} | {} |\n", code.name(), severity_name(code.severity()), code.title());
    code::all().map(row).fold(HEAD.to_owned(), |page, row| page + &row)
}

#[test]
fn the_page_of_codes_is_the_table_of_codes() {
    let page = page();
    if updating() {
        fs::write(root().join("docs/codes.md"), &page).expect("a document to write");
    }
    assert!(document("docs/codes.md").text == page, "docs/codes.md is out of date: run `UPDATE=1 cargo test docs`");
}
