//! Causes before what follows from them. Where a declaration cannot be read, every place that names what it declares is
//! wrong too; those errors go away with the first one, so they are counted at it and not told.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use crate::language::{Code, Diagnostic, FileId, Sources};

/// Errors of reading a directory. On a line where YAML goes wrong they are all one.
const UNREAD: [Code; 5] = [code::YAML, code::UNKNOWN_KEY, code::DUPLICATE_KEY, code::BAD_VALUE, code::BAD_ENTRY];

/// Findings about names that a directory declares.
const OF_DIRECTORY: [Code; 9] = [
    code::UNKNOWN_USER,
    code::UNKNOWN_PERSON,
    code::DOUBTFUL_ADDRESS,
    code::NOT_A_USER,
    code::LIST_WITHOUT_USER,
    code::UNKNOWN_GROUP,
    code::UNKNOWN_SITE,
    code::UNKNOWN_POOL,
    code::OUTSIDE_USER,
];

/// The same findings without those that follow from another one of them, which counts them.
pub(super) fn settle(mut found: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    let causes = Causes::new(&found, sources);
    let cause = |(index, finding)| causes.torn(index, finding, sources).or_else(|| causes.of_finding(finding, sources));
    let of: Vec<Option<usize>> = found.iter().enumerate().map(cause).collect();
    for cause in of.iter().flatten() {
        if let Some(cause) = found.get_mut(*cause) {
            cause.followers += 1;
        }
    }
    let mut follows = of.iter().map(Option::is_some);
    found.retain(|_| !follows.next().unwrap_or(false));
    found
}

/// Which finding takes which names away.
#[derive(Default)]
struct Causes<'a> {
    /// Names of declarations in policies.
    policies: BTreeMap<&'a str, usize>,
    /// The files of the directory that could not be read whole, each with the first error.
    files: Vec<(usize, Written)>,
    /// The lines on which YAML goes wrong, each with the first error there: what stands on such a line is not what it
    /// seems.
    torn: BTreeMap<(FileId, usize), usize>,
}

