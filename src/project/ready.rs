//! A set ready to be asked: from the snapshot of a project where a good one lies, from its files otherwise. It gives
//! what answers need and no more; who edits, lints or tests opens the project.

use std::path::Path;
use std::sync::Arc;

use super::Project;
use super::save::{Interrupted, View};
use super::snapshot::{self, ChangedFile, Held, Stale};
use crate::diagnostic::Sink;
use crate::graph::{self, RuleGraph};
use crate::language::Sources;
use crate::model::Model;
use crate::resolve::{Entries, RuleSet};
use crate::text::Progress;

/// A set without errors.
#[derive(Debug)]
pub struct Ready {
    texts: Texts,
    graph: Arc<RuleGraph>,
    interrupted: Option<Interrupted>,
    stale: Option<Stale>,
    changed: ChangedFile,
}

/// Where the texts of a set are.
#[derive(Debug)]
enum Texts {
    /// In the files that its snapshot was made of.
    Later(Sources),
    /// In the project that was read. It is kept whole: to take its trees apart takes as long as many an answer, and who
    /// asks once ends soon anyway.
    Read(Box<Project>),
}

impl Ready {
    /// The project in a folder, from its snapshot if it has one that holds. The project itself if it has errors.
    pub fn open(folder: impl AsRef<Path>) -> Result<Ready, Box<Project>> {
        Ready::open_watched(folder, &Arc::default())
    }

    /// The same, while somebody else looks at how far reading is. A snapshot is read in no time.
    pub fn open_watched(folder: impl AsRef<Path>, progress: &Arc<Progress>) -> Result<Ready, Box<Project>> {
        let folder = folder.as_ref();
        let mut stale = None;
        // If nobody can say how far files are written, opening the project says so.
        if snapshot::is_there(folder)
            && let Ok(view) = View::open(&[folder.to_path_buf()])
            && !view.is_elsewhere()
        {
            let interrupted = view.interrupted;
            match snapshot::read(folder) {
                Ok(Held { sources, model, changed }) => {
                    // A set with errors has no snapshot, so there is a graph.
                    if let Some(graph) = graph::build(Arc::new(model), &mut Sink::new()) {
                        let (texts, graph) = (Texts::Later(sources), Arc::new(graph));
                        return Ok(Ready { texts, graph, interrupted, stale, changed });
                    }
                    stale = Some(Stale::Damaged);
                }
                Err(why) => stale = Some(why),
            }
        }
        Ok(Ready { stale, ..Ready::new(Project::open_watched(folder, folder, progress))? })
    }

    /// What answers need of a project. The project itself if it has errors.
    pub fn new(project: Project) -> Result<Ready, Box<Project>> {
        match &project.set.graph {
            None => Err(Box::new(project)),
            Some(graph) => {
                let (graph, interrupted) = (Arc::clone(graph), project.interrupted);
                let texts = Texts::Read(Box::new(project));
                Ok(Ready { texts, graph, interrupted, stale: None, changed: ChangedFile::default() })
            }
        }
    }

    /// Files that another command was writing when this was opened, or had begun to write and was interrupted.
    pub fn interrupted(&self) -> Option<Interrupted> {
        self.interrupted
    }

    /// Why the snapshot that lies there was not used; None if it was, or there is none.
    pub fn stale(&self) -> Option<&Stale> {
        self.stale.as_ref()
    }

    /// A file that was found to have changed when its text was asked for, after the snapshot was found to hold: then
    /// places in it are missing from what was said.
    pub fn changed(&self) -> Option<&str> {
        self.changed.get().map(String::as_str)
    }

    /// The texts. Those of a set from a snapshot are read when something is to be said about a place in them.
    pub fn sources(&self) -> &Sources {
        match &self.texts {
            Texts::Later(sources) => sources,
            Texts::Read(project) => project.sources(),
        }
    }

    /// The rule graph.
    pub fn graph(&self) -> &RuleGraph {
        &self.graph
    }

    /// Every name resolved.
    pub fn model(&self) -> &Model {
        self.graph.model()
    }

    /// The set ready to be asked, on these entries.
    pub fn rules(&self, entries: Entries) -> RuleSet {
        RuleSet::new(Arc::clone(&self.graph), entries)
    }
}
