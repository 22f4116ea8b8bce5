//! Every kind of question, asked of one set: whatever the set is, there are answers.

use prescope::graph::RuleGraph;
use prescope::language::Sources;
use prescope::migrate;
use prescope::report::{
    Naming, answer, audit as counts, disclosure, graph, json, matrix, mode, show, usage, who as seen,
};
use prescope::resolve::{
    About, Answers, Asked, AuditBy, AuditOf, Context, Getting, RuleSet, See, audit, decide_use, decisions, disclosures,
    doubts_of, elsewhere, elsewhere_of, elsewhere_of_several, explain, explain_use, lookup, matrix_of_owner,
    matrix_of_viewer, people, what_uses, who, who_elsewhere, who_uses,
};

use super::random::Random;

/// How many of each sort are asked about; which ones, a seed says.
const SOME: usize = 2;

/// Asks a set about some of everything it has, on both kinds of entries.
pub fn everything(in_force: &RuleSet, recorded: &RuleSet, sources: &Sources, seed: u64) {
    let mut random = Random::new(seed);
    for rules in [in_force, recorded] {
        let names = Names::new(rules, &mut random);
        sees(rules, sources, &names);
        uses(rules, sources, &names);
        overviews(rules, sources, &names);
    }
    let mode_of = |owner| migrate::mode(in_force, recorded, owner, migrate::Options::default());
    let modes: Vec<_> = people::owners(in_force.model()).into_iter().map(mode_of).collect();
    _ = (mode::json(in_force.model(), sources, &modes), mode::all(in_force.model(), &modes));
    modes.iter().for_each(|it| _ = mode::one(in_force.model(), sources, it));
    looks(in_force.graph(), sources);
}

/// What questions name.
struct Names {
    owners: Vec<String>,
    viewers: Vec<String>,
    categories: Vec<String>,
    features: Vec<String>,
    meetings: Vec<String>,
}

impl Names {
    fn new(rules: &RuleSet, random: &mut Random) -> Names {
        let model = rules.model();
        let mut some = |all: Vec<String>| -> Vec<String> {
            if all.is_empty() { all } else { (0..SOME).map(|_| random.one(&all).clone()).collect() }
        };
        let users = model.users.values().map(|user| model.people[user.person].address.to_string()).collect();
        let people = model.people.values().map(|person| person.address.to_string()).collect();
        let mut viewers = some(people);
        viewers.extend(["anonymous", "somebody@else.example"].map(str::to_owned));
        Names {
            owners: some(users),
            viewers,
            categories: some(model.categories.values().map(|it| it.declared.name.clone()).collect()),
            features: some(model.features.values().map(|it| it.declared.name.clone()).collect()),
            meetings: some(model.meetings.values().map(|it| it.name.clone()).collect()),
        }
    }
}

fn sees(rules: &RuleSet, sources: &Sources, names: &Names) {
    for (viewer, owner, category) in product(&names.viewers, &names.owners, &names.categories) {
        let Ok(question) = See::typed(rules, viewer, owner, category) else { continue };
        let explanation = explain(rules, &question);
        let answers = Answers::new(rules, &question, decisions(rules, &question));
        let channels = elsewhere(rules, &question);
        let wire = json::WireAnswer::new(rules.graph(), sources, &question, &answers).explained(sources, &explanation);
        _ = json::answer(rules.model(), &question, &wire.with_elsewhere(rules.model(), sources, &channels));
        _ = answer::short(rules.model(), &question, &answers.decisions);
        _ = answer::explained(rules.model(), sources, &question, &explanation);
        _ = answer::elsewhere(rules.model(), sources, &channels);
    }
    for (owner, category, _) in product(&names.owners, &names.categories, &["".to_owned()]) {
        let Ok(question) = See::typed(rules, "anonymous", owner, category) else { continue };
        let (all, channels) = (who(rules, &question), who_elsewhere(rules, &question));
        let seeing = seen::Seeing { question: &question, who: &all, channels: &channels };
        _ = seen::text(rules.model(), sources, seeing);
        _ = json::who(rules.graph(), sources, seeing);
    }
}

