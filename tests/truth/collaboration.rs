//! What a meeting offers to work on together: the sample rows, and everything else against a formula.

use prescope::resolve::{Context, decide_use};

use super::table::{Found, Row, Table};
use crate::shipped::{SHIPPED, Shipped, stranger};

const FEATURES: [&str; 6] = [
    "powerpoint_collaboration",
    "powerpoint_annotation",
    "whiteboard_collaboration",
    "polling",
    "meeting_attachments",
    "attachment_download",
];

const SETTINGS: [(&str, &str); 6] = [
    ("EnableDataCollaboration", "organizer.EnableDataCollaboration"),
    ("AllowPolls", "organizer.AllowPolls"),
    ("AllowAnnotations", "organizer.AllowAnnotations"),
    ("DisablePowerPointAnnotations", "organizer.DisablePowerPointAnnotations"),
    ("EnableFileTransfer", "organizer.EnableFileTransfer"),
    ("AllowExternalUsersToSaveContent", "organizer.AllowExternalUsersToSaveContent"),
];

pub(crate) fn tables() -> Vec<Table> {
    vec![
        Table { file: "collaboration", list: "rows", rows: 48, about: &FEATURES, ask: sample },
        Table { file: "collaboration", list: "rules", rows: 6, about: &FEATURES, ask: rule },
    ]
}

fn sample(shipped: &Shipped, row: &Row, found: &mut Found) {
    let meeting = [("annotation", "meeting.annotation"), ("attachments_for", "meeting.attachments_for")];
    let rules = shipped.world(&row.world(&[SETTINGS.as_slice(), meeting.as_slice()].concat()));
    let context = Context { meeting: Some("review"), role: Some(row.text("role")), ..Context::default() };
    for feature in FEATURES {
        let question = rules.use_feature(&stranger(row.text("network")), feature, context).expect("a question");
        let ruling = decide_use(&rules, question.feature(), question.cast());
        found.is(feature, ruling.available, row.truth(feature));
    }
}

/// The rules in words are what `formula` is written from; here they have to be about these features.
fn rule(shipped: &Shipped, row: &Row, found: &mut Found) {
    let named = row.text("feature");
    found.is(named, FEATURES.contains(&named), true);
    found.is(named, shipped.model().names.features.find(named).is_some(), true);
}

/// One case: the settings in the order of `SETTINGS`, who takes part, and what the meeting says.
struct Case {
    settings: [bool; 6],
    inside: bool,
    role: &'static str,
    annotation: &'static str,
    attachments: &'static str,
}

/// The conditions of the tables, written down a second time.
fn formula(case: &Case) -> [bool; 6] {
    let [data, polls, annotations, no_slides, files, save] = case.settings;
    let leads = case.role != "attendee";
    let drawing = match case.annotation {
        "everyone" => true,
        "presenters" => leads,
        _ => false,
    };
    let listed = match case.attachments {
        "everyone" => true,
        "presenters" => leads,
        _ => case.role == "organizer",
    };
    [
        data,
        data && annotations && !no_slides && drawing,
        data && annotations,
        data && polls,
        data && files,
        data && files && (case.inside || save) && listed,
    ]
}

#[test]
fn collaboration_follows_its_formula_in_every_combination() {
    let networks = ["same_enterprise", "federated", "anonymous"];
    let mut asked = 0;
    for bits in 0..64_u32 {
        for annotation in ["everyone", "presenters", "none"] {
            for attachments in ["everyone", "presenters", "organizer"] {
                let settings = std::array::from_fn(|index| bits & (1 << index) != 0);
                let case = |network, role| Case { settings, inside: network == 0, role, annotation, attachments };
                let mut world: Vec<(String, String)> = SETTINGS
                    .iter()
                    .zip(settings)
                    .map(|((_, path), value)| ((*path).to_owned(), value.to_string()))
                    .collect();
                world.push(("meeting.annotation".to_owned(), annotation.to_owned()));
                world.push(("meeting.attachments_for".to_owned(), attachments.to_owned()));
                let rules = SHIPPED.world(&world);
                for (index, network) in networks.into_iter().enumerate() {
                    for role in ["organizer", "presenter", "attendee"] {
                        let case = case(index, role);
                        let who = if index == 2 { "anonymous".to_owned() } else { stranger(network) };
                        let context = Context { meeting: Some("review"), role: Some(role), ..Context::default() };
                        for (feature, expected) in FEATURES.into_iter().zip(formula(&case)) {
                            let question = rules.use_feature(&who, feature, context).expect("a question");
                            let found = decide_use(&rules, question.feature(), question.cast()).available;
                            assert_eq!(found, expected, "{feature} as {role}, {network}: {world:?}");
                            asked += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(asked, 64 * 3 * 3 * 3 * 3 * 6);
}
