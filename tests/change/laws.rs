//! What holds of every edit: only the lines that must change do, one layout stays the one layout, and the way back
//! leads to the same bytes. Files are made at random, and badly laid out.

use std::cell::Cell;
use std::ops::Range;

use prescope::change::Objection;
use prescope::compile::{People, Set, compile};
use prescope::language::ast::{Assignment, ItemKind};
use prescope::language::{FileId, Sources, format, parse};
use prescope::project::{NoChange, PlannedChange, Project};

use super::{change, request};
use crate::given;
use crate::tries::{at_least, seeds};

const CLASSES: &str = "settings Sample at global, site, service UserServer, tag {
    Flag:  bool = false
    Size:  1..10 = 5
    Shape: round | square = round
    Title: text = \"none\"
}
settings Other at global, site, tag {
    On: bool = false
}
";

const DIRECTORY: &str = "organization: { domains: [contoso.com] }
sites: { Redmond: { pools: [pool01.contoso.com] }, \"North America\": { pools: [] } }
users:
  anna@contoso.com: { pool: pool01.contoso.com }
  bob@contoso.com: { site: North America }
";

const SCOPES: [&str; 5] =
    ["global", "site:Redmond", "site:North America", "service:UserServer:pool01.contoso.com", "tag:Loud"];
const WRITTEN: [&str; 5] =
    ["global", "site Redmond", "site \"North America\"", "service \"UserServer:pool01.contoso.com\"", "tag Loud"];
const VALUES: [(&str, [&str; 2]); 4] = [
    ("Flag", ["true", "false"]),
    ("Size", ["3", "10"]),
    ("Shape", ["round", "square"]),
    ("Title", ["\"a // b }\"", "\"\""]),
];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// A policy file that an author in a hurry has written.
fn text(dice: &mut Dice) -> String {
    let mut text = dice.pick(&["", "//! Objects.\n\n", "// Objects.\n", "\n"]).to_owned();
    let mut left: Vec<usize> = (0..SCOPES.len()).collect();
    for _ in 0..dice.roll(4) {
        let scope = left.remove(dice.roll(left.len()));
        text.push_str(dice.pick(&["", "/// Why.\n", "// note\n", "  "]));
        text.push_str(&format!("policy Sample{}{}", dice.pick(&[" ", "  "]), WRITTEN[scope]));
        text.push_str(dice.pick(&[" ", " ", "\n", " // { \n"]));
        let one_line = dice.roll(3) == 0;
        text.push('{');
        for (name, values) in &VALUES {
            if dice.roll(2) == 0 {
                continue;
            }
            let entry = format!("{name}{}= {}", dice.pick(&[" ", " ", "   "]), values[dice.roll(2)]);
            if one_line {
                text.push_str(&format!(" {entry},"));
            } else {
                text.push_str(dice.pick(&["\n    ", "\n\t", "\n\n  ", "\n    // above\n    "]));
                text.push_str(&entry);
                text.push_str(dice.pick(&["", "", ",", " // }", ", // behind"]));
            }
        }
        text.push_str(if one_line { dice.pick(&["", " "]) } else { dice.pick(&["\n", "\n    // last\n", "\n\n"]) });
        text.push('}');
        text.push_str(dice.pick(&["\n", "\n\n", " // end\n", "\n\n\n"]));
    }
    text.push_str(dice.pick(&["", "policy Other global { On = true }\n", "// The end.\n", "policy Other tag Loud {}"]));
    if dice.roll(5) == 0 { text.replace('\n', "\r\n") } else { text }
}

fn set(policy: &str) -> Project {
    let project = Project::builder().policy("base.prescope", CLASSES).policy("policy.prescope", policy);
    project.directory("directory.yaml", DIRECTORY).build()
}

fn laid_out(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let file: FileId = sources.add("policy.prescope", text);
    format(&parse(file, text), text).ok()
}

/// A request that the set grants.
#[track_caller]
fn granted(project: &Project, ask: &str) -> PlannedChange {
    change(project, ask).unwrap_or_else(|refusal| panic!("{ask}: {refusal:?}\n{:?}", texts(project)))
}

fn texts(project: &Project) -> Vec<String> {
    project.sources().files().map(|(_, source)| source.text().to_owned()).collect()
}

fn policy(project: &Project) -> String {
    texts(project).swap_remove(1)
}

/// Both a file as it was written, and the same in the one layout.
fn each(run: impl Fn(&str, &mut Dice)) {
    for seed in seeds(400) {
        let mut dice = Dice(seed);
        let text = text(&mut dice);
        let formatted = laid_out(&text).expect("a text that can be laid out");
        run(&text, &mut Dice(seed));
        run(&formatted, &mut Dice(seed));
    }
}

/// The part of a text that is another one in a second text: behind all that both begin with, before all they end with.
fn differing(before: &str, after: &str) -> (Range<usize>, usize) {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(one, other)| one == other).count();
    (start..old.len() - end, new.len() - end - start)
}

