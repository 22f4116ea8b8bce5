//! What prescope writes for itself and reads again.

use std::env;
use std::sync::Arc;

use prescope::diagnostic::Sink;
use prescope::graph;
use prescope::language::Sources;
use prescope::model::Kept;
use prescope::project::readers;
use prescope::report::json;
use prescope::resolve::{Entries, RuleSet};

use super::{asking, files};

/// The set of a snapshot, as a length, the model, and the lists. Whatever the bytes are, they are refused or answer
/// everything.
pub fn snapshot(bytes: &[u8]) {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return };
    let Some((model, lists)) = rest.split_at_checked(u32::from_le_bytes(*length) as usize) else { return };
    let Some(model) = Kept::read(model, &Arc::new(lists.to_vec()), 0) else { return };
    let Some(graph) = graph::build(Arc::new(model), &mut Sink::new()) else { return };
    let graph = Arc::new(graph);
    let [in_force, recorded] =
        [Entries::InForce, Entries::Recorded].map(|entries| RuleSet::new(Arc::clone(&graph), entries));
    asking::everything(&in_force, &recorded, &Sources::default(), bytes.len() as u64);
}

/// Snapshots of sets.
pub fn snapshots() -> Vec<Vec<u8>> {
    // The small one more often: most of what is in the others is text.
    let projects = files::projects().into_iter().chain((0..9).map(|_| files::small()));
    let kept = projects.filter_map(|project| Kept::new(project.model()).ok());
    let joined = |kept: Kept| {
        let length = (kept.model.len() as u32).to_le_bytes();
        [length.as_slice(), &kept.model, &kept.lists].concat()
    };
    kept.map(joined).collect()
}

/// A journal: written again it is the same, and it names files below its folder only.
pub fn journal(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(folder) = env::temp_dir().canonicalize() else { return };
    if let Some((again, targets)) = readers::journal(&folder, text) {
        assert!(targets.iter().all(|target| target.starts_with(&folder)), "{targets:?}");
        assert_eq!(readers::journal(&folder, &again).map(|(again, _)| again).as_ref(), Some(&again));
    }
}

/// Journals.
pub fn journals() -> Vec<Vec<u8>> {
    let sum = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    let all = [
        format!("prescope journal 2\nprocess 7\nnumber 7-12\nstate ready\nwrite {sum} - a b\nend\n"),
        format!(
            "prescope journal 2\nprocess 7\nnumber 7-12\nstate begun\nwrite - {sum} a\\nb\\\\c\nwrite {sum} {sum} d\nend\n"
        ),
    ];
    all.map(String::into_bytes).to_vec()
}

/// A kept plan: whatever the text is, it is one or it is not.
pub fn plan_file(bytes: &[u8]) {
    if let Ok(plan) = json::read_plan_file(&String::from_utf8_lossy(bytes)) {
        _ = files::small().since(&plan.files, plan.library.as_deref());
    }
}

/// Kept plans.
pub fn plan_files() -> Vec<Vec<u8>> {
    let file = r#"{"path":"small.prescope","role":"policy","sum":"0a","becomes":{"sum":"0b","line":1,"removes":0,"text":"\n"}}"#;
    let plan = |files: &str, library: &str| {
        format!(
            r#"{{"schema":"prescope/plan-file/v1","version":"0.1.0","command":["block","ann","bob"],"library":{library},"files":[{files}],"plan":{{"a":[1,null]}}}}"#
        )
    };
    [plan("", "null"), plan(file, "\"0c\"")].map(String::into_bytes).to_vec()
}
