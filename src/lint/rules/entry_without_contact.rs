//! `entry-without-contact`: levels in privacy mode for people who are no contacts.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::resolve::{Matcher, Origin};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::entry-without-contact", Severity::Warning, "a level in privacy mode for no contact"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: r"
        People with an entry recorded by an owner whose contact list does not name them, so that the manifest in effect
        makes them contacts.
    ",
    why: r"
        The vendor's clients do the same when they migrate the entries; until then list and levels disagree. The fix
        adds the person to the list.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: r"
            use std/lync2013

            policy PrivacyConfiguration global {
                EnablePrivacyMode = true
            }
        ",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [dan@contoso.com]
                memberships:
                  colleagues: ["user:dan@contoso.com", "user:bob@contoso.com"]
              bob@contoso.com: {}
              dan@contoso.com: {}
        "#,
    },
    good: Example {
        policy: r"
            use std/lync2013

            policy PrivacyConfiguration global {
                EnablePrivacyMode = true
            }
        ",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [dan@contoso.com, bob@contoso.com]
                memberships:
                  colleagues: ["user:dan@contoso.com", "user:bob@contoso.com"]
              bob@contoso.com: {}
              dan@contoso.com: {}
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (owner, user) in model.users.iter() {
        let settled = context.settled(owner);
        let mut all_dropped: FxHashMap<Matcher, Vec<Origin>> = FxHashMap::default();
        for dropped in &settled.dropped {
            all_dropped.entry(dropped.matcher).or_default().push(dropped.origin);
        }
        let last = LazyCell::new(|| user.contacts.iter().map(|(_, span)| span).max_by_key(|span| span.start));
        for (person, rule) in settled.made_contacts.iter().filter(|(person, _)| *person != user.person) {
            let matcher = Matcher::Person(*person);
            let stands = settled.entries_for(matcher).iter().map(|stand| stand.origin);
            let dropped = all_dropped.get(&matcher).into_iter().flatten().copied();
            let Some(place) = stands.chain(dropped).find_map(Context::written_by_owner) else { continue };
            let address = &model.people[*person].address;
            let finding = findings
                .finding(format!("{address} has a level of {} and is no contact", context.address(owner)))
                .at(place, "recorded here")
                .at(model.manifest_rules[*rule].span, "this rule makes a contact of them")
                .help(format!("add {address} to the contacts, or remove the entry"))
                .because(context.demand(*rule));
            let fix = last.map(|last| edit::with_another("add the contact", last, address.to_string()));
            findings.push_in_list(finding, fix);
        }
    }
}
