//! `self-membership`: entries of owners for themselves.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::Entry;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::self-membership", Severity::Warning, "an entry of an owner for the owner"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "User entries that name the owner, and owners on their own list of contacts or delegates.",
    why: r"
        Owners see everything of themselves, and no level is asked. Only a feature for a viewer of an owner could read
        it, if somebody asks whether owners may use it of themselves; then the entry is not removed by itself.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com, anna@contoso.com]
              bob@contoso.com: {}
        ",
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com]
              bob@contoso.com: {}
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for user in model.users.values() {
        let entries = user.entries.iter().filter(|(_, entry, _)| *entry == Entry::Person(user.person));
        let lists =
            user.contacts.iter().chain(user.delegates.iter().copied()).filter(|(person, _)| *person == user.person);
        for span in entries.map(|(_, _, span)| span).chain(lists.map(|(_, span)| span)) {
            let address = &model.people[user.person].address;
            let finding = findings
                .finding(format!("{address} is listed by themselves"))
                .at(span, "owners see everything of themselves");
            let fix = edit::without_entry("remove the entry", span);
            findings.push_in_list(finding.help("remove it").because("owners among their own"), Some(fix));
        }
    }
}
