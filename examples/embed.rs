//! A program that embeds prescope: two threads ask questions while the set is reloaded and swapped in under them.
//!
//! `cargo run --example embed` — the directory comes from the program, as it would from a database.

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::sync::{Arc, Barrier, RwLock};
use std::thread;

use prescope::directory::{Directory, DirectoryBuilder, Malformed};
use prescope::language::FileId;
use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet, decide};

const POLICY: &str = "use std/lync2013\n";

/// What a query of the database would give: one owner, with a partner in the workgroup or not.
fn directory(file: FileId, trusted: bool) -> Result<Directory, Malformed> {
    let mut directory = DirectoryBuilder::new(file);
    directory.domain("contoso.com")?.partner("fabrikam.com")?;
    let mut anna = directory.user("anna@contoso.com")?;
    if trusted {
        anna.entry("workgroup", "kim@fabrikam.com")?;
    }
    Ok(directory.build())
}

fn load(trusted: bool) -> Result<RuleSet, Box<dyn Error + Send + Sync>> {
    let mut built = Ok(());
    let policies = [("policy.prescope".to_owned(), POLICY.to_owned())];
    let project = Project::with_directory(policies, |file| {
        directory(file, trusted).unwrap_or_else(|malformed| {
            built = Err(malformed);
            Directory::default()
        })
    });
    built?;
    let rules = project.rules(Entries::InForce).ok_or("the set has errors")?;
    rules.prepare();
    Ok(rules)
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let current = RwLock::new(Arc::new(load(false)?));
    let (asked, swapped) = (Barrier::new(3), Barrier::new(3));
    let ask = |asker: usize| -> Result<(), Box<dyn Error + Send + Sync>> {
        for round in ["before", "after"] {
            // The set is cheap to share: a reader keeps the one it took, whatever is swapped in meanwhile.
            let rules = Arc::clone(&*current.read().map_err(|_| "a writer failed")?);
            let question = rules.see("kim@fabrikam.com", "anna@contoso.com", "contact_card", Some("mobile_phone"))?;
            println!("thread {asker}, {round} the reload: {}", decide(&rules, &question).answer.name());
            if round == "before" {
                asked.wait();
                swapped.wait();
            }
        }
        Ok(())
    };
    let reloaded = load(true)?;
    thread::scope(|scope| {
        let threads = [scope.spawn(|| ask(1)), scope.spawn(|| ask(2))];
        asked.wait();
        *current.write().map_err(|_| "a reader failed")? = Arc::new(reloaded);
        swapped.wait();
        for thread in threads {
            thread.join().map_err(|_| "a thread failed")??;
        }
        Ok(())
    })
}
