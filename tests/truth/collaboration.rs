//! What a meeting offers to work on together.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use prescope::resolve::RuleSet;
use serde::Deserialize;

use super::{World, address, agree, can_in, compared, nth, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Collaboration {
    rules: Vec<Rule>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    section: String,
    feature: String,
    available: String,
}

/// The settings and the features are spelled as in the catalogue.
#[derive(Deserialize)]
struct Row {
    network: String,
    role: String,
    annotation: String,
    attachments_for: String,
    #[serde(flatten)]
    truths: BTreeMap<String, bool>,
}

const FEATURES: [&str; 6] = [
    "powerpoint_collaboration",
    "powerpoint_annotation",
    "whiteboard_collaboration",
    "polling",
    "meeting_attachments",
    "attachment_download",
];
const SETTINGS: [&str; 6] = [
    "EnableDataCollaboration",
    "AllowPolls",
    "AllowAnnotations",
    "DisablePowerPointAnnotations",
    "EnableFileTransfer",
    "AllowExternalUsersToSaveContent",
];
const ANNOTATION: [&str; 3] = ["everyone", "presenters", "none"];
const ATTACHMENTS: [&str; 3] = ["everyone", "presenters", "organizer"];
const ROLES: [&str; 3] = ["organizer", "presenter", "attendee"];

/// One combination: the settings in the order of `SETTINGS`.
#[derive(Clone, Copy, Debug)]
struct Case<'a> {
    settings: [bool; 6],
    inside: bool,
    role: &'a str,
    annotation: &'a str,
    attachments_for: &'a str,
}

impl Case<'_> {
    /// What the table says of the six features, in the order of `FEATURES`.
    fn expected(&self) -> [bool; 6] {
        let [collaboration, polls, annotations, no_annotations, files, external] = self.settings;
        let leads = self.role != "attendee";
        let drawing = match self.annotation {
            "everyone" => true,
            "presenters" => leads,
            _ => false,
        };
        let taking = match self.attachments_for {
            "everyone" => true,
            "presenters" => leads,
            _ => self.role == "organizer",
        };
        [
            collaboration,
            collaboration && annotations && !no_annotations && drawing,
            collaboration && annotations,
            collaboration && polls,
            collaboration && files,
            collaboration && files && (self.inside || external) && taking,
        ]
    }
}

fn policy(settings: &[bool]) -> String {
    let pairs: Vec<String> = SETTINGS.iter().zip(settings).map(|(name, on)| format!("{name} = {on}")).collect();
    pairs.join(", ")
}

fn meeting(annotation: &str, attachments_for: &str) -> String {
    format!("annotation: {annotation}, attachments_for: {attachments_for}")
}

fn found(rules: &RuleSet, who: &str, meeting: &str, role: &str) -> [bool; 6] {
    FEATURES.map(|feature| can_in(rules, who, feature, meeting, role))
}

/// Also: somebody anonymous is of the other network, and the participant's own policy plays no part.
#[test]
fn telling_meetings_offer_what_the_rows_say() {
    let Collaboration { rows, .. } = read("collaboration");
    assert_eq!(rows.len(), 48);
    let mut world = World::new();
    for (name, all) in [("yes", true), ("no", false)] {
        world.person(name, &[("ConferencingPolicy", policy(&[all; 6]))], "");
    }
    for (row, of) in rows.iter().enumerate() {
        assert_eq!(of.truths.len(), SETTINGS.len() + FEATURES.len(), "every column is a setting or a feature");
        let settings = SETTINGS.map(|name| of.truths[name]);
        world.person(&nth(row), &[("ConferencingPolicy", policy(&settings))], "");
        world.meeting(&nth(row), &meeting(&of.annotation, &of.attachments_for));
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let expected = FEATURES.map(|name| of.truths[name]);
        let mut subjects = vec![address("yes", &of.network), address("no", &of.network)];
        if of.network == "other" {
            subjects.push("anonymous".to_owned());
        }
        let case = Case {
            settings: SETTINGS.map(|name| of.truths[name]),
            inside: of.network == "same_enterprise",
            role: &of.role,
            annotation: &of.annotation,
            attachments_for: &of.attachments_for,
        };
        let formulas = compared(format!("the formulas, {case:?}"), show(expected), show(case.expected()));
        let answers = subjects.iter().map(|who| {
            compared(format!("{who} of {case:?}"), show(expected), show(found(&rules, who, &nth(row), &of.role)))
        });
        answers.chain([formulas]).collect::<Vec<_>>()
    }));
}

