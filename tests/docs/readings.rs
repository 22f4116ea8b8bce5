//! The page of readings has every numbered reading of the shipped policies, and says in which files it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::given;

use super::{all_well, document};

/// The numbers of readings in a text, such as `X07`.
fn numbers(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_number = |word: &&str| word.len() == 3 && word.starts_with('X') && word[1..].parse::<u8>().is_ok();
    words.filter(is_number).map(str::to_owned).collect()
}

/// Each reading of the shipped policies with the files in which it stands.
fn shipped() -> BTreeMap<String, BTreeSet<String>> {
    let mut shipped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in given::files_below("policies/lync2013", ".prescope") {
        for number in numbers(&given::text_of(&path)) {
            shipped.entry(number).or_default().insert(path.clone());
        }
    }
    shipped
}

#[test]
fn every_reading_of_the_shipped_policies_is_listed_with_its_files() {
    let page = document("docs/readings.md").text;
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in page.split("\n## X").skip(1) {
        let links = section.split("](../").skip(1).filter_map(|rest| rest.split(')').next());
        let files = links.map(str::to_owned).collect();
        assert!(listed.insert(format!("X{}", &section[..2]), files).is_none(), "X{} stands there twice", &section[..2]);
    }
    let shipped = shipped();
    assert!(shipped.len() > 40, "{shipped:?}");
    let all: BTreeSet<&String> = shipped.keys().chain(listed.keys()).collect();
    let wrong = all.into_iter().filter(|number| shipped.get(*number) != listed.get(*number)).map(|number| {
        let (stands, said) = (shipped.get(number), listed.get(number));
        format!("{number} stands in {stands:?}, and docs/readings.md says {said:?}")
    });
    all_well(&wrong.collect::<Vec<_>>());
}

#[test]
fn readings_stand_in_order_and_each_under_a_subject() {
    let page = document("docs/readings.md").text;
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## X")).collect();
    assert!(sections.is_sorted(), "{sections:?}");
    let (above, _) = page.split_once("\n## X").expect("readings");
    let subjects = numbers(above.split_once("By subject").expect("subjects").1);
    assert_eq!(subjects, shipped().into_keys().collect());
}
