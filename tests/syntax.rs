//! The parser: fixtures that must be read, fixtures that say what is wrong with them, and laws over any text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod laws;
mod outline;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use prescope::language::{Diagnostic, Parsed, Sources, ast, parse};

use outline::outline;

use crate::tries::tries;

/// A text with what the parser made of it.
struct Read {
    sources: Sources,
    parsed: Parsed,
}

fn read(path: &str, text: &str) -> Read {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let parsed = parse(file, sources.text(file));
    Read { sources, parsed }
}

/// The fixtures of a folder, in alphabetical order.
fn fixtures(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syntax").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// `path:line:column: code: message`, with the places, help and fix below it.
fn message(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span().unwrap();
    let start = sources.start(place);
    let path = sources.path(place.file);
    let mut shown =
        format!("{path}:{}:{}: {}: {}\n", start.line, start.column, diagnostic.code.name(), diagnostic.message);
    for label in &diagnostic.labels {
        let start = sources.start(label.span);
        let text = sources.slice(label.span).escape_debug().to_string().replace("\\\"", "\"");
        shown += &format!("    {}:{} [{text}] {}\n", start.line, start.column, label.text);
    }
    if let Some(help) = &diagnostic.help {
        shown += &format!("    help: {help}\n");
    }
    if let Some(fix) = &diagnostic.fix {
        let edits: Vec<_> =
            fix.edits.iter().map(|edit| format!("{:?} -> {:?}", sources.slice(edit.span), edit.text)).collect();
        shown += &format!("    fix: {} ({})\n", fix.title, edits.join(", "));
    }
    shown
}

fn messages(read: &Read) -> String {
    read.parsed.diagnostics.iter().map(|diagnostic| message(&read.sources, diagnostic)).collect()
}

/// The text with every fix made.
fn fixed(read: &Read) -> String {
    let mut text = read.sources.text(read.parsed.file).to_owned();
    let edits = read.parsed.diagnostics.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits);
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
    for edit in edits {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    text
}

#[test]
fn good_files_have_no_errors() {
    for (path, text) in fixtures("good") {
        let read = read(&name(&path), &text);
        assert_eq!(messages(&read), "");
    }
}

#[test]
fn good_files_have_their_tree() {
    for (path, text) in fixtures("good") {
        let read = read(&name(&path), &text);
        let mut kinds: Vec<(String, String)> = Vec::new();
        for (kind, outline) in outline(&read.parsed) {
            let about = format!("{} {kind}", name(&path));
            match kinds.iter_mut().find(|(known, _)| *known == about) {
                Some((_, text)) => text.push_str(&outline),
                None => kinds.push((about, outline)),
            }
        }
        crate::given::snapshots!("tree", kinds);
    }
}

#[test]
fn bad_files_say_what_is_wrong() {
    insta::glob!("fixtures/syntax/bad/*.prescope", |path| {
        let read = read(&name(path), &std::fs::read_to_string(path).unwrap());
        insta::assert_snapshot!("messages", messages(&read));
    });
}

/// The errors a file expects stand at the ends of its lines: `// error: syntax::code syntax::code`.
#[test]
fn bad_files_have_exactly_the_errors_they_name() {
    for (path, text) in fixtures("bad") {
        let read = read(&name(&path), &text);
        let mut wanted = BTreeSet::new();
        for (index, line) in text.split('\n').enumerate() {
            if let Some((_, codes)) = line.split_once("// error: ") {
                wanted.extend(codes.split_whitespace().map(|code| (index + 1, code.to_owned())));
            }
        }
        let found: BTreeSet<_> = read
            .parsed
            .diagnostics
            .iter()
            .map(|found| (read.sources.start(found.span().unwrap()).line, found.code.name().to_owned()))
            .collect();
        assert_eq!(found, wanted, "{}\n{}", path.display(), messages(&read));
    }
}

#[test]
fn good_neighbours_of_errors_are_kept() {
    let read = read(
        "kept",
        "category a { b, %, c }\nfeature f for user {\n deny \"x\" wehn user.a\n deny \"y\" when user.b\n}\nnonsense\n\
         place p\n",
    );
    let kept: Vec<_> = read.parsed.items.iter().map(|item| &item.kind).collect();
    let [ast::ItemKind::Category(category), ast::ItemKind::Feature(feature), ast::ItemKind::Place(place)] = kept[..]
    else {
        panic!("{kept:#?}")
    };
    assert_eq!(category.fields.iter().map(|field| field.name.it.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(feature.items.len(), 1);
    assert_eq!(place.name.it, "p");
    assert_eq!(read.parsed.diagnostics.len(), 3, "{}", messages(&read));
}

#[test]
fn habits_of_other_languages_mean_what_they_mean_there() {
    let foreign = read(
        "foreign",
        "feature f for viewer of owner {\n\
         deny \"a\" when owner.x = p && !owner.y || owner.z === q\n\
         deny \"b\" when owner.x is p and owner.z is not q and owner.n <> 1 and owner.n => 2\n\
         deny when viewer in blocking\n\
         allow unless owner.name == \"a \\\"b\\\"\"\n\
         deny \"c\" when viewer is in blocking or viewer is not in workgroup or owner.n is in { 1, 2 }\n\
         }\npolicy P global { A: true, B == 1 }\ncategory c { d e }\n\
         invariant \"i\" { never viewer is in w, always viewer is not in w }\n\
         test \"t\" { expect a@b.c is in w of d@e.f, expect nobody is not  in w of d@e.f }\n",
    );
    assert!(foreign.parsed.diagnostics.iter().all(|found| found.fix.is_some()), "{}", messages(&foreign));
    let ours = read("ours", &fixed(&foreign));
    assert_eq!(messages(&ours), "");
    assert_eq!(foreign.parsed.items, ours.parsed.items);
}

#[test]
fn precedence_is_not_comparison_and_or() {
    let parsed = |condition: &str| {
        let text = format!("feature f for user {{ deny \"x\" when {condition} }}");
        let read = read("precedence", &text);
        assert_eq!(messages(&read), "");
        read.parsed.items
    };
    assert_eq!(parsed("not a.b == c"), parsed("not (a.b == c)"));
    assert_eq!(parsed("a.b or c.d and e.f"), parsed("a.b or (c.d and e.f)"));
    assert_eq!(parsed("not a.b and c.d"), parsed("(not a.b) and c.d"));
    assert_ne!(parsed("a.b or c.d and e.f"), parsed("(a.b or c.d) and e.f"));
}

#[test]
fn comments_and_documentation_go_where_they_belong() {
    let read = read(
        "comments",
        "//! The file,\n//! twice.\n// first\n/// Doc.\n// between\n/// More.\ncategory a { // second\n  /// Field.\n  b /// \
         trailing\n  c\n  /// lost\n}\n//// not a doc\nplace p \"x // y\" // last\n\
         test \"t\" { given sip:kim@a.b//tail\n in group g }\n//! late\n",
    );
    assert_eq!(messages(&read), "");
    let Parsed { doc, items, comments, .. } = &read.parsed;
    assert_eq!(doc.as_ref().unwrap().it, "The file,\ntwice.");
    assert_eq!(items[0].doc.as_ref().unwrap().it, "Doc.\nMore.");
    let ast::ItemKind::Category(category) = &items[0].kind else { panic!() };
    assert_eq!(category.fields[0].doc.as_ref().unwrap().it, "Field.");
    assert_eq!(category.fields[1].doc, None);
    let comments: Vec<_> = comments.iter().map(|comment| comment.it.as_str()).collect();
    let wanted = [
        "// first",
        "// between",
        "// second",
        "/// trailing",
        "/// lost",
        "//// not a doc",
        "// last",
        "//tail",
        "//! late",
    ];
    assert_eq!(comments, wanted);
    for comment in &read.parsed.comments {
        assert_eq!(read.sources.slice(comment.span), comment.it);
    }
}

#[test]
fn nesting_has_a_limit_and_length_has_none() {
    let feature = |condition: &str| format!("feature f for user {{ deny \"x\" when {condition} }}\nplace p\n");
    // A test thread has 2 MB of stack, as other threads do.
    for (open, close, deepest) in [("(", ")", 63), ("not ", "", 63), ("not (", ")", 31), ("!", "", 63)] {
        let nested = |depth: usize| feature(&format!("{}user.a{}", open.repeat(depth), close.repeat(depth)));
        let count = |text: &str| {
            let read = read("deep", text);
            let deep = read.parsed.diagnostics.iter().filter(|it| it.code.name() == "syntax::too-deep").count();
            (deep, read.parsed.items.len())
        };
        assert_eq!(count(&nested(deepest)), (0, 2), "{open}");
        assert_eq!(count(&nested(deepest + 1)), (1, 1), "{open}");
        assert_eq!(count(&nested(200_000)), (1, 1), "{open}");
    }
    for open in ["{", "(", "feature f for user { deny \"x\" when (", "test \"t\" { given a@b { ", "publishes a {\n"] {
        read("unclosed", &open.repeat(20_000));
    }
    let long = feature(&vec!["user.a == b"; 20_000].join(" and "));
    assert_eq!(messages(&read("long", &long)), "");
}

#[test]
fn a_file_has_at_most_a_hundred_errors() {
    assert_eq!(read("many", &"category a { % }\n".repeat(500)).parsed.diagnostics.len(), 100);
}

#[test]
fn garbage_is_read_in_linear_time() {
    let long = tries(100_000) as usize;
    let patience = Duration::from_millis(long as u64 / 10);
    for piece in ["a@", "{", ", ", "\"\n", "a/", "when ", "category a {\n", "deny \"x\" when a.b c\n", "\\\"", "//\n"] {
        for before in ["", "feature f for user {\n", "feature f for user { deny \"x\" when a.b in {"] {
            let started = std::time::Instant::now();
            read("large", &format!("{before}{}", piece.repeat(long / piece.len())));
            // Without optimisation: quadratic behaviour would take minutes of a tenth of a megabyte.
            assert!(started.elapsed() < patience, "{before:?} {piece:?}");
        }
    }
}