#[test]
fn only_the_object_that_is_set_changes_and_the_layout_stays() {
    let (replaced, added, declared) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |of: &Cell<u32>| of.set(of.get() + 1);
    each(|text, dice| {
        let project = set(text);
        assert!(!project.has_errors(), "{text}");
        let at = dice.roll(SCOPES.len());
        let (name, values) = VALUES[dice.roll(VALUES.len())];
        let ask = format!("set 'Sample.{name}={}' --at '{}'", values[dice.roll(2)], SCOPES[at]);
        let policies = project.set().own[1].items.iter().filter_map(|item| match &item.kind {
            ItemKind::Policy(policy) => Some((item, policy)),
            _ => None,
        });
        let written = format!("Sample {}", WRITTEN[at]).replace(' ', "");
        let mut of_scope = policies.filter(|(_, policy)| {
            let scope = project.sources().slice(policy.scope.span);
            format!("{}{scope}", policy.class.it).replace(' ', "") == written
        });
        let there = of_scope.next();
        if there.is_none() && SCOPES[at] != "global" {
            match change(&project, &ask) {
                Err(NoChange::Objection(Objection::NoObject { may_be_new, .. })) => assert!(may_be_new),
                other => panic!("{ask}: {other:?}"),
            }
            return;
        }
        let changed = granted(&project, &ask);
        let after = policy(&changed.project);
        let (from, more) = differing(text, &after);
        if changed.plan.texts.is_empty() {
            assert_eq!(text, after);
        } else if laid_out(text).as_deref() == Some(text) {
            assert_eq!(laid_out(&after).as_deref(), Some(after.as_str()), "{ask}\n{text}");
        } else if let Some((item, policy)) = there {
            let braces = policy.scope.span.end as usize..item.span.0.end as usize;
            assert!(braces.start <= from.start && from.end <= braces.end, "{ask}\n{text}\n{after}");
            match policy.assignments.iter().find(|assignment| assignment.name.it == name) {
                Some(Assignment { value, .. }) => {
                    let inside = value.span.start as usize..value.span.end as usize;
                    assert!(inside.start <= from.start && from.end <= inside.end, "{ask}\n{text}");
                    count(&replaced);
                }
                // Only blanks between braces that hold nothing else may go.
                None => {
                    assert!(text[from.clone()].trim().is_empty(), "{ask}\n{text}\n{after}");
                    assert!(from.is_empty() || policy.assignments.is_empty(), "{ask}\n{text}\n{after}");
                    assert!(more > name.len(), "{ask}\n{text}\n{after}");
                    count(&added);
                }
            }
        } else {
            assert!(from.is_empty(), "{ask}\n{text}\n{after}");
            // Where no file has objects, it is declared in the first.
            let all = texts(&changed.project).concat();
            assert!(all.contains("policy Sample global {"), "{ask}\n{all}");
            count(&declared);
        }
        let comments = |text: &str| text.matches("//").count() - text.matches("a // b").count();
        assert_eq!(comments(text), comments(&after), "{ask}\n{text}\n{after}");
        let again = granted(&changed.project, &ask);
        assert!(again.plan.texts.is_empty(), "{ask}: the second time nothing changes");
    });
    for counted in [replaced, added, declared] {
        assert!(counted.get() >= at_least(16), "{counted:?}");
    }
}

#[test]
fn a_value_that_is_set_and_set_back_leaves_the_bytes() {
    let compared = Cell::new(0);
    each(|text, dice| {
        let project = set(text);
        for declared in &project.set().own[1].items {
            let ItemKind::Policy(object) = &declared.kind else { continue };
            let Some(assignment) = object.assignments.first() else { continue };
            let of = project.model().objects.values().find(|of| of.span == object.scope.span).unwrap();
            let class = &project.model().classes[of.class].declared.name;
            let written = project.sources().slice(assignment.value.span).to_owned();
            let name = &assignment.name.it;
            let values = VALUES.iter().find(|(of, _)| of == name).map_or(["true", "false"], |(_, values)| *values);
            let other = values[dice.roll(2)];
            let there = granted(&project, &format!("set '{class}.{name}={other}' --at '{}'", of.spelt));
            let back = granted(&there.project, &format!("set '{class}.{name}={written}' --at '{}'", of.spelt));
            assert_eq!(policy(&back.project), text);
            compared.set(compared.get() + usize::from(other != written));
        }
    });
    assert!(compared.get() >= at_least(260) as usize, "{compared:?}");
}

