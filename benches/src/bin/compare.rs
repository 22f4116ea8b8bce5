//! The same decisions asked of prescope, its peers and a hash map: `compare small|medium|large [only]`.
//!
//! First all of them answer 10,000 random questions and have to agree; then each is measured. `only` leaves the peers out.

use std::error::Error;
use std::hint::black_box;

use prescope_benches::engine::baseline::Baseline;
use prescope_benches::engine::cedar::Cedar;
use prescope_benches::engine::ours::Ours;
use prescope_benches::engine::rego::Rego;
use prescope_benches::population::{Population, Size};
use prescope_benches::question::{Question, questions};
use prescope_benches::time;

const CHECKED: usize = 10_000;
const HOT: usize = 1_000;

struct Names<'a> {
    population: &'a Population,
    fields: Vec<String>,
}

impl Names<'_> {
    fn of(&self, question: &Question) -> (&str, &str, &str) {
        let address = |of: u32| self.population.viewers[of as usize].address.as_str();
        (address(question.viewer), address(question.owner), &self.fields[question.field as usize])
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let size = arguments.next().and_then(|name| Size::named(&name)).ok_or("compare small|medium|large [only]")?;
    let only = arguments.next().is_some_and(|word| word == "only");
    let population = Population::generate(size);
    println!(
        "{}: {} owners, {} viewers, {} entries",
        size.name(),
        population.owners.len(),
        population.viewers.len(),
        population.entries()
    );
    let (ours, loaded) = time::once(|| Ours::load(&population));
    println!("prescope: built, linked and settled in {:.2} s", loaded.as_secs_f64());
    let names = Names { population: &population, fields: ours.fields.clone() };
    let checked = questions(&population, ours.fields.len(), CHECKED, 1);
    let hot = questions(&population, ours.fields.len(), HOT, 2);
    let (baseline, loaded) = time::once(|| Baseline::load(&population));
    println!("hash map: loaded in {:.2} s", loaded.as_secs_f64());
    let mut seen = 0;
    for question in &checked {
        let (viewer, owner, field) = names.of(question);
        let (person, user, id) = ours.ids(question);
        let answer = baseline.decide(viewer, owner, field);
        if answer != ours.decide_ids(person, user, id) || answer != ours.decide_names(viewer, owner, field) {
            return Err(format!("prescope and hash map disagree: {viewer} {owner} {field}: {answer}").into());
        }
        seen += usize::from(answer);
    }
    println!("{CHECKED} questions, {seen} seen: prescope and hash map agree");
    let by_ids: Vec<_> = hot.iter().map(|question| ours.ids(question)).collect();
    let by_names: Vec<_> = hot.iter().map(|question| names.of(question)).collect();
    let ids = time::each(HOT, || by_ids.iter().for_each(|(p, u, f)| _ = black_box(ours.decide_ids(*p, *u, *f))));
    println!("ids   {ids:>10.1} ns");
    let by = time::each(HOT, || by_names.iter().for_each(|(v, o, f)| _ = black_box(ours.decide_names(v, o, f))));
    println!("names {by:>10.1} ns");
    let map = time::each(HOT, || by_names.iter().for_each(|(v, o, f)| _ = black_box(baseline.decide(v, o, f))));
    println!("map   {map:>10.1} ns");
    if only {
        return Ok(());
    }
    let (mut rego, loaded) = time::once(|| Rego::load(&population));
    println!("rego: loaded in {:.2} s", loaded.as_secs_f64());
    let (cedar, loaded) = time::once(|| Cedar::load(&population));
    println!("cedar: loaded in {:.2} s", loaded.as_secs_f64());
    for question in &checked {
        let (viewer, owner, field) = names.of(question);
        let answer = baseline.decide(viewer, owner, field);
        if answer != cedar.decide(&Cedar::ask(viewer, owner, field)) {
            return Err(format!("cedar disagrees: {viewer} {owner} {field}: {answer}").into());
        }
        if answer != rego.decide(&Rego::ask(viewer, owner, field)) {
            return Err(format!("rego disagrees: {viewer} {owner} {field}: {answer}").into());
        }
    }
    println!("cedar and rego agree");
    let asked: Vec<_> = by_names.iter().map(|(v, o, f)| Cedar::ask(v, o, f)).collect();
    let of_cedar = time::each(HOT, || asked.iter().for_each(|asked| _ = black_box(cedar.decide(asked))));
    println!("cedar {of_cedar:>10.1} ns");
    let asked: Vec<_> = by_names.iter().map(|(v, o, f)| Rego::ask(v, o, f)).collect();
    let of_rego = time::each(HOT, || asked.iter().for_each(|asked| _ = black_box(rego.decide(asked))));
    println!("rego  {of_rego:>10.1} ns");
    Ok(())
}
