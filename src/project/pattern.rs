//! The patterns of a project file, and which files they match.

use std::path::Path;

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSetBuilder};

use super::find::SKIPPED;
use super::walk::{Listed, Listing};
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Span, Spanned};

/// What became of patterns.
pub(super) struct Matched<'l, 'p> {
    /// The files that match any of them, in the order of the listing.
    pub(super) files: Vec<&'l Listed>,
    /// Those that match no file, and no folder either.
    pub(super) idle: Vec<&'p Spanned<String>>,
    /// What is wrong with others.
    pub(super) found: Vec<Diagnostic>,
}

/// Matches patterns against everything below the folder of a project. The names are those that such files have.
pub(super) fn matching<'l, 'p>(patterns: &'p [Spanned<String>], names: &str, all: &'l Listing) -> Matched<'l, 'p> {
    let mut matched = Matched { files: Vec::new(), idle: Vec::new(), found: Vec::new() };
    let (mut set, mut sound) = (GlobSetBuilder::new(), Vec::new());
    for pattern in patterns {
        match glob(plain(&pattern.it)) {
            Ok(glob) => {
                set.add(glob);
                sound.push((pattern, false));
            }
            Err(error) => matched.found.push(
                Diagnostic::new(code::BAD_PROJECT, format!("`{}` is not a file pattern", pattern.it))
                    .at(pattern.span, error.kind().to_string())
                    .help(format!("write it as in `folder/**/{names}`")),
            ),
        }
    }
    let Ok(set) = set.build() else { return matched };
    let mut of_path = Vec::new();
    for file in &all.files {
        set.matches_into(&file.path, &mut of_path);
        if !of_path.is_empty() {
            matched.files.push(file);
        }
        for index in &of_path {
            if let Some((_, used)) = sound.get_mut(*index) {
                *used = true;
            }
        }
    }
    for (pattern, _) in sound.into_iter().filter(|(_, used)| !used) {
        match names_folder(pattern, names, all) {
            Some(folder) => matched.found.push(folder),
            None => matched.idle.push(pattern),
        }
    }
    matched
}

/// `*` stays within a folder, as in a shell; `**` goes below.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

/// A pattern as listed paths are written.
fn plain(pattern: &str) -> &str {
    pattern.strip_prefix("./").unwrap_or(pattern)
}

/// An error if a pattern is the name of a folder: whoever writes that means what is in it, and nothing of it would be
/// read.
fn names_folder(pattern: &Spanned<String>, names: &str, all: &Listing) -> Option<Diagnostic> {
    let folder = plain(&pattern.it).trim_end_matches('/');
    let is_own = folder == "." || folder.is_empty() && !pattern.it.is_empty();
    if !is_own && !all.folders.iter().any(|known| known == Path::new(folder)) {
        return None;
    }
    let below = if is_own { String::new() } else { format!("{folder}/") };
    let finding =
        Diagnostic::new(code::FOLDER_PATTERN, format!("`{}` is a folder, and patterns name files", pattern.it));
    Some(finding.at(pattern.span, "nothing is read").help(format!("write `{below}**/{names}`")))
}

/// That a pattern matches no file.
pub(super) fn no_match(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::NO_MATCH, format!("no file matches `{}`", pattern.it))
        .at(pattern.span, "")
        .help(advice(&pattern.it).unwrap_or("correct the pattern, or take it out"))
}

/// That a project has no policies: none of its patterns matches any file, or there are none.
pub(super) fn no_policy(project: FileId, patterns: &[&Spanned<String>]) -> Diagnostic {
    if patterns.is_empty() {
        return Diagnostic::new(code::NO_POLICY, "the project names no policy files")
            .at(Span::new(project, 0, 0), "")
            .help("write for example `policies: [\"policies/**/*.prescope\"]`");
    }
    let quoted: Vec<String> = patterns.iter().map(|pattern| format!("`{}`", pattern.it)).collect();
    let message = format!("there is no policy file: none matches {}", quoted.join(" or "));
    let help = patterns.iter().find_map(|pattern| advice(&pattern.it));
    let finding = Diagnostic::new(code::NO_POLICY, message)
        .help(help.unwrap_or("correct the pattern, as in `policies/**/*.prescope`, or write a policy"));
    patterns.iter().fold(finding, |finding, pattern| finding.at(pattern.span, ""))
}

