fn main() {
    let project = prescope::project::Project::open(std::env::args().nth(1).unwrap());
    for d in project.diagnostics() {
        let at = d
            .span()
            .map(|s| {
                let p = project.sources().start(s);
                format!("{}:{}:{}", project.sources().path(s.file), p.line, p.column)
            })
            .unwrap_or_default();
        println!(
            "{at}: {:?} {}: {} [{}] help: {:?}",
            d.severity,
            d.code.name(),
            d.message,
            d.labels.iter().map(|l| l.text.clone()).collect::<Vec<_>>().join(" | "),
            d.help
        );
    }
    let Some(rules) = project.rules(Default::default()) else { return };
    let args: Vec<String> = std::env::args().collect();
    let q = rules.see_target(&args[2], &args[3], &args[4]).unwrap();
    let e = prescope::resolve::explain(&rules, &q);
    for (f, d) in &e.decisions {
        println!("{} {}", rules.model().field_name(*f), d.answer.name());
    }
    for s in &e.sentences {
        let at =
            s.at.map(|s| {
                let p = project.sources().start(s);
                format!("{}:{}", project.sources().path(s.file), p.line)
            })
            .unwrap_or_default();
        println!("{}{} | {} | {} | {}", "  ".repeat(s.depth), s.step, s.text, s.detail, at);
    }
}
