//! The texts of BASE beside those of HEAD, so that no two places of trees are the same: under new names, if any were
//! told. Places are told as they are in the texts that somebody wrote.

use std::collections::BTreeMap;

use crate::diff::renamed::NewNames;
use crate::language::{Edit, FileId, Parsed, Source, Sources, Span, edited, parse};

/// Texts that were edited, by the id that they have here.
#[derive(Debug, Default)]
pub(super) struct Moved {
    edited: BTreeMap<FileId, (FileId, Vec<Edit>)>,
}

impl Moved {
    /// Takes a text of BASE in, and reads it.
    pub(super) fn take(
        &mut self,
        file: FileId,
        (base, sources): (&Sources, &mut Sources),
        names: Option<&NewNames<'_>>,
    ) -> Parsed {
        let source: &Source = base.source(file);
        let edits = names.map(|names| names.tree(&mut parse(file, source.text()))).unwrap_or_default();
        if edits.is_empty() {
            let here = sources.take(source.clone());
            return parse(here, source.text());
        }
        let text = edited(source.text(), &edits);
        let here = sources.add(source.path(), text);
        self.edited.insert(here, (file, edits));
        parse(here, sources.text(here))
    }

    /// Where a place is in the text that somebody wrote; None if that is where it is here.
    pub(super) fn written(&self, span: Span) -> Option<Span> {
        let (file, edits) = self.edited.get(&span.file)?;
        let at = |byte: u32| {
            let mut longer = 0_i64;
            for Edit { span, text } in edits {
                let start = i64::from(span.start) + longer;
                if i64::from(byte) <= start {
                    break;
                }
                let length = text.len() as i64;
                // Within a name there is no place but its end.
                if i64::from(byte) < start + length {
                    return span.end;
                }
                longer += length - i64::from(span.end - span.start);
            }
            u32::try_from(i64::from(byte) - longer).unwrap_or(byte)
        };
        Some(Span { file: *file, start: at(span.start), end: at(span.end) })
    }
}