/// Why a pattern cannot match any file, whatever there is.
fn advice(pattern: &str) -> Option<&'static str> {
    let mut parts = pattern.split('/');
    if pattern.starts_with('/') || parts.clone().any(|part| part == "..") {
        return Some("name files below the folder of the project: patterns do not lead out of it");
    }
    let skipped = parts.any(|part| SKIPPED.contains(&part));
    skipped.then_some("put the files elsewhere: `.git`, `target` and `node_modules` are not searched")
}

/// Whether a pattern can match something below a folder, whatever lies there.
pub(super) fn leads_into(pattern: &Spanned<String>, folder: &Path) -> bool {
    may_match_below(plain(&pattern.it), folder)
}

fn may_match_below(pattern: &str, folder: &Path) -> bool {
    // A slash within braces divides no folders of all alternatives: nobody looks closer.
    if slashes(pattern).count() < pattern.matches('/').count() {
        return true;
    }
    let whole = pattern.ends_with("**").then_some(pattern.len());
    let mut above = slashes(pattern).chain(whole).filter_map(|end| glob(pattern.get(..end)?).ok());
    above.any(|glob| glob.compile_matcher().is_match(folder))
}

/// The places of the slashes that divide folders.
fn slashes(pattern: &str) -> impl Iterator<Item = usize> {
    let mut depth = 0;
    pattern.char_indices().filter_map(move |(at, character)| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            '/' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// The folders that patterns read from.
pub(super) struct Folders {
    patterns: Vec<GlobMatcher>,
}

impl Folders {
    pub(super) fn new(patterns: &[Spanned<String>]) -> Folders {
        let any_file = |pattern: &Spanned<String>| glob(&any_file(plain(&pattern.it))).ok();
        Folders { patterns: patterns.iter().filter_map(any_file).map(|glob| glob.compile_matcher()).collect() }
    }

    /// Whether one of the patterns would match the file if it had another name.
    pub(super) fn hold(&self, file: &Path) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_match(file))
    }
}

/// The pattern with any name at its end. A slash within braces divides no folders of all alternatives.
fn any_file(pattern: &str) -> String {
    let end = slashes(pattern).last().map_or(0, |slash| slash + 1);
    let last = if pattern.get(end..) == Some("**") { "**" } else { "*" };
    format!("{}{last}", pattern.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_may_stand_at_the_end() {
        for (pattern, wide) in [
            ("people.yaml", "*"),
            ("directory/*.yaml", "directory/*"),
            ("directory/**/*.yaml", "directory/**/*"),
            ("directory/**", "directory/**"),
            ("{a,b/c}/*.yaml", "{a,b/c}/*"),
            ("a/{b,c/d}.yaml", "a/*"),
        ] {
            assert_eq!(any_file(pattern), wide);
        }
    }

    #[test]
    fn a_pattern_leads_into_the_folders_that_it_names_or_leaves_open() {
        for (pattern, folder, leads) in [
            ("policies/*.prescope", "policies", true),
            ("policies/*.prescope", "policies/old", false),
            ("policies/*.prescope", "other", false),
            ("policies/**/*.prescope", "policies/old/older", true),
            ("policies/**", "policies/old/older", true),
            ("**/*.prescope", "any", true),
            ("*.prescope", "any", false),
            ("p*/x?/*.prescope", "policies/xy", true),
            ("a/{b,c/d}/*.yaml", "a/c", true),
        ] {
            assert_eq!(may_match_below(pattern, Path::new(folder)), leads, "{pattern} {folder}");
        }
    }
}
