//! `redundant-membership`: entries that give the level people have anyway.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::ast::Resolution;
use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ContainerId, Containers, DomainId, Model, PersonId, UserId};
use crate::resolve::{Adjustment, Contacts, Matcher, Origin, Settled, Somebody, Stand, Standing, suppose};
use crate::viewers::{Reads, Viewers, up};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::redundant-membership", Severity::Warning, "an entry that gives what people have anyway"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Entries that a user records, other than `everyone`, and that stand, without which nothing would be
        different: the same container answers everybody for every category, and the same people are contacts. An entry
        that the manifest in effect demands, or that makes its people contacts, is none of them.
    ",
    why: r"
        The vendor asks clients to avoid them. When the broader level changes one day, these people are forgotten.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  colleagues: [same_enterprise, "user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  colleagues: [same_enterprise]
              bob@contoso.com: {}
        ",
    },
    check: |context, findings| {
        for owner in context.model().users.ids() {
            check(context, findings, owner);
        }
    },
};

fn check(context: &Context<'_>, findings: &mut Findings, owner: UserId) {
    let recorded =
        context.stands(owner).filter(|it| it.adjustment == Adjustment::None && it.matcher != Matcher::Everyone);
    let mut recorded = recorded.filter(|it| matches!(it.origin, Origin::Directory(_))).peekable();
    if recorded.peek().is_none() {
        return;
    }
    let questions = Questions::new(context, owner);
    let candidates: Vec<(&Stand, Option<Matcher>)> =
        recorded.filter_map(|stand| Some((stand, questions.answered_otherwise(stand)?))).collect();
    if candidates.is_empty() {
        return;
    }
    // What settling makes of one person depends on no other, so all of them are left out at once.
    let people = candidates.iter().filter(|(stand, _)| matches!(stand.matcher, Matcher::Person(_)));
    let people: FxHashSet<(Matcher, ContainerId)> = people.map(|(stand, _)| (stand.matcher, stand.container)).collect();
    let without_people = questions.settled_without(|entry| people.contains(&entry));
    let made = |of: &Settled| of.made_contacts.iter().map(|(person, _)| *person).collect::<FxHashSet<PersonId>>();
    let (made_before, made_without) = (made(context.settled(owner)), made(&without_people));
    for (stand, instead) in candidates {
        let changes_nothing = match stand.matcher {
            Matcher::Person(person) => {
                let stands = !without_people.entries_for(stand.matcher).is_empty();
                !stands && made_before.contains(&person) == made_without.contains(&person)
            }
            // Settling leaves the others standing, and two entries of the same people are `shadowed-membership`.
            matcher if context.settled(owner).entries_for(matcher).len() > 1 => false,
            matcher if questions.stands_for_itself(matcher) => true,
            matcher => questions.same(&questions.settled_without(|entry| entry == (matcher, stand.container)), matcher),
        };
        if changes_nothing {
            questions.report(findings, stand, instead);
        }
    }
}

/// What can be asked of an owner's entries.
struct Questions<'c, 'a> {
    context: &'c Context<'a>,
    owner: UserId,
    standing: &'c Standing,
    /// Among which containers an answer is looked for: the level among all, a category among those that hold it.
    among: Vec<Containers>,
    viewers: OnceCell<ToldApart>,
    /// The entries that are not all there is to their people: dropped, one that keeps a missing entry from being added,
    /// or one that matches an owner who has an entry for themself.
    entangled: FxHashSet<Matcher>,
    /// The missing entries that an entry keeps from being added: without it they may be.
    keeps_out: FxHashMap<Matcher, FxHashSet<Matcher>>,
}

/// One of each whom the entries in force tell apart.
#[derive(Default)]
struct ToldApart {
    all: Vec<Somebody>,
    /// Those in a domain, or below it.
    at: FxHashMap<DomainId, Vec<Somebody>>,
}

