//! What a level is shown.

use std::collections::BTreeMap;

use prescope::resolve::{Answer, Entries::Recorded, See, decide};
use serde::Deserialize;

use super::{agree, read};
use crate::given;
use crate::tries::share;

#[derive(Deserialize)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    says: String,
    container: u32,
    availability: String,
    manual: bool,
    visible: Vec<String>,
    altered: BTreeMap<String, String>,
    hidden: Vec<String>,
}

impl Row {
    /// Every field of the row with its answer, in the order of names.
    fn expected(&self) -> BTreeMap<String, String> {
        let visible = self.visible.iter().map(|field| (field.clone(), "visible".to_owned()));
        let hidden = self.hidden.iter().map(|field| (field.clone(), "hidden".to_owned()));
        let altered = self.altered.iter().map(|(field, value)| (field.clone(), format!("altered: {value}")));
        visible.chain(hidden).chain(altered).collect()
    }
}

/// The level with a number, and an owner with Kim in it.
fn directory(row: &Row, level: Option<&str>) -> String {
    let memberships = level.map_or(String::new(), |level| format!("{level}: [\"user:kim@fabrikam.com\"]"));
    format!(
        "organization: {{ domains: [contoso.com] }}
federation: {{ partners: [fabrikam.com] }}
users:
  anna@contoso.com:
    contacts: [kim@fabrikam.com]
    attributes: {{ location_source: typed, photo_source: directory, manual_state: {} }}
    presence: {{ state.availability: {} }}
    memberships: {{ {memberships} }}
",
        row.manual, row.availability
    )
}

#[test]
fn every_level_is_shown_what_the_vendor_says() {
    let Rows { rows } = read("fields");
    assert_eq!(rows.len(), 23);
    agree(share(&rows).into_iter().map(|row| {
        let level = match row.container {
            0 => None,
            100 => Some("external"),
            200 => Some("colleagues"),
            300 => Some("workgroup"),
            400 => Some("friends_and_family"),
            _ => Some("blocked"),
        };
        let project = given::set("use std/lync2013\n", &directory(row, level));
        let rules = given::rules(&project, Recorded);
        let expected = row.expected();
        if row.id.starts_with("F-") {
            assert_eq!(expected.len(), rules.model().fields.len(), "{} names every field once", row.id);
        }
        let found: BTreeMap<String, String> = expected
            .keys()
            .map(|field| {
                let question = See::typed(&rules, "kim@fabrikam.com", "anna@contoso.com", field).expect("a question");
                let decision = decide(&rules, &question);
                if let Some(container) = decision.container {
                    assert_eq!(rules.model().containers[container].number, row.container, "{}: {field}", row.id);
                }
                let asked = question.field().expect("the row names fields");
                let answer = match decision.answer {
                    Answer::Altered(_) => prescope::report::answer::word(rules.model(), asked, decision.answer),
                    answer => answer.name().to_owned(),
                };
                (field.clone(), answer)
            })
            .collect();
        (format!("{}: {}", row.id, row.says), format!("{expected:?}"), format!("{found:?}"))
    }));
}
