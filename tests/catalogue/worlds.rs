//! What features reveal, world by world: each statement of `exposure.yaml` in the values that its condition describes.
//!
//! `exposure` asks whether a line is there, and whether anything decides about it. Here the decision is taken: what
//! goes to somebody has to go there in every world of the condition, and what does not must not, in any of them.

use prescope::resolve::{Asked, Goes, Revealed, RuleSet, disclosures, lookup, people};
use serde::Deserialize;

use super::asked::{GRAPH, Who, World, in_world};
use super::exposure::{Facts, Row};
use super::{nothing_of, read};

/// Statements, and the lines of ours that say them.
#[derive(Deserialize)]
struct Group {
    feature: String,
    items: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    ours: Vec<String>,
    #[serde(default)]
    because: String,
}

/// A condition, in worlds or not at all.
#[derive(Deserialize, Debug)]
struct Condition {
    feature: String,
    condition: String,
    #[serde(default)]
    to: String,
    #[serde(default, rename = "in")]
    worlds: Vec<World>,
    #[serde(default)]
    because: String,
}

#[derive(Deserialize)]
struct Words {
    exposure: Vec<Group>,
    unsaid: Vec<Condition>,
    worlds: Vec<Condition>,
}

impl Group {
    fn is_about(&self, row: &Row) -> bool {
        self.feature == row.feature
            && self.items.contains(&row.item)
            && (self.to.is_empty() || self.to.contains(&row.to))
    }
}

impl Condition {
    fn is_of(&self, row: &Row) -> bool {
        self.feature == row.feature
            && row.condition.starts_with(&self.condition)
            && (self.to.is_empty() || self.to == row.to)
    }
}

/// True if the first is the second, or the whole that it is part of.
fn covers(whole: &str, part: &str) -> bool {
    part == whole || part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
}

/// True if a line of ours, `FEATURE: DATA to RECIPIENT` and the like, holds in a world, or at least may; with `parts`
/// also if it reveals a part of that data.
fn is_live(rules: &RuleSet, line: &str, parts: bool) -> bool {
    let Some((feature, reveals)) = line.split_once(": ") else {
        return Who::default().may(rules, line).available;
    };
    let (data, goes) = reveals.split_once(' ').unwrap();
    let user = Some(people::viewer(rules, "anna@contoso.com").unwrap().somebody);
    let feature = Some(lookup::feature(rules.model(), feature).unwrap());
    let all = disclosures(rules, Asked { user, feature, ..Asked::default() });
    all.iter().any(|revealed| {
        let item = rules.model().item_name(revealed.item);
        goes_to(rules, revealed) == goes && (covers(&item, data) || parts && covers(data, &item))
    })
}

fn goes_to(rules: &RuleSet, revealed: &Revealed) -> String {
    let model = rules.model();
    match &revealed.to {
        Goes::Recipient(to) => format!("to {}", model.recipients[*to].declared.name),
        Goes::Place(at, _) | Goes::Hoster(_, at) => format!("at {}", model.places[*at].declared.name),
    }
}

#[test]
fn what_is_revealed_is_what_the_sources_say_in_every_world_of_their_conditions() {
    let (facts, words): (Facts, Words) = (read("exposure"), read("worlds"));
    let mut wrong = Vec::new();
    let mut asked = 0;
    for row in facts.rows.iter().filter(|row| !words.unsaid.iter().any(|condition| condition.is_of(row))) {
        let condition = words.worlds.iter().find(|condition| condition.is_of(row));
        let worlds = condition.map_or_else(|| vec![World::new()], |condition| condition.worlds.clone());
        let mut groups = words.exposure.iter().filter(|group| group.is_about(row)).peekable();
        assert!(groups.peek().is_some(), "worlds.yaml says nothing of {row:?}");
        for group in groups {
            for world in &worlds {
                let rules = in_world(&GRAPH, world);
                let live = group.ours.iter().any(|line| is_live(&rules, line, !row.discloses));
                asked += 1;
                if live != row.discloses && !(row.discloses && group.ours.is_empty()) {
                    wrong.push(format!("{row:?} in {world:?}"));
                }
            }
        }
    }
    nothing_of(&wrong);
    assert!(asked > 240, "only {asked} questions");
}

#[test]
fn every_exception_is_needed_and_says_why() {
    let (facts, words): (Facts, Words) = (read("exposure"), read("worlds"));
    for condition in words.unsaid.iter().chain(&words.worlds) {
        assert!(facts.rows.iter().any(|row| condition.is_of(row)), "{condition:?} is of no statement");
        assert!(condition.worlds.is_empty() != condition.because.is_empty(), "{condition:?}");
    }
    for group in &words.exposure {
        assert!(facts.rows.iter().any(|row| group.is_about(row)), "{}: {:?}", group.feature, group.items);
        assert!(!group.ours.is_empty() || !group.because.is_empty(), "{}: {:?}", group.feature, group.items);
    }
}