fn uses(rules: &RuleSet, sources: &Sources, names: &Names) {
    let naming = Naming { model: rules.model(), sources };
    let first = |of: &[String]| of.first().cloned();
    let (meeting, owner) = (first(&names.meetings), first(&names.owners));
    let contexts = [
        Context::default(),
        Context { meeting: meeting.as_deref(), ..Context::default() },
        Context { owner: owner.as_deref(), ..Context::default() },
        Context { peer: owner.as_deref(), ..Context::default() },
    ];
    for context in contexts {
        for (viewer, feature, _) in product(&names.viewers, &names.features, &["".to_owned()]) {
            let Ok(question) = rules.use_feature(viewer, feature, context) else { continue };
            let explanation = explain_use(rules, &question);
            let ruling = decide_use(rules, question.feature(), question.cast());
            let wire = json::WireUse::new(rules.model(), &question, ruling).explained(sources, &explanation);
            _ = json::use_answer(rules.model(), &question, context, &wire);
            _ = usage::explained(rules.model(), sources, &question, &explanation);
        }
        for feature in names.features.iter().filter_map(|feature| lookup::feature(rules.model(), feature).ok()) {
            let Ok(users) = who_uses(rules, feature, context) else { continue };
            _ = usage::who(naming, feature, context, &users);
            _ = json::who_uses(rules.model(), feature, context, &users);
        }
        for named in names.viewers.iter().filter_map(|viewer| people::viewer(rules, viewer).ok()) {
            let Ok(rows) = what_uses(rules, &named, context) else { continue };
            _ = (doubts_of(&rows), usage::what(naming, &named.name, context, &rows));
            _ = json::what_uses(rules.model(), &named.name, context, &rows);
        }
    }
}

fn overviews(rules: &RuleSet, sources: &Sources, names: &Names) {
    let naming = Naming { model: rules.model(), sources };
    let (owners, everything) = (people::owners(rules.model()), About::everything(rules));
    for owner in names.owners.iter().filter_map(|owner| people::owner(rules, owner).ok()) {
        let all = matrix_of_owner(rules, owner);
        let channels = elsewhere_of(rules, Getting::anybody(), owner, &everything);
        _ = matrix::of_owner(rules.model(), owner, rules.standing(owner).manifest(), &all);
        _ = json::matrix_of_owner(naming, owner, &all, &channels);
    }
    for viewer in names.viewers.iter().filter_map(|viewer| people::viewer(rules, viewer).ok()) {
        let (all, getting) = (matrix_of_viewer(rules, viewer.somebody, &owners), Getting::One(viewer.somebody));
        _ = matrix::of_viewer(rules.model(), &viewer.name, &all);
        let channels = |owner| elsewhere_of(rules, getting, owner, &everything);
        _ = json::matrix_of_viewer(naming, &viewer, &all, channels);
        _ = answer::elsewhere(rules.model(), sources, &elsewhere_of_several(rules, getting, &owners, &everything));
    }
    for (by, heading) in [
        (AuditBy::Owner, "owner"),
        (AuditBy::Field, "field"),
        (AuditBy::Container, "container"),
        (AuditBy::Network, "network"),
        (AuditBy::Site, "site"),
    ] {
        let rows = audit(rules, &AuditOf::default(), by);
        let counted = counts::Audit { model: rules.model(), rows: &rows, by: heading };
        _ = (counts::text(counted), counts::csv(counted), counts::json(counted, sources, &[]));
    }
    let revealed = disclosures(rules, Asked { user: None, feature: None, to: None, external: false });
    _ = disclosure::text(rules.model(), sources, &revealed);
    _ = disclosure::json(rules.model(), sources, &revealed, Vec::new());
}

fn looks(of: &RuleGraph, sources: &Sources) {
    _ = show::index(of, sources);
    for name in show::names(of) {
        _ = show::text(of, sources, &name);
    }
    let edges = of.edges();
    _ = (graph::dot(of.model(), &edges), graph::mermaid(of.model(), &edges), graph::json(of.model(), sources, &edges));
    for name in of.names().into_iter().take(SOME) {
        _ = of.around(&of.named(&name));
    }
}

fn product<'a>(
    one: &'a [String],
    two: &'a [String],
    three: &'a [String],
) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    one.iter().flat_map(move |a| two.iter().flat_map(move |b| three.iter().map(move |c| (&**a, &**b, &**c))))
}