impl<'c, 'a> Questions<'c, 'a> {
    fn new(context: &'c Context<'a>, owner: UserId) -> Questions<'c, 'a> {
        let model = context.model();
        let holds = |category| context.graph().tables().holds(category);
        let mut among = vec![Containers(u64::MAX)];
        if model.resolution == Resolution::PerCategory {
            among.extend(model.categories.ids().map(holds));
        }
        let settled = context.settled(owner);
        let mut entangled: FxHashSet<Matcher> = settled.dropped.iter().map(|dropped| dropped.matcher).collect();
        let mut keeps_out: FxHashMap<Matcher, FxHashSet<Matcher>> = FxHashMap::default();
        for (missing, _, broader) in &settled.withheld {
            keeps_out.entry(*broader).or_default().insert(*missing);
        }
        entangled.extend(keeps_out.keys());
        // The owner is none of the viewers, and such an entry may match the owner too.
        let themself = model.users[owner].person;
        if !settled.entries_for(Matcher::Person(themself)).is_empty() {
            each_up(model, model.people[themself].domain, |domain| _ = entangled.insert(Matcher::Domain(domain)));
        }
        let standing = context.rules().standing(owner);
        Questions { context, owner, standing, among, viewers: OnceCell::new(), entangled, keeps_out }
    }

    /// One of each whom the entries in force tell apart.
    fn viewers(&self) -> &ToldApart {
        self.viewers.get_or_init(|| {
            let mut apart = ToldApart { all: self.told_apart(&[self.standing]), at: FxHashMap::default() };
            for viewer in &apart.all {
                let Some(domain) = viewer.domain else { continue };
                each_up(self.context.model(), domain, |domain| apart.at.entry(domain).or_default().push(*viewer));
            }
            apart
        })
    }

    /// One of each whom the entries of any of these tell apart.
    fn told_apart(&self, standings: &[&Standing]) -> Vec<Somebody> {
        let reads = Reads::default();
        let viewers = self.context.rules().viewers(self.owner, &reads);
        let (mut people, mut domains) = (Vec::new(), Vec::new());
        for standing in standings {
            let viewers = Viewers { standing, ..viewers.clone() };
            people.extend(viewers.singled_out());
            domains.extend(viewers.exceptional_domains());
        }
        people.sort_unstable();
        people.dedup();
        domains.sort_unstable();
        domains.dedup();
        let named = people.into_iter().map(|person| Somebody::known(viewers.model, person));
        named.chain(viewers.strangers_beside(&domains)).collect()
    }

    /// True for a domain whose only entry stands as recorded and is all that settling looks at there: without it
    /// everything else stands as before, and nothing stands instead.
    fn stands_for_itself(&self, matcher: Matcher) -> bool {
        matches!(matcher, Matcher::Domain(_)) && !self.entangled.contains(&matcher)
    }

    /// True if an entry keeps another one from being added that would match somebody.
    fn is_kept_out(&self, by: Matcher, viewer: Somebody) -> bool {
        let Some(missing) = self.keeps_out.get(&by) else { return false };
        let is_missing = |matcher: Matcher| missing.contains(&matcher);
        let at_a_domain = match viewer.domain {
            Some(_) => {
                let model = self.context.model();
                viewer.up(model, |domain| is_missing(Matcher::Domain(domain)).then_some(())).is_some()
            }
            // Whoever stands for a network stands for its domains.
            None => missing.iter().any(|matcher| matches!(matcher, Matcher::Domain(_))),
        };
        at_a_domain
            || viewer.person.is_some_and(|person| is_missing(Matcher::Person(person)))
            || is_missing(Matcher::Network(viewer.network))
            || (viewer.has_address() && is_missing(Matcher::Authenticated))
    }

