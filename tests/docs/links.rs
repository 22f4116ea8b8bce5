//! Links between documents lead somewhere.

use super::{Document, all_well, documents, read, root};

/// The targets of links in a line: `[text](target)`.
fn targets(line: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("](") {
        let Some((target, more)) = after.split_once(')') else { break };
        targets.push(target);
        rest = more;
    }
    targets
}

/// The name by which a heading is linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn anchors(document: &Document) -> Vec<String> {
    let headings = document.prose().into_iter().filter(|(_, line)| line.starts_with('#'));
    headings.map(|(_, line)| anchor(line.trim_start_matches('#'))).collect()
}

/// What is wrong with a link in a document; None if it leads somewhere, or out of the repository.
fn broken(document: &Document, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let folder = root().join(&document.path).parent().expect("a folder").to_owned();
    let file = if path.is_empty() { root().join(&document.path) } else { folder.join(path) };
    if !file.exists() {
        return Some(format!("there is no `{path}`"));
    }
    let heading = heading?;
    let file = file.canonicalize().expect("a file that exists");
    let known = anchors(&read(&file));
    (!known.iter().any(|known| known == heading)).then(|| format!("`{path}` has no heading `{heading}`"))
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for document in documents() {
        for (number, line) in document.prose() {
            let broken = targets(line).into_iter().filter_map(|target| broken(&document, target));
            wrong.extend(broken.map(|reason| format!("{}:{number}: {reason}", document.path)));
        }
    }
    all_well(&wrong);
}
