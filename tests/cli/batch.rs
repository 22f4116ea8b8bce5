//! `batch`: a question a line, an answer a line.

use serde_json::{Value, json};

use super::{Ran, keys, run_in};
use crate::given;

pub(super) fn batch(input: &[u8], more: &[&str]) -> (Ran, Vec<Value>) {
    let arguments: Vec<&str> = std::iter::once("batch").chain(more.iter().copied()).collect();
    let ran = run_in(&given::repository().join("examples/contoso"), &arguments, input);
    let answers = ran.out.lines().map(|line| serde_json::from_str(line).expect("a JSON document a line")).collect();
    (ran, answers)
}

fn see(id: &Value, field: &str) -> String {
    json!({ "id": id, "see": { "viewer": "kim", "owner": "anna", "category": "contact_card", "field": field } })
        .to_string()
}

#[test]
fn answers_come_in_the_order_of_questions_with_ids_of_any_type() {
    let ids = [json!(7), json!("seven"), json!(null), json!([7, "a"]), json!({ "n": 7 }), json!(7.5), json!(true)];
    let fields = ["email", "mobile_phone", "title", "office", "photo", "website", "pronouns"];
    let input: String = ids.iter().zip(fields).map(|(id, field)| see(id, field) + "\n").collect();
    let (ran, answers) = batch(input.as_bytes(), &[]);
    ran.clean();
    assert_eq!(answers.len(), ids.len());
    for ((answer, id), field) in answers.iter().zip(&ids).zip(fields) {
        assert_eq!(&answer["id"], id);
        assert_eq!(answer["fields"][0]["field"], field);
        assert_eq!(
            keys(answer),
            ["answer", "container", "elsewhere", "fields", "id", "membership"],
            "no schema, no question"
        );
    }
}

#[test]
fn empty_lines_are_skipped_and_the_last_line_needs_no_end() {
    let input = format!("\n  \n{}\r\n\n{}", see(&json!(1), "email"), see(&json!(2), "title"));
    let (ran, answers) = batch(input.as_bytes(), &[]);
    ran.clean();
    assert_eq!(answers.iter().map(|it| &it["id"]).collect::<Vec<_>>(), [1, 2]);
    let (ran, answers) = batch(b"", &[]);
    ran.clean();
    assert!(answers.is_empty());
}

#[test]
fn a_line_that_cannot_be_answered_is_told_and_the_run_goes_on_and_ends_with_2() {
    let bad = [
        r#"{"id":1,"see":{"viewer":"kim","owner":"nobody@contoso.com","category":"note"}}"#,
        r#"{"id":2,"see":{"viewer":"kim","owner":"anna","category":"note","colour":"red"}}"#,
        r#"{"id":3,"see":{"viewer":"kim","owner":"anna"}}"#,
        r#"{"id":4,"see":{"viewer":"kim","owner":"anna","category":"note"},"extra":1}"#,
        r#"{"id":5}"#,
        r#"{"id":6,"see":{"viewer":"kim","owner":"anna","category":"note"},"use":{"subject":"bob","feature":"x"}}"#,
        r#"{"id":7,"see":"everything"}"#,
        r#"{"id":8,"see":{"viewer":1,"owner":"anna","category":"note"}}"#,
        "[9]",
        "{\"id\":10,",
        "not JSON",
    ];
    let input = format!("{}\n{}\n", bad.join("\n"), see(&json!("last"), "email"));
    let (ran, answers) = batch(input.as_bytes(), &[]);
    assert_eq!((ran.status, ran.err.as_str()), (2, ""));
    assert_eq!(answers.len(), bad.len() + 1);
    for (index, answer) in answers.iter().take(bad.len()).enumerate() {
        assert_eq!(keys(answer), ["error", "id", "line"], "{answer}");
        assert_eq!(answer["line"], index + 1, "{answer}");
        assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()));
        let expected = if index < 8 { json!(index + 1) } else { Value::Null };
        assert_eq!(answer["id"], expected, "{answer}");
    }
    assert_eq!(
        answers[0]["error"],
        "`nobody@contoso.com` is not among the users; \
        questions are asked about users of the directory"
    );
    assert_eq!(answers[bad.len()]["answer"], "visible");
}

#[test]
fn a_line_that_is_not_utf_8_is_an_error_of_that_line() {
    let mut input = see(&json!(1), "email").into_bytes();
    input.extend(b"\n{\"id\":2,\"see\":{\"viewer\":\"k\xFFm\",\"owner\":\"anna\",\"category\":\"note\"}}\n");
    input.extend(see(&json!(3), "email").into_bytes());
    let (ran, answers) = batch(&input, &[]);
    assert_eq!(ran.status, 2);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[1]["error"], "the line is not UTF-8");
    assert_eq!((&answers[0]["id"], &answers[2]["id"]), (&json!(1), &json!(3)));
}

