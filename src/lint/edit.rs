//! Fixes: edits of policies, and changes of the directory's lists.

use std::collections::BTreeMap;

use crate::directory::{FileKind, ListChange, list_edits};
use crate::language::{Diagnostic, Edit, FileId, Fix, Sources, Span};
use crate::resolve::Origin;

/// A fix of one edit.
pub(super) fn fix(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
    Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
}

/// A fix that changes a list of the directory. Its edits are made when all findings are there, so that each file is
/// read once, and by whoever edits directories.
#[derive(Debug)]
pub(super) struct InList {
    title: &'static str,
    item: Span,
    change: ListChange,
}

/// A fix that takes an entry out of its list.
pub(super) fn without_entry(title: &'static str, item: Span) -> InList {
    InList { title, item, change: ListChange::Remove }
}

/// The same for an entry that the owner's memberships name; what comes from elsewhere has no fix.
pub(super) fn without_recorded(title: &'static str, origin: Origin) -> Option<InList> {
    match origin {
        Origin::Directory(item) => Some(without_entry(title, item)),
        Origin::Group(..) | Origin::Policy(..) | Origin::Manifest(_) => None,
    }
}

/// A fix that puts somebody behind the last item of the list in which an item stands.
pub(super) fn with_another(title: &'static str, item: Span, another: String) -> InList {
    InList { title, item, change: ListChange::Append(another) }
}

/// Gives findings the fixes that change lists, where those can be edited. Lines and tables come from other programs,
/// and would come back with the next export.
pub(super) fn mend_lists(sources: &Sources, fixes: Vec<(usize, InList)>, findings: &mut [Diagnostic]) {
    let mut by_file: BTreeMap<FileId, Vec<(usize, InList)>> = BTreeMap::new();
    for (finding, fix) in fixes {
        by_file.entry(fix.item.file).or_default().push((finding, fix));
    }
    for (file, fixes) in by_file {
        if FileKind::guess(sources.path(file)) != FileKind::Yaml {
            continue;
        }
        let changes: Vec<(Span, ListChange)> = fixes.iter().map(|(_, fix)| (fix.item, fix.change.clone())).collect();
        let edits = list_edits(file, sources.text(file), &changes);
        for ((finding, fix), edits) in fixes.into_iter().zip(edits) {
            if let (Some(finding), Some(edits)) = (findings.get_mut(finding), edits) {
                finding.fix = Some(Fix { title: fix.title.to_owned(), edits });
            }
        }
    }
}
