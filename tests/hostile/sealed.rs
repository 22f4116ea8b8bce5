//! What prescope writes for itself, with bytes that were changed before they were sealed: by a fault of memory, or by
//! another build. An answer from it may be wrong; a crash is none.

use std::fs;
use std::path::Path;

use prescope::project::{Project, Ready, Stale, recover};
use prescope::resolve::Entries;

use crate::readers::{self, PEOPLE, POLICY, Random, mutated};
use crate::saving::{contents, leave_journal, sealed_snapshot, sum};
use crate::tries::{at_least, seeds};

fn project(folder: &Path) {
    fs::create_dir(folder).unwrap();
    fs::write(folder.join("small.prescope"), POLICY).unwrap();
    fs::write(folder.join("small.yaml"), PEOPLE).unwrap();
    fs::write(folder.join("prescope.yaml"), "policies: [small.prescope]\ndirectory: [small.yaml]\n").unwrap();
}

#[test]
fn a_snapshot_that_is_wrong_under_the_right_seal_is_refused_or_answers() {
    let outside = tempfile::tempdir().unwrap();
    let folder = outside.path().join("project");
    project(&folder);
    Project::open(&folder).write_snapshot().unwrap();
    let path = folder.join(".prescope.snapshot");
    let sealed = fs::read(&path).unwrap();
    let (mut refused, mut answered) = (0, 0);
    for number in seeds(300) {
        let rest = sealed.get(sealed_snapshot(b"").len()..).unwrap();
        fs::write(&path, sealed_snapshot(&mutated(&mut Random::new(number), rest, b"prescope snapshot\n"))).unwrap();
        let ready = Ready::open(&folder).unwrap();
        match ready.stale() {
            Some(Stale::Unsealed) => panic!("{number}: the seal is the right one"),
            Some(_) => refused += 1,
            None => {
                answered += 1;
                let rules = [Entries::InForce, Entries::Recorded].map(|entries| ready.rules(entries));
                readers::everything(&rules[0], &rules[1], ready.sources(), number);
            }
        }
    }
    assert!(refused >= at_least(50) && answered >= at_least(10), "{refused} refused, {answered} answered");
}

#[test]
fn a_journal_that_is_wrong_under_the_right_seal_touches_nothing_outside() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("file"), "precious").unwrap();
    let folder = outside.path().join("project");
    project(&folder);
    let journal = format!(
        "prescope journal 2\nprocess 1\nnumber 1-1\nstate ready\nwrite {} {} small.yaml\nwrite {} - small.prescope\nend\n",
        sum(PEOPLE),
        sum("new"),
        sum(POLICY),
    );
    let (mut foreign, mut read) = (0, 0);
    for number in seeds(300) {
        fs::write(folder.join("small.yaml"), PEOPLE).unwrap();
        fs::write(folder.join("small.prescope"), POLICY).unwrap();
        let other = b"../file\n/etc\nseal write - - ./../file\n";
        leave_journal(&folder, mutated(&mut Random::new(number), journal.as_bytes(), other));
        match Project::open(&folder).interrupted() {
            Some(_) => read += 1,
            None => foreign += 1,
        }
        _ = recover(&folder);
        _ = fs::remove_file(folder.join(".prescope.journal"));
        let all: Vec<_> =
            contents(outside.path()).into_iter().filter(|(path, _)| !path.starts_with("project/")).collect();
        assert_eq!(all, [("file".to_owned(), "precious".to_owned())], "{number}");
        let inside: Vec<_> = contents(&folder).into_iter().map(|(path, _)| path).collect();
        let ours = |path: &String| ["prescope.yaml", "small.prescope", "small.yaml"].contains(&path.as_str());
        assert!(inside.iter().all(ours), "{number}: {inside:?}");
    }
    assert!(foreign >= at_least(50) && read >= at_least(10), "{foreign} foreign, {read} read");
}