#[test]
fn questions_also_come_from_a_file_and_on_the_basis_of_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("questions.ndjson");
    let question = r#"{"see":{"viewer":"carol","owner":"paul","category":"state","field":"availability"}}"#;
    std::fs::write(&file, question).expect("a file");
    let path = file.to_string_lossy();
    let answer = |more: &[&str]| {
        let arguments: Vec<&str> = std::iter::once(path.as_ref()).chain(more.iter().copied()).collect();
        let (ran, answers) = batch(b"", &arguments);
        ran.clean();
        assert!(answers[0]["id"].is_null());
        answers[0]["answer"].clone()
    };
    assert_eq!(answer(&[]), "hidden");
    assert_eq!(answer(&["--recorded"]), "visible");
    assert_eq!(answer(&["--assume", "owner.EnablePrivacyMode=false"]), "visible");
    let (ran, _) = batch(b"", &["no such file"]);
    assert!(ran.failed().contains("`no such file` cannot be read"));
}

#[test]
fn a_doubtful_name_is_a_warning_beside_the_answer() {
    let line = r#"{"id":1,"see":{"viewer":"bop@contoso.com","owner":"anna","category":"note"}}"#;
    let (ran, answers) = batch(line.as_bytes(), &[]);
    ran.clean();
    assert_eq!(answers[0]["warnings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_program_that_waits_for_each_answer_gets_it() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_prescope"))
        .args(["batch", "--project", "examples/contoso"])
        .current_dir(given::repository())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut questions = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in 1..=3 {
        writeln!(questions, "{}", see(&json!(id), "email")).expect("it reads");
        questions.flush().expect("it reads");
        let mut line = String::new();
        answers.read_line(&mut line).expect("it answers");
        assert_eq!(serde_json::from_str::<Value>(&line).expect("JSON")["id"], id);
    }
    drop(questions);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_line_that_does_not_end_is_answered_and_passed_over() {
    let endless = "x".repeat(3 << 20);
    // Spaces behind a question belong to its line.
    let padded = |id: &str, length: usize| {
        let question = see(&json!(id), "email");
        let spaces = " ".repeat(length - question.len());
        question + &spaces
    };
    let (longest, too_long) = (padded("longest", 1 << 20), padded("too long", (1 << 20) + 1));
    let input = format!("{endless}\n{longest}\n{too_long}\n{}\n{endless}", see(&json!("behind"), "email"));
    let (ran, answers) = batch(input.as_bytes(), &[]);
    assert_eq!((ran.status, ran.err.as_str()), (2, ""));
    let told: Vec<_> = answers.iter().map(|it| (&it["id"], it["error"].as_str())).collect();
    let too_long = Some("the line is longer than 1048576 bytes; end each question with a line break");
    let null = Value::Null;
    assert_eq!(
        told,
        [(&null, too_long), (&json!("longest"), None), (&null, too_long), (&json!("behind"), None), (&null, too_long)]
    );
}

/// Lines that cannot be answered, of every kind there is.
const MISTAKES: &[&str] = &[
    "",
    "not JSON",
    r#"{"id":1,"#,
    "[9]",
    r#"[1,{"viewer":"kim","owner":"anna","category":"note"}]"#,
    r#"{"id":1,"see":["kim","anna","note"]}"#,
    "7",
    r#"{"id":1}"#,
    r#"{"id":1,"see":null}"#,
    r#"{"id":1,"sees":{}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"note"},"colour":1}"#,
    r#"{"id":1,"see":{},"use":{}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"note"},"use":{"subject":"bob","feature":"chat"}}"#,
    r#"{"id":1,"see":"everything"}"#,
    r#"{"id":1,"see":{"viewer":1,"owner":"anna","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":null,"category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":["note"]}}"#,
    r#"{"id":1,"see":{"viewer":"kim","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","categroy":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","viewer":"bob","owner":"anna","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"note","field":true}}"#,
    r#"{"id":1,"see":{"viewer":"kmi","owner":"anna","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"zzz","owner":"anna","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"annna@contoso.com","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"kim@fabrikam.com","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anonymous","category":"note"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"notes"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"qqq"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"availability"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"state.availability"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"state","field":"availabilty"}}"#,
    r#"{"id":1,"see":{"viewer":"kim","owner":"anna","category":"state","field":"qqq"}}"#,
    r#"{"id":1,"use":{"subject":"bob"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording","metting":"budget_review"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording","meeting":7}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recordin"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"qqq"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording","peer":"kim"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording","meeting":"qqq"}}"#,
    r#"{"id":1,"use":{"subject":"zack","feature":"recording","meeting":"budget_review"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"recording","meeting":"budget_review","role":"qqq"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"p2p_recording"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"p2p_recording","meeting":"budget_review"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"p2p_recording","peer":"bob"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"invite"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"invite","owner":"bob"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"archiving","owner":"anna"}}"#,
    r#"{"id":1,"use":{"subject":"bob","feature":"archiving","role":"presenter"}}"#,
];

#[test]
fn what_is_wrong_with_a_line_is_said_in_json() {
    let (ran, answers) = batch(MISTAKES.join("\n").as_bytes(), &[]);
    assert_eq!((ran.status, ran.err.as_str()), (2, ""));
    let told = |answer: &Value| {
        let line = usize::try_from(answer["line"].as_u64().expect("a line")).expect("a number");
        let error = answer["error"].as_str().expect("an error").to_owned();
        assert!(!error.contains("--") && !error.contains("prescope "), "{error}");
        format!("{line}: {}\n    {error}\n", MISTAKES[line - 1])
    };
    assert_eq!(answers.len(), MISTAKES.len() - 1, "all but the empty line");
    insta::assert_snapshot!(answers.iter().map(told).collect::<String>());
}
