//! Texts nobody should write: reading them ends soon, with messages at real places.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{codes, reading};
use crate::tries::{config, tries};

/// Hostile texts end soon, with a message that has a line, also on the 2 MB stack of a thread.
fn survives(name: &str, text: String, expected: &str) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let reading_it = move || {
        let (sources, _, found) = reading(&text);
        let lines = found.iter().all(|one| one.span().is_some_and(|span| sources.start(span).line >= 1));
        (codes(&found), lines)
    };
    let start = Instant::now();
    let (codes, lines) = thread.spawn(reading_it).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    assert!(lines, "{name}: a message without a line");
    match expected {
        "" => assert!(codes.is_empty(), "{name}: {codes:?}"),
        _ => assert!(codes.contains(&expected), "{name}: {codes:?}"),
    }
}

#[test]
fn hostile_files_are_refused_and_nothing_else_happens() {
    let yaml = "directory::yaml";
    let times = |most: u32| tries(most) as usize;
    let laughs = |width: usize| {
        let lines = (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); width].join(", ")));
        format!("a0: &a0 [lol, lol]\n{}", lines.collect::<String>())
    };
    survives("billion laughs", laughs(10), yaml);
    let chain = (1..60).map(|n| format!("a{n}: &a{n} {}*a{}{}\n", "[".repeat(30), n - 1, "]".repeat(30)));
    survives("depth by aliases", format!("a0: &a0 x\n{}", chain.collect::<String>()), yaml);
    survives(
        "large scalar, many aliases",
        format!("a: &a {}\nb: [{}]\n", "x".repeat(times(1 << 20)), "*a,".repeat(1 << 12)),
        yaml,
    );
    survives(
        "nested anchors",
        (0..50).map(|n| format!("{}k: &a{n}\n", " ".repeat(n))).collect(),
        "directory::unknown-key",
    );
    survives("open brackets", "[".repeat(times(100_000)), yaml);
    survives("open braces", "{a: ".repeat(times(100_000)), yaml);
    survives("brackets", "[".repeat(times(100_000)) + &"]".repeat(times(100_000)), yaml);
    survives("dashes", "- ".repeat(times(100_000)), yaml);
    survives("question marks", "? ".repeat(times(100_000)), yaml);
    survives("nested mappings", (0..times(2000)).map(|depth| " ".repeat(depth) + "a:\n").collect(), yaml);
    survives("a NUL", "users:\n  a@b.example: { name: \"x\0y\" }\n".into(), yaml);
    survives("an escape character", "users: { a@b.example: { name: \u{1b}[2J } }\n".into(), yaml);
    survives("a tab", "users:\n\ta@b.example:\n".into(), yaml);
    survives("tags", "!<tag:x> ".repeat(10_000), yaml);
    survives("anchors", "&a ".repeat(10_000), yaml);
    survives("comments", "# x\n".repeat(times(300_000)), "");
    survives("a long comment", format!("# {}\nusers: {{}}", "x".repeat(times(10 << 20))), "");
    survives("a long line", format!("users: {{ a@b.example: {{ name: \"{}\" }} }}", "x".repeat(times(10 << 20))), "");
    survives("a long list", format!("x: [{}]", "a@b.example, ".repeat(times(200_000))), "directory::unknown-key");
    survives("a long key", format!("{}: 1", "k".repeat(times(1 << 20))), yaml);
    survives("a long open quote", format!("users: \"{}", "x\\n ".repeat(times(1 << 19))), yaml);
    survives(
        "many bad values",
        format!("users: {{ a@b.example: {{ contacts: [{}] }} }}", "[], ".repeat(times(50_000))),
        "directory::bad-value",
    );
    survives("one key many times", "users: {}\n".repeat(times(50_000)), "directory::duplicate-key");
    survives(
        "merge bomb",
        format!(
            "a: &a {{ {} }}\nb: {{ <<: [{}] }}",
            (0..5000).map(|n| format!("k{n}: 1, ")).collect::<String>(),
            "*a, ".repeat(5000)
        ),
        yaml,
    );
    survives("half a directive", "%YAML 9999999999999999.1\n---\n".into(), yaml);
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        all_places_are_real(&text);
    }

    #[test]
    fn anything_like_a_directory_is_read(parts in prop::collection::vec(piece(), 0..60)) {
        all_places_are_real(&parts.concat());
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "users:",
        "meetings:",
        "groups:",
        "sites:",
        "a@b.example",
        "ü@b.example",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: *a",
        "!x ",
        "!!str ",
        "|\n",
        ">-\n",
        "# 李",
        "contacts",
        "presence: ",
        "memberships: ",
        "user:",
        "~",
        "5",
        "true",
        "\t",
        "\r\n",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\\",
        "organizer: ",
    ])
}

fn all_places_are_real(text: &str) {
    let (sources, directory, found) = reading(text);
    for label in found.iter().flat_map(|diagnostic| &diagnostic.labels) {
        let covered = sources.text(label.span.file).get(label.span.start as usize..label.span.end as usize);
        assert!(covered.is_some(), "{:?} is no place in {text:?}", label.span);
    }
    for user in &directory.users {
        assert!(!sources.slice(user.address.span).is_empty());
    }
}