    /// If the same containers answer everybody without an entry, but for those whom settling may then give another one:
    /// the entry that then answers instead, or None if this one answers nobody, since narrower ones do.
    fn answered_otherwise(&self, stand: &Stand) -> Option<Option<Matcher>> {
        let model = self.context.model();
        let everything = Containers(u64::MAX);
        let left_out = (stand.matcher, stand.container);
        let without =
            |viewer: Somebody, among: Containers| self.standing.answering_without(model, viewer, among, left_out);
        let mut instead = None;
        let mut same = |viewer: Somebody| {
            if self.is_kept_out(stand.matcher, viewer) {
                return true;
            }
            if self.standing.answering(model, viewer, everything) == Some(left_out) {
                instead = instead.or(without(viewer, everything).map(|(matcher, _)| matcher));
            }
            self.same_for(viewer, |among| without(viewer, among))
        };
        let all_same = match stand.matcher {
            Matcher::Person(person) => same(Somebody::known(model, person)),
            Matcher::Domain(domain) => self.viewers().at.get(&domain).into_iter().flatten().all(|viewer| same(*viewer)),
            Matcher::Network(network) => {
                self.viewers().all.iter().filter(|viewer| viewer.network == network).all(|viewer| same(*viewer))
            }
            Matcher::Authenticated => {
                self.viewers().all.iter().filter(|viewer| viewer.has_address()).all(|viewer| same(*viewer))
            }
            Matcher::Everyone => false,
        };
        // Two entries of the same people are `shadowed-membership`.
        (all_same && instead != Some(stand.matcher)).then_some(instead)
    }

    /// True if somebody is answered by the containers that answer them elsewhere.
    fn same_for(&self, viewer: Somebody, elsewhere: impl Fn(Containers) -> Option<(Matcher, ContainerId)>) -> bool {
        let container = |answering: Option<(Matcher, ContainerId)>| answering.map(|(_, container)| container);
        let here = |among| self.standing.answering(self.context.model(), viewer, among);
        self.among.iter().all(|among| container(here(*among)) == container(elsewhere(*among)))
    }

    /// What is in force if some entries had not been recorded, whoever recorded them.
    fn settled_without(&self, left_out: impl Fn((Matcher, ContainerId)) -> bool) -> Settled {
        let recorded = self.context.recorded(self.owner).entries;
        let recorded = recorded.iter().map(|stand| (stand.matcher, stand.container)).filter(|it| !left_out(*it));
        suppose::settled_as(self.context.rules(), self.owner, recorded, &Contacts::default())
    }

    /// True if nobody is answered otherwise, nobody is a contact for it, and no entry of those people is put back.
    fn same(&self, settled: &Settled, matcher: Matcher) -> bool {
        let model = self.context.model();
        let before = self.context.settled(self.owner);
        let made = |of: &Settled| of.made_contacts.iter().map(|(person, _)| *person).collect::<Vec<_>>();
        if settled.entries.iter().any(|stand| stand.matcher == matcher) || made(settled) != made(before) {
            return false;
        }
        let standing = settled.standing(model, self.owner);
        let same = |viewer| self.same_for(viewer, |among| standing.answering(model, viewer, among));
        self.told_apart(&[self.standing, &standing]).into_iter().all(same)
    }

    fn report(&self, findings: &mut Findings, stand: &Stand, instead: Option<Matcher>) {
        let Origin::Directory(place) = stand.origin else { return };
        let (context, owner) = (self.context, self.owner);
        let model = context.model();
        let container = &model.containers[stand.container].declared.name;
        let who = stand.matcher.describe(model);
        let message = format!("{who} is in `{container}` of {} anyway", context.address(owner));
        let mut finding = findings.finding(message).at(place, "changes nothing");
        let from = instead.and_then(|instead| context.settled(owner).entries_for(instead).first());
        if let Some(at) = from.and_then(|from| Context::written(from.origin)) {
            finding = finding.at(at, "this entry does the same");
        }
        let fix = edit::without_entry("remove the entry", place);
        findings.push_in_list(finding.help("remove it").because(container.as_str()), Some(fix));
    }
}

/// Does something for a domain, and for those above it.
fn each_up(model: &Model, domain: DomainId, mut of_each: impl FnMut(DomainId)) {
    up(model, Some(domain), |domain| {
        of_each(domain);
        None::<()>
    });
}