#[test]
fn an_object_that_is_declared_and_removed_leaves_the_bytes() {
    let declared = Cell::new(0);
    each(|text, dice| {
        let project = set(text);
        let (class, at) = (dice.pick(&["Sample", "Other"]), dice.pick(&SCOPES[1..]));
        let like = dice.pick(&["", " --like global"]);
        let Ok(changed) = change(&project, &format!("new {class} --at '{at}'{like}")) else { return };
        declared.set(declared.get() + 1);
        let there = policy(&changed.project);
        if laid_out(text).as_deref() == Some(text) {
            assert_eq!(laid_out(&there).as_deref(), Some(there.as_str()), "{class} at {at}\n{text}");
        }
        let back = granted(&changed.project, &format!("remove {class} --at '{at}'"));
        assert_eq!(texts(&back.project), texts(&project), "{class} at {at}\n{there}");
    });
    assert!(declared.get() >= at_least(260), "{declared:?}");
}

#[test]
fn what_is_removed_takes_nothing_else_with_it() {
    each(|text, _| {
        let project = set(text);
        for of in project.model().objects.values() {
            let class = &project.model().classes[of.class].declared.name;
            let changed = granted(&project, &format!("remove {class} --at '{}'", of.spelt));
            let after = policy(&changed.project);
            let left = project.model().objects.len() - 1;
            assert_eq!(changed.project.model().objects.len(), left);
            assert!(text.contains("// The end.") == after.contains("// The end."), "{text}\n{after}");
            let head = &text[..text.find("policy").unwrap_or(0)];
            let file_doc = head.lines().next().filter(|line| line.starts_with("//!")).unwrap_or_default();
            assert!(after.starts_with(file_doc), "{text}\n{after}");
        }
    });
}

/// Contoso's files are in the one layout: every setting of every object can be set, and they stay in it.
#[test]
fn every_setting_of_contoso_can_be_set() {
    let project = Project::open(given::repository().join("examples/contoso"));
    let model = project.model();
    let mut count = 0;
    for of in model.objects.values() {
        let class = &model.classes[of.class];
        for (setting, value) in class.settings.iter().zip(&of.values) {
            let parameter = &model.parameters[*setting];
            let other = match &parameter.kind {
                prescope::model::ValueType::Bool => (value.0 == 0).to_string(),
                prescope::model::ValueType::Range(low, high) => (if value.0 == *low { high } else { low }).to_string(),
                prescope::model::ValueType::Enumeration(values) => {
                    values[(value.0 as usize + 1) % values.len()].clone()
                }
                _ => "something else".to_owned(),
            };
            let ask = format!("set '{}.{}={other}' --at '{}'", class.declared.name, parameter.declared.name, of.spelt);
            let plan = prescope::change::plan(project.set(), &request(&project, &ask).unwrap()).unwrap();
            let (file, after) = plan.texts.iter().next().expect("a file that changes");
            assert_eq!(laid_out(after).as_deref(), Some(after.as_str()), "{ask}");
            let before = project.sources().text(*file);
            assert!(before.lines().count().abs_diff(after.lines().count()) <= 1, "{ask}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_library_is_not_edited() {
    let project = set("policy Sample global { Flag = true }\n");
    let (mut sources, mut policies) = (Sources::default(), Vec::new());
    for (_, source) in project.sources().files().filter(|(_, source)| source.path().ends_with(".prescope")) {
        policies.push(sources.add(source.path(), source.text()));
    }
    let (set, _) = compile(sources, &policies, People::default());
    let of_library = Set { own: Vec::new(), ..set };
    for ask in ["set Sample.Flag=false", "set Sample.Flag=false --at all", "remove Sample --at global"] {
        let refused = prescope::change::plan(&of_library, &request(&project, ask).unwrap()).unwrap_err();
        assert!(refused.to_string().contains("not a file of this set"), "{refused}");
    }
}
