//! Criterion's medians and spreads of prescope's hot paths, beside a hash map, on the small and the medium population.
//! Before anything is measured, 10,000 random questions are answered alike.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use prescope_benches::engine::baseline::Baseline;
use prescope_benches::engine::ours::Ours;
use prescope_benches::hot::{Batch, HOT, PATHS};
use prescope_benches::population::{Population, Size};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for size in [Size::Small, Size::Medium] {
        let population = Population::generate(size);
        let (ours, map) = (Ours::load(&population), Baseline::load(&population));
        let checked = Batch::of(&ours, &population, 10_000, 1);
        for ((person, user, id), (viewer, owner, field)) in checked.by_ids.iter().zip(&checked.by_names) {
            let answer = map.decide(viewer, owner, field);
            assert_eq!(ours.decide_ids(*person, *user, *id), answer, "{viewer} {owner} {field}");
            assert_eq!(ours.decide_names(viewer, owner, field), answer, "{viewer} {owner} {field}");
        }
        let hot = Batch::of(&ours, &population, HOT, 2);
        let mut group = criterion.benchmark_group(size.name());
        group.throughput(Throughput::Elements(HOT as u64));
        let ask = |(viewer, owner, field): &(&str, &str, &str)| _ = black_box(map.decide(viewer, owner, field));
        group.bench_function("hash map", |bencher| bencher.iter(|| hot.by_names.iter().for_each(ask)));
        for (name, path) in PATHS {
            group.throughput(Throughput::Elements(if name == "counts" { 1 } else { HOT as u64 }));
            group.bench_function(name, |bencher| bencher.iter(|| path(&hot)));
        }
        group.finish();
    }
    criterion.final_summary();
}
