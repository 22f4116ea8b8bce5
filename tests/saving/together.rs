//! Several who write at once: each gets its turn, or starts again from what is there.

use std::process::Command;
use std::thread;

use prescope::diagnostic::code;
use prescope::directory::{Address, Amendment};
use prescope::project::{Project, SaveError};

use super::{DIRECTORY, contents, least, project};
use crate::tries::tries;

const WRITERS: usize = 4;

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn nothing_of_several_writers_gets_lost() {
    let folder = project(&least(), "organization: { domains: [x.y] }\nusers:\n  ann@x.y:\n    contacts: []\n");
    let contacts_of_each = tries(16) as usize;
    let write = |writer: usize| {
        for number in 0..contacts_of_each {
            let contact = address(&format!("c{writer}.{number}@x.y"));
            loop {
                let changes = [(address("ann@x.y"), vec![Amendment::AddContact(contact.clone())])];
                let project = Project::open(folder.path());
                // The others wrote each time while this one read, which is told and no state of the files.
                if project.diagnostics().iter().any(|it| it.code == code::UNFINISHED) {
                    continue;
                }
                match project.amended(&changes).unwrap().write() {
                    Ok(()) => break,
                    Err(SaveError::Changed(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }
    };
    thread::scope(|scope| (0..WRITERS).for_each(|writer| drop(scope.spawn(move || write(writer)))));
    let project = Project::open(folder.path());
    let contacts = project.set().directory.as_ref().unwrap().users[0].contacts.as_ref().unwrap().len();
    assert_eq!(contacts, WRITERS * contacts_of_each);
    assert_eq!(contents(folder.path()).len(), 3);
}

#[test]
fn processes_that_write_the_same_files_do_not_disturb_each_other() {
    let sloppy = |number: usize| (format!("policies/part{number}.prescope"), format!("place  place{number}\n"));
    let folder = project(&(0..6).map(sloppy).collect::<Vec<_>>(), "users:\n");
    let format =
        || Command::new(env!("CARGO_BIN_EXE_prescope")).arg("fmt").current_dir(folder.path()).output().unwrap();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(format)).collect();
        for run in runs {
            let run = run.join().unwrap();
            let told = String::from_utf8(run.stderr).unwrap();
            // It wrote, or found everything done, or was told that others had been faster, or wrote each time it read.
            let others = ["has changed since it was read", "kept changing while they were read"];
            assert!(run.status.success() || others.iter().any(|it| told.contains(it)), "{told}");
        }
    });
    let all = contents(folder.path());
    assert_eq!(all.len(), 8);
    assert!(all.iter().all(|(name, text)| !text.contains("place  ") || name == DIRECTORY));
}
