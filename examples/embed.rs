//! A program that embeds prescope: two threads ask questions while the set is reloaded and swapped in under them.
//!
//! `cargo run --example embed` — the directory comes from the program, as it would from a database.

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::sync::{Arc, Barrier, RwLock};
use std::thread;

use prescope::{DirectoryBuilder, Entries, Malformed, Project, RuleSet, decide};

const POLICY: &str = "use std/lync2013\n";

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What a query of the database would give: one owner, with a partner in the workgroup or not.
fn people(trusted: bool) -> Result<DirectoryBuilder, Malformed> {
    let mut people = DirectoryBuilder::new();
    people.domain("contoso.com")?.partner("fabrikam.com")?;
    let mut anna = people.user("anna@contoso.com")?;
    if trusted {
        anna.entry("workgroup", "kim@fabrikam.com")?;
    }
    Ok(people)
}

fn load(trusted: bool) -> Outcome<RuleSet> {
    let project = Project::builder().policy("policy.prescope", POLICY).people(people(trusted)?.build()).build();
    let rules = project.rules(Entries::InForce)?;
    rules.prepare();
    Ok(rules)
}

fn main() -> Outcome<()> {
    let current = RwLock::new(Arc::new(load(false)?));
    let reloaded = load(true)?;
    let (asked, swapped) = (Barrier::new(3), Barrier::new(3));
    let ask = |asker: usize, round: &str| -> Outcome<()> {
        // The set is cheap to share: a reader keeps the one it took, whatever is swapped in meanwhile.
        let rules = Arc::clone(&*current.read().map_err(|_| "a writer failed")?);
        let question = rules.see("kim@fabrikam.com", "anna@contoso.com", "contact_card", Some("mobile_phone"))?;
        println!("thread {asker}, {round} the reload: {}", decide(&rules, &question).answer.name());
        Ok(())
    };
    let ask_twice = |asker: usize| -> Outcome<()> {
        let before = ask(asker, "before");
        asked.wait();
        swapped.wait();
        before.and_then(|()| ask(asker, "after"))
    };
    thread::scope(|scope| {
        let threads = [scope.spawn(|| ask_twice(1)), scope.spawn(|| ask_twice(2))];
        asked.wait();
        let swap = current.write().map(|mut current| *current = Arc::new(reloaded));
        swapped.wait();
        swap.map_err(|_| "a reader failed")?;
        for thread in threads {
            thread.join().map_err(|_| "a thread failed")??;
        }
        Ok(())
    })
}
