//! Asking without the binary: the calls of the library that its commands make, on a set of which one file is exchanged.
//! A set with an error in it, a question that nobody can answer: both are told in words.

use std::sync::Arc;

use prescope::diagnostic::Sink;
use prescope::graph::{self, RuleGraph};
use prescope::language::{Sources, parse};
use prescope::model::{Input, link};
use prescope::project::Project;
use prescope::report::{disclosure, finding, json, show};
use prescope::resolve::{
    Answers, Asked, Assumption, Context, Entries, RuleSet, See, Unknown, decide_use, decisions, disclosures, elsewhere,
    lookup, people,
};

use super::change::Changed;

/// The words of a command line that can be asked here.
enum Words<'a> {
    See(&'a str, &'a str, &'a str),
    Use(&'a str, &'a str),
    Disclosures,
    Show(&'a str),
}

/// True if a command line is none of those that only the binary is asked.
pub(super) fn can_ask(arguments: &[String]) -> bool {
    Line::of(arguments).is_some()
}

/// A command line taken apart.
struct Line<'a> {
    words: Words<'a>,
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Line<'a> {
    /// None, if it is one of those that only the binary is asked.
    fn of(arguments: &'a [String]) -> Option<Line<'a>> {
        let (mut words, mut options) = (Vec::new(), Vec::new());
        let mut rest = arguments.iter().map(String::as_str);
        while let Some(word) = rest.next() {
            match word {
                "--external" => options.push((word, "")),
                "--in" | "--as" | "--with" | "--of" | "--user" | "--feature" | "--to" | "--assume" => {
                    options.push((word, rest.next()?));
                }
                "--format" => _ = rest.next()?,
                word if word.starts_with("--") => return None,
                word => words.push(word),
            }
        }
        let words = match words[..] {
            ["can", who, "see", owner, target] => Words::See(who, owner, target),
            ["can", who, "use", feature] => Words::Use(who, feature),
            ["disclosures"] => Words::Disclosures,
            ["show", name] => Words::Show(name),
            _ => return None,
        };
        Some(Line { words, options })
    }

    fn option(&self, name: &str) -> Option<&'a str> {
        self.options.iter().find(|(option, _)| *option == name).map(|(_, value)| *value)
    }

    fn context(&self) -> Context<'a> {
        Context {
            meeting: self.option("--in"),
            role: self.option("--as"),
            peer: self.option("--with"),
            owner: self.option("--of"),
        }
    }
}

/// A set that is asked.
struct Set {
    sources: Sources,
    graph: Arc<RuleGraph>,
}

impl Set {
    /// What the command prints.
    fn answer(&self, line: &Line<'_>) -> Result<String, Unknown> {
        if let Words::Show(name) = line.words {
            return Ok(show::text(&self.graph, &self.sources, name).unwrap_or_default().to_string());
        }
        let rules = RuleSet::new(Arc::clone(&self.graph), Entries::InForce);
        let assumed = line.options.iter().filter(|(option, _)| *option == "--assume");
        let assumed: Result<Vec<Assumption>, Unknown> =
            assumed.map(|(_, text)| Assumption::typed(rules.model(), text)).collect();
        let rules = rules.assuming(&assumed?);
        match line.words {
            Words::See(who, owner, target) => self.see(&rules, who, owner, target),
            Words::Use(who, feature) => self.may_use(&rules, who, feature, line.context()),
            Words::Disclosures | Words::Show(_) => self.disclosures(&rules, line),
        }
    }

    fn see(&self, rules: &RuleSet, who: &str, owner: &str, target: &str) -> Result<String, Unknown> {
        let question = See::typed(rules, who, owner, target)?;
        let wire = json::WireAnswer::new(
            rules.graph(),
            &self.sources,
            &question,
            &Answers::new(rules, &question, decisions(rules, &question)),
        );
        let wire = wire.with_elsewhere(rules.model(), &self.sources, &elsewhere(rules, &question));
        Ok(json::answer(rules.model(), &question, &wire))
    }

    fn may_use(&self, rules: &RuleSet, who: &str, feature: &str, context: Context<'_>) -> Result<String, Unknown> {
        let question = rules.use_feature(who, feature, context)?;
        let ruling = decide_use(rules, question.feature(), question.cast());
        let wire = json::WireUse::new(rules.model(), &question, ruling);
        Ok(json::use_answer(rules.model(), &question, context, &wire))
    }

    fn disclosures(&self, rules: &RuleSet, line: &Line<'_>) -> Result<String, Unknown> {
        let asked = Asked {
            user: line
                .option("--user")
                .map(|name| people::viewer(rules, name))
                .transpose()?
                .map(|named| named.somebody),
            feature: line.option("--feature").map(|name| lookup::feature(rules.model(), name)).transpose()?,
            to: line.option("--to").map(|name| lookup::recipient(rules.model(), name)).transpose()?,
            external: line.option("--external").is_some(),
        };
        Ok(disclosure::json(rules.model(), &self.sources, &disclosures(rules, asked), Vec::new()))
    }
}

/// The catalogue and the organisation as trees, of which one is read anew.
pub(super) struct Inside {
    project: Project,
}

impl Inside {
    pub(super) fn new(policy: &str, organization: &str) -> Inside {
        let project = Project::builder().policy("ours.prescope", policy);
        let project = project.directory("organization.yaml", organization).build();
        Inside { project }
    }

    /// What the binary would print on the set as it is shipped, or with this file in the place of its namesake; None if
    /// such a question is not asked here.
    pub(super) fn ask(&self, arguments: &[String], changed: Option<&Changed>) -> Option<Result<String, String>> {
        let line = Line::of(arguments)?;
        let set = self.with(changed);
        Some(set.and_then(|set| set.answer(&line).map_err(|unknown| unknown.to_string())))
    }

    fn with(&self, changed: Option<&Changed>) -> Result<Set, String> {
        let compiled = self.project.set();
        let mut sources = self.project.sources().clone();
        let Some(changed) = changed else {
            let graph = compiled.graph.clone().expect("the catalogue has no errors");
            return Ok(Set { sources, graph });
        };
        let mut libraries = compiled.libraries.clone();
        let namesake =
            libraries.iter_mut().find(|tree| sources.path(tree.file).ends_with(&format!("/{}", changed.file)));
        let tree = namesake.expect("a file of the catalogue");
        *tree = parse(sources.add(changed.file.as_str(), changed.text.as_str()), &changed.text);

        let mut found = tree.diagnostics.clone();
        let input = Input { own: &compiled.own, libraries: &libraries, directory: compiled.directory.as_deref() };
        let (model, linked) = link(input);
        found.extend(linked);
        let mut sink = Sink::new();
        sink.extend(found);
        match graph::build(Arc::new(model), &mut sink) {
            Some(graph) => Ok(Set { sources, graph: Arc::new(graph) }),
            None => Err(finding::plain(&sources, &sink.into_vec())),
        }
    }
}