fn show(of: [bool; 6]) -> String {
    let names = FEATURES.iter().zip(of).filter(|(_, on)| *on).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(" ")
}

/// Every combination of settings with a number, its bits.
fn settings(number: usize) -> [bool; 6] {
    [0, 1, 2, 3, 4, 5].map(|bit| number >> bit & 1 == 1)
}

/// Every combination of settings, roles, networks and the choices of the meeting: in two threads, of 32 organizers
/// each.
#[test]
fn every_meeting_offers_what_the_table_of_conditions_says() {
    thread::scope(|scope| {
        for half in [0..32, 32..64] {
            scope.spawn(move || every_meeting(half));
        }
    });
}

fn every_meeting(numbers: std::ops::Range<usize>) {
    let mut world = World::new();
    world.person("viewer", &[], "");
    let mut meetings = Vec::new();
    for number in numbers {
        for annotation in ANNOTATION {
            for attachments_for in ATTACHMENTS {
                let name = format!("s{number}_{annotation}_{attachments_for}");
                meetings.push((name, number, annotation, attachments_for));
            }
        }
    }
    for (name, number, annotation, attachments_for) in &meetings {
        if (*annotation, *attachments_for) == (ANNOTATION[0], ATTACHMENTS[0]) {
            world.person(&nth(*number), &[("ConferencingPolicy", policy(&settings(*number)))], "");
        }
        world.meeting_of(name, &nth(*number), &meeting(annotation, attachments_for));
    }
    let rules = world.rules();
    let (mut asked, mut answers) = (0, Vec::new());
    for (name, number, annotation, attachments_for) in &meetings {
        for (who, inside) in [("viewer@contoso.com", true), ("kim@fabrikam.com", false), ("anonymous", false)] {
            for role in ROLES {
                let case = Case { settings: settings(*number), inside, role, annotation, attachments_for };
                let (expected, found) = (case.expected(), found(&rules, who, name, role));
                asked += 1;
                if expected != found {
                    answers.push(compared(format!("{who} of {case:?}"), show(expected), show(found)));
                }
            }
        }
    }
    assert_eq!(asked, 32 * 9 * 3 * 3, "settings, choices of the meeting, networks, roles");
    agree(answers);
}

/// The words of each rule name settings, and features on which it rests: the table has to depend on these settings, and
/// on no others.
#[test]
fn the_table_of_conditions_rests_on_the_settings_that_the_rules_name() {
    let Collaboration { rules, .. } = read("collaboration");
    assert_eq!(rules.len(), 6);
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in &rules {
        assert!(FEATURES.contains(&rule.section.as_str()), "{} is a section with a feature of its name", rule.section);
        let mut of: BTreeSet<&str> =
            SETTINGS.into_iter().filter(|name| rule.available.contains(&format!("organizer.{name}"))).collect();
        for (feature, settings) in &named {
            if rule.available.contains(&format!("{feature} is available")) {
                of.extend(settings);
            }
        }
        named.insert(&rule.feature, of);
    }
    let mut rests: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for number in 0..64 {
        for (bit, setting) in SETTINGS.into_iter().enumerate() {
            let case = |number| Case {
                settings: settings(number),
                inside: false,
                role: "organizer",
                annotation: "everyone",
                attachments_for: "everyone",
            };
            let (one, other) = (case(number).expected(), case(number ^ 1 << bit).expected());
            for (index, feature) in FEATURES.into_iter().enumerate() {
                if one[index] != other[index] {
                    rests.entry(feature).or_default().insert(setting);
                }
            }
        }
    }
    assert_eq!(named, rests);
}