impl<'a> Causes<'a> {
    fn new(found: &'a [Diagnostic], sources: &Sources) -> Causes<'a> {
        let mut causes = Causes::default();
        for (index, finding) in found.iter().enumerate() {
            for name in &finding.loses {
                causes.policies.entry(name).or_insert(index);
            }
        }
        let mut first: BTreeMap<FileId, (u32, usize)> = BTreeMap::new();
        for (index, finding) in found.iter().enumerate() {
            let Some(span) = finding.span().filter(|_| takes_all(finding, sources)) else { continue };
            let place = first.entry(span.file).or_insert((span.start, index));
            *place = (span.start, index).min(*place);
        }
        let line = |finding: &Diagnostic| finding.span().map(|span| (span.file, sources.start(span).line));
        for of_line in found.iter().filter(|finding| finding.code == code::YAML).filter_map(line) {
            let here =
                found.iter().enumerate().filter(|(_, it)| UNREAD.contains(&it.code) && line(it) == Some(of_line));
            let first = here.min_by_key(|(_, finding)| finding.span().map(|span| span.start));
            causes.torn.extend(first.map(|(index, _)| (of_line, index)));
        }
        let whole = first.iter().map(|(file, (_, index))| (*index, Written::new(sources.text(*file))));
        // Each line of JSON is read by itself.
        let lines = found.iter().enumerate().filter(|(_, finding)| finding.code == code::JSON);
        let lines = lines.filter_map(|(index, finding)| Some((index, Written::new(sources.line(finding.span()?)))));
        causes.files = whole.chain(lines).collect();
        causes
    }

    /// The first error on the line of this one, if YAML goes wrong there.
    fn torn(&self, index: usize, finding: &Diagnostic, sources: &Sources) -> Option<usize> {
        if self.torn.is_empty() || !UNREAD.contains(&finding.code) {
            return None;
        }
        let span = finding.span()?;
        self.torn.get(&(span.file, sources.start(span).line)).copied().filter(|first| *first != index)
    }

    /// The finding without which there would not be this one.
    fn of_finding(&self, finding: &Diagnostic, sources: &Sources) -> Option<usize> {
        if self.policies.is_empty() && self.files.is_empty() {
            return None;
        }
        let name = sources.slice(finding.span()?);
        if OF_DIRECTORY.contains(&finding.code) {
            let name = name.trim_matches(['"', '\'']).to_lowercase();
            let name =
                ["user:", "group:", "sip:"].iter().fold(name.as_str(), |name, word| name.trim_start_matches(word));
            let at = finding.span().filter(|span| sources.text(span.file).get(span.end as usize..).is_some_and(is_key));
            let itself = usize::from(at.is_some());
            let lost = |(_, written): &&(usize, Written)| written.has(finding.code, name, itself);
            return self.files.iter().find(lost).map(|(index, _)| *index);
        }
        // A site is a value that only the directory declares, as a key.
        let of_site = |(_, written): &&(usize, Written)| written.keys.contains_key(&name.to_lowercase());
        if let Some((index, _)) = self.files.iter().find(of_site).filter(|_| finding.code == code::UNKNOWN_VALUE) {
            return Some(*index);
        }
        let unknown = finding.code.name().contains("::unknown-") || finding.code == code::EXTEND_NOTHING;
        if !unknown {
            return None;
        }
        let bare = name.trim_matches('"');
        self.policies.get(name).or_else(|| self.policies.get(bare)).copied()
    }
}

/// Whether a file of the directory says nothing, or not all that it should, because of this: YAML that cannot be read
/// to its end, or a key at the left edge that is none.
fn takes_all(finding: &Diagnostic, sources: &Sources) -> bool {
    let at_edge = || finding.span().is_some_and(|span| sources.start(span).column == 1);
    finding.code == code::YAML || finding.code == code::UNKNOWN_KEY && at_edge()
}

/// Whether what stands before this is a key.
fn is_key(behind: &str) -> bool {
    behind.trim_start_matches(['"', '\'']).trim_start_matches(' ').starts_with(':')
}

/// What a file of the directory declares, as far as that can be told without reading it by its rules: in lower case.
#[derive(Default)]
struct Written {
    /// What stands before a colon, and how often.
    keys: BTreeMap<String, usize>,
    /// What is listed under `domains` and `pools`.
    listed: BTreeSet<(String, String)>,
}

impl Written {
    fn new(text: &str) -> Written {
        let mut written = Written::default();
        let mut list = String::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            if !line.trim_start().starts_with('-') {
                list.clear();
            }
            for part in line.split_inclusive([',', '[', ']', '{', '}', ':']) {
                let name = part.trim_end_matches([',', '[', ']', '{', '}', ':']).trim().trim_start_matches("- ");
                let name = name.trim_matches(['"', '\'', ' ']).to_lowercase();
                if part.ends_with(':') {
                    list.clone_from(&name);
                    *written.keys.entry(name).or_default() += 1;
                } else if !name.is_empty() {
                    written.listed.insert((list.clone(), name));
                }
            }
        }
        written
    }

    /// Whether it declares a name, mentioned once as a key by the finding itself or not.
    fn has(&self, code: Code, name: &str, itself: usize) -> bool {
        let listed = |list: &str, name: &str| self.listed.contains(&(list.to_owned(), name.to_owned()));
        match code {
            code::UNKNOWN_POOL => listed("pools", name.rsplit(':').next().unwrap_or(name)),
            code::OUTSIDE_USER => name.split_once('@').is_some_and(|(_, domain)| listed("domains", domain)),
            // A line of JSON says who it is about under `user`.
            _ => self.keys.get(name).is_some_and(|times| *times > itself) || listed("user", name),
        }
    }
}
