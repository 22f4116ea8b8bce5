//! An answer as it is printed, in few words.

use serde_json::Value;

use super::change::collapsed;

/// What reads the JSON of an answer to a command line.
type Reader = fn(&[String], &Value) -> Vec<String>;

/// How the answers of a command are read; None if they have no JSON.
pub(super) fn reader(command: &str) -> Option<Reader> {
    match command {
        "can" => Some(|_, answer| vec![answered(answer)]),
        "why" => Some(|_, answer| explained(answer)),
        "who" => Some(|_, answer| who(answer)),
        "what" => Some(|_, answer| what(answer)),
        "disclosures" => Some(disclosures),
        _ => None,
    }
}

/// What was printed on a command line, as lines.
pub(super) fn lines(arguments: &[String], printed: &str) -> Result<Vec<String>, String> {
    Ok(match reader(&arguments[0]) {
        Some(read) => read(arguments, &serde_json::from_str(printed).map_err(|error| error.to_string())?),
        None => printed.lines().map(without_place).filter(|line| !line.is_empty()).chain(sentences(printed)).collect(),
    })
}

/// The sentences of the paragraphs of a text, which break off wherever a line is full.
fn sentences(printed: &str) -> impl Iterator<Item = String> {
    let paragraphs = printed.split("\n\n").map(collapsed).filter(|paragraph| paragraph.ends_with('.'));
    let whole = |paragraph: String| -> Vec<String> {
        paragraph.split_inclusive(". ").map(|sentence| sentence.trim_end().to_owned()).collect()
    };
    paragraphs.flat_map(whole)
}

/// A line with one space between words, and without the place of a declaration at its end.
fn without_place(line: &str) -> String {
    let line = collapsed(line);
    let place = |word: &str| {
        let (file, number) = word.rsplit_once(':').unwrap_or_default();
        (file.ends_with(".prescope") || file.ends_with(".yaml")) && number.parse::<usize>().is_ok()
    };
    match line.rsplit_once(' ') {
        Some((before, last)) if place(last) => before.to_owned(),
        _ => line,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// `: LABEL`, where a rule decided.
fn by_rule(answer: &Value) -> String {
    answer["rule"].as_str().map(|rule| format!(": {rule}")).unwrap_or_default()
}

/// `available: LABEL`, `hidden in LEVEL`, `altered in LEVEL: VALUE`; of a category, the fields that are seen.
fn answered(answer: &Value) -> String {
    let mut line = text(&answer["answer"]).to_owned() + &in_container(answer) + &by_rule(answer);
    if let Some(value) = answer["value"].as_str() {
        line += &format!(": {value}");
        return line;
    }
    let seen: Vec<&str> = list(&answer["fields"])
        .filter(|field| field["answer"] != "hidden")
        .map(|field| text(&field["field"]))
        .collect();
    if answer["question"]["see"].is_object() && answer["question"]["see"]["field"].is_null() && !seen.is_empty() {
        line += &format!(": {}", seen.join(", "));
    }
    line
}

/// ` in LEVEL`
fn in_container(answer: &Value) -> String {
    answer["container"]["name"].as_str().map(|level| format!(" in {level}")).unwrap_or_default()
}

/// The answer, what denied it, and where else it can be had.
fn explained(answer: &Value) -> Vec<String> {
    let denied = list(&answer["explanation"])
        .filter(|it| it["step"] == "deny" && it["verdict"] == "held")
        .filter_map(|it| text(&it["text"]).split('"').nth(1))
        .map(|label| format!("denied: {label}"));
    let elsewhere = list(&answer["elsewhere"])
        .map(|it| format!("elsewhere: {} to {}", text(&it["feature"]), text(&it["recipient"])));
    std::iter::once(answered(answer)).chain(denied).chain(elsewhere).collect()
}

/// `ADDRESS: ANSWER`, `ADDRESS (ROLE): ANSWER`, `NETWORK DOMAIN: ANSWER`, `CLASS as ROLE: ANSWER`, and where else.
fn who(answer: &Value) -> Vec<String> {
    let known = list(&answer["known"]["people"]).chain(list(&answer["altered"]["people"])).map(|it| {
        let role = it["role"].as_str().map(|role| format!(" ({role})")).unwrap_or_default();
        format!("{}{role}: {}", text(&it["uri"]), answered(it))
    });
    let open = list(&answer["open"]).map(|it| {
        let name = it["class"].as_str().unwrap_or_else(|| text(&it["network"]));
        let domain = it["domain"].as_str().map(|domain| format!(" {domain}")).unwrap_or_default();
        let role = it["role"].as_str().map(|role| format!(" as {role}")).unwrap_or_default();
        format!("{name}{domain}{role}: {}", answered(it))
    });
    known.chain(open).collect()
}

/// `CATEGORY.FIELD: ANSWER` of the first owner, or `FEATURE: ANSWER`.
fn what(answer: &Value) -> Vec<String> {
    let fields = list(&answer["owners"][0]["fields"]).map(|it| format!("{}: {}", text(&it["field"]), answered(it)));
    let features = list(&answer["features"]).map(|it| format!("{}: {}", text(&it["feature"]), answered(it)));
    fields.chain(features).collect()
}

/// `ITEM of WHOM to RECIPIENT`, `ITEM of WHOM at PLACE RETENTION`; with its feature before, unless only one was asked.
fn disclosures(arguments: &[String], answer: &Value) -> Vec<String> {
    let one = arguments.iter().any(|word| word == "--feature");
    let line = |it: &Value| {
        let feature = if one { String::new() } else { format!("{}: ", text(&it["feature"])) };
        let of = it["of"].as_str().map(|of| format!(" of {of}")).unwrap_or_default();
        let goes = match (it["place"].as_str(), it["to"].as_str()) {
            (Some(place), None) => format!("at {place} {}", text(&it["retention"])).trim_end().to_owned(),
            (_, to) => format!("to {}", to.unwrap_or_default()),
        };
        format!("{feature}{}{of} {goes}", text(&it["item"]))
    };
    let mut lines: Vec<String> = list(&answer["disclosures"]).map(line).collect();
    lines.dedup();
    lines
}
