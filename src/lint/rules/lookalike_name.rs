//! `lookalike-name`: names with letters that look like others.

use rustc_hash::FxHashMap;

use crate::directory::Address;
use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::names::{Name, Sort};
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::text::{Odd, is_plain, looks, odd};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::lookalike-name", Severity::Warning, "a name with letters that look like others"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "
        Addresses and domains with a word that mixes scripts (`k\u{456}m` with a Cyrillic letter) or has a letter that
        Unicode keeps out of names and that looks like an ASCII letter; other names, people's names and labels with a
        word in which a letter of another script looks like an ASCII letter; and addresses, domains, groups, sites and
        meetings that look like another one of the set. A name in one script is fine, and so is Latin beside Chinese,
        Japanese or Korean. Each name is found once, where it is first written.
    ",
    why: r"
        Whoever reads it takes it for the other one: an entry, a block or a rule that seems to name a person names
        somebody else.
    ",
    reach: Reach::Said(
        r"
        Exact for the names of the directory, however they are escaped or encoded, and for the words of policies outside
        of comments; what looks alike is what Unicode says (UTS #39). Names of nothing but ASCII are not compared with
        each other.
    ",
    ),
    bad: Example {
        policy: "use std/lync2013",
        directory: "
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  colleagues: [\"user:k\u{456}m@fabrikam.com\"]
        ",
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  colleagues: ["user:kim@fabrikam.com"]
        "#,
    },
    check,
};

/// A name that was met, with its place if it is an unusual one.
type Met = (String, Option<Span>);

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut known: FxHashMap<Sort, FxHashMap<String, Met>> = FxHashMap::default();
    for name in context.unusual_names() {
        if let Some(odd) = odd_in(name) {
            let finding = findings.finding(misread(&name.text, odd)).at(name.at, "");
            findings
                .push(finding.help("write it in letters of one script, or say in a suppression why it is written so"));
        } else if name.sort != Sort::Words {
            let known = known.entry(name.sort).or_insert_with(|| plain(context, name.sort));
            let Some((other, at)) = known.get(&key(name)) else {
                known.insert(key(name), (name.text.to_string(), Some(name.at)));
                continue;
            };
            let finding = findings.finding(format!("`{}` looks like `{other}`, and is another name", name.text));
            let finding = finding
                .at(name.at, "")
                .help("write the name that is meant, or say in a suppression that it is this one");
            findings.push(match at {
                Some(at) => finding.at(*at, "the other one"),
                None => finding,
            });
        }
    }
}

/// The letter that is misread in a name. Words that people choose freely may mix scripts, as long as each letter is
/// read as what it is.
fn odd_in(name: &Name<'_>) -> Option<Odd> {
    match name.sort {
        Sort::Address => odd(name.text.rsplit_once('@').map_or(&name.text, |(local, _)| local)),
        Sort::Domain => odd(&name.text),
        _ => odd(&name.text).filter(|odd| odd.mixes && odd.like.is_some()),
    }
}

fn misread(name: &str, Odd { letter, like, mixes }: Odd) -> String {
    let what = if mixes { "mixes scripts" } else { "is not written in the usual letters" };
    let like = like.map(|like| format!(", and looks like `{like}`")).unwrap_or_default();
    format!("`{name}` {what}: its `{letter}` is U+{:04X}{like}", u32::from(letter))
}

/// The names of a sort that are plain ASCII, by their looks.
fn plain(context: &Context<'_>, sort: Sort) -> FxHashMap<String, Met> {
    let model = context.model();
    let names: Box<dyn Iterator<Item = &str>> = match sort {
        Sort::Address => Box::new(model.people.values().map(|person| person.address.as_str())),
        Sort::Domain => Box::new(model.domains.values().map(|domain| domain.name.as_str())),
        Sort::Group => Box::new(model.groups.values().map(|group| group.name.as_str())),
        Sort::Site => Box::new(model.sites.values().map(|site| site.name.as_str())),
        Sort::Meeting => Box::new(model.meetings.values().map(|meeting| meeting.name.as_str())),
        Sort::Words => Box::new(std::iter::empty()),
    };
    let encoded = |name: &str| sort == Sort::Domain && name.contains("xn--");
    let plain = names.filter(|name| is_plain(name) && !encoded(name));
    plain.map(|name| (looks_of(sort, name), (name.to_owned(), None))).collect()
}

fn key(name: &Name<'_>) -> String {
    looks_of(name.sort, &name.text)
}

/// What a name looks like. Domains are compared among themselves, so that one finding tells of all their addresses.
fn looks_of(sort: Sort, name: &str) -> String {
    match name.rsplit_once('@') {
        Some((local, _)) if sort == Sort::Address => {
            let domain = Address::parse(name).map(|address| address.domain().to_string()).unwrap_or_default();
            format!("{}@{domain}", looks(local))
        }
        _ => looks(name),
    }
}
