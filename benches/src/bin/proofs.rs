//! Measures proofs of invariants: of the shipped catalogue, and of sets with more and more containers.

use std::fmt::Write;

use prescope::project::Project;
use prescope::prove::{Limits, Proof, Verdict, prove};
use prescope::symbolic::NODES;
use prescope_benches::catalogue::catalogue;
use prescope_benches::measure::Times;

const RUNS: usize = 9;

fn main() {
    println!("{:<16} {:>8} {:>8} {:>10} {:>10} {:>10}", "set", "clauses", "proved", "nodes", "median", "best");
    match catalogue() {
        Ok(project) => measure("std/lync2013", &project),
        Err(error) => eprintln!("policies/lync2013: {error}"),
    }
    for containers in [8, 16, 32, 62] {
        let name = format!("{containers} containers");
        measure(&name, &Project::builder().policy("made.prescope", made(containers)).build());
    }
}

/// A set whose guards read the level and the contacts, with so many containers beside the one that answers when no
/// entry matches.
fn made(containers: usize) -> String {
    let mut policy = "category state { availability: free | busy, place, mood }\n\
         attributes user { shares: bool = true }\nsettings Privacy at global { Enable: bool = false }\n\
         container none(0) { publishes state { availability } }\n"
        .to_owned();
    for number in 1..=containers {
        let flags = if number == containers { "visible blocking" } else { "visible" };
        let fields = if number % 2 == 0 { "availability, place" } else { "availability, mood" };
        _ = writeln!(policy, "container c{number}({number}) {flags} {{ publishes state {{ {fields} }} }}");
    }
    let middle = containers / 2;
    _ = write!(
        policy,
        "manifest private when owner.Enable {{\n\
             delegate, contact in visible, exactly one, default c{middle}, else move\n\
             stranger in blocking, else make contact\n\
             domain, federated, public_cloud in blocking, exactly one, default c{containers}, else move\n\
             same_enterprise, everyone in blocking, else remove\n}}\n\
         manifest standard {{\n same_enterprise in visible, exactly one, default c{middle}, else move\n\
             delegate in visible, exactly one, default c1, else move\n}}\n\
         membership \"board\" when owner.shares {{ c{middle} has everyone }}\n\
         guard state {{ deny \"shares\" unless owner.shares\n deny \"level\" when viewer in c1 and viewer is not contact of owner }}\n\
         guard state.place {{ deny \"outside\" unless viewer.inside }}\n\
         invariant \"made\" {{\n"
    );
    for number in 1..=containers {
        let field = if number % 2 == 0 { "mood" } else { "place" };
        _ = writeln!(policy, "never viewer sees state.{field} when viewer in c{number}");
    }
    policy + "never viewer sees state.place unless viewer.inside\nnever viewer sees state unless owner.shares\n}\n"
}

fn measure(name: &str, project: &Project) {
    let asked = |nodes| prove(project.set(), Limits { nodes, ..Limits::default() }).unwrap_or_default();
    let proved = |proofs: &[Proof<'_>]| proofs.iter().filter(|proof| proof.verdict == Verdict::Proved).count();
    let all = asked(NODES);
    // The nodes of the largest diagram, to the next power of two.
    let decided = |limit: &usize| !asked(*limit).iter().any(|proof| matches!(proof.verdict, Verdict::Undecided(_)));
    let nodes = (4..).map(|power| 1usize << power).find(decided).unwrap_or(usize::MAX);
    let times = Times::measure(RUNS, || asked(NODES));
    let (median, best) = (times.median.as_secs_f64() * 1e3, times.best.as_secs_f64() * 1e3);
    println!(
        "{name:<16} {:>8} {:>8} {:>10} {median:>7.1} ms {best:>7.1} ms",
        all.len(),
        proved(&all),
        format!("< {nodes}")
    );
}
