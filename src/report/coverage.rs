//! What tests exercise, as text and for tools that colour lines.

use std::collections::BTreeMap;

use super::page::Page;
use super::place;
use super::table::Rows;
use crate::expect::{Coverage, Point, PointKind};
use crate::language::Sources;
use crate::text::line;

/// The counts by kind, and everything that is not exercised with its place.
pub fn text(sources: &Sources, coverage: &Coverage) -> Page {
    let mut rows = Rows::default();
    for kind in PointKind::ALL {
        let (all, hit) = coverage.counts(Some(kind));
        if all > 0 {
            rows.push([kind.plural().to_owned(), format!("{hit} of {all}")]);
        }
    }
    let Some(part) = percent(coverage) else {
        return Page::from("no coverage: the policies say nothing to exercise\n");
    };
    let mut text = Page::from(format!("coverage {part} of what the policies say\n\n")) + rows.render("  ");
    let mut missing = Rows::default();
    let uncovered: Vec<&Point> = coverage.points().filter(|point| !point.is_covered()).collect();
    for point in &uncovered {
        let never = point.outcomes.iter().filter(|(_, times)| *times == 0).map(|(outcome, _)| *outcome);
        let at = point.at.map(|span| place(sources, span)).unwrap_or_default();
        missing.push([point.name.clone(), format!("never {}", never.collect::<Vec<_>>().join(", ")), at]);
    }
    if !uncovered.is_empty() {
        text.push_str("\nnot exercised\n");
        text.push_str(missing.render("  "));
    }
    text
}

/// The percentage, rounded down, so that 100 means all of it; None if there is nothing to exercise.
pub fn percent(coverage: &Coverage) -> Option<String> {
    coverage.percent().map(|percent| format!("{:.1} %", (percent * 10.0).floor() / 10.0))
}

/// LCOV's tracefile: a line counts as often as its first outcome and its others occurred; where a line has several
/// outcomes each is a branch.
pub fn lcov(sources: &Sources, coverage: &Coverage) -> String {
    let mut files: BTreeMap<&str, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for point in coverage.points() {
        let Some(span) = point.at else { continue };
        let lines = files.entry(sources.path(span.file)).or_default();
        let outcomes = lines.entry(sources.start(span).line).or_default();
        outcomes.extend(point.outcomes.iter().map(|(_, times)| *times));
    }
    let mut text = String::new();
    for (path, lines) in files {
        text.push_str(&format!("TN:\n{}", line!("SF:{path}")));
        let branches = || lines.iter().filter(|(_, outcomes)| outcomes.len() > 1);
        for (line, outcomes) in branches() {
            let reached = outcomes.iter().any(|times| *times > 0);
            for (branch, times) in outcomes.iter().enumerate() {
                let taken = if reached { times.to_string() } else { "-".to_owned() };
                text.push_str(&format!("BRDA:{line},0,{branch},{taken}\n"));
            }
        }
        let found: usize = branches().map(|(_, outcomes)| outcomes.len()).sum();
        let hit = branches().flat_map(|(_, outcomes)| outcomes).filter(|times| **times > 0).count();
        text.push_str(&format!("BRF:{found}\nBRH:{hit}\n"));
        for (line, outcomes) in &lines {
            text.push_str(&format!("DA:{line},{}\n", outcomes.iter().sum::<usize>()));
        }
        let lines_hit = lines.values().filter(|outcomes| outcomes.iter().any(|times| *times > 0)).count();
        text.push_str(&format!("LF:{}\nLH:{lines_hit}\nend_of_record\n", lines.len()));
    }
    text
}
