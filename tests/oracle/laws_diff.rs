//! What is said to change between two sets is the difference of all their decisions, made viewer by viewer: between any
//! two worlds that have nothing but names in common, and between recorded entries and those in force.

use std::collections::{BTreeMap, BTreeSet};

use prescope::diff::{Aside, AsideCounts, AsideField, By, Diff, Direction, Presence, Seen, Viewer};
use prescope::directory::{Address, Domain};
use prescope::language::ast::DomainMatch;
use prescope::model::{FieldId, UserId, ValueType};
use prescope::resolve::{Answer, RuleSet, Somebody, decide_field};
use prescope::viewers::Everybody;
use proptest::prelude::*;

use super::evaluate::Mode;
use super::generate::worlds;
use super::subject::Subject;
use super::tape::Tape;
use super::world::*;
use crate::tries::config;

/// Somebody as one would speak of them, whichever set is asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Who {
    Known(Address),
    At(Domain),
    Below(Domain),
    Elsewhere,
    Anonymous,
}

impl Who {
    fn on(&self, rules: &RuleSet) -> Somebody {
        let model = rules.model();
        let at = |text: String| Somebody::at(model, &Domain::parse(&text).expect("a domain"));
        match self {
            Who::Known(address) => Somebody::with_address(model, address),
            Who::At(domain) => Somebody::at(model, domain),
            Who::Below(domain) => at(format!("nobody-is-here.{domain}")),
            Who::Elsewhere => at("nowhere.invalid".to_owned()),
            Who::Anonymous => Somebody::ANONYMOUS,
        }
    }

    fn all(sets: [&RuleSet; 2]) -> BTreeSet<Who> {
        let mut all = BTreeSet::from([Who::Elsewhere, Who::Anonymous]);
        let suffix = sets.iter().any(|rules| rules.model().matching == DomainMatch::BySuffix);
        for model in sets.map(RuleSet::model) {
            all.extend(model.people.values().map(|person| Who::Known(person.address.clone())));
            for domain in model.domains.values() {
                all.insert(Who::At(domain.name.clone()));
                if suffix {
                    all.insert(Who::Below(domain.name.clone()));
                }
            }
        }
        all
    }

    fn of(everybody: &Everybody) -> Who {
        match everybody {
            Everybody::At(domain, _) => Who::At(domain.clone()),
            Everybody::Below(domain, _) => Who::Below(domain.clone()),
            Everybody::Elsewhere(_) => Who::Elsewhere,
            Everybody::Anonymous => Who::Anonymous,
        }
    }
}

/// A category and a field of it.
type Path = (Name, Name);

/// Everybody and every field of two sets, looked up in both.
struct Asked<'a> {
    sets: [&'a RuleSet; 2],
    viewers: Vec<(Who, [Somebody; 2])>,
    fields: Vec<(Path, [Option<FieldId>; 2])>,
}

impl<'a> Asked<'a> {
    fn of(sets: [&'a RuleSet; 2]) -> Asked<'a> {
        let mut fields: BTreeMap<Path, [Option<FieldId>; 2]> = BTreeMap::new();
        for (side, rules) in sets.into_iter().enumerate() {
            let model = rules.model();
            for (id, field) in model.fields.iter() {
                let category = model.categories[field.category].declared.name.clone();
                fields.entry((category, field.declared.name.clone())).or_default()[side] = Some(id);
            }
        }
        let on = |who: Who| {
            let both = sets.map(|rules| who.on(rules));
            (who, both)
        };
        Asked { sets, viewers: Who::all(sets).into_iter().map(on).collect(), fields: fields.into_iter().collect() }
    }

    /// Everybody but the owner.
    fn viewers(&self, owner: &Address) -> impl Iterator<Item = &(Who, [Somebody; 2])> {
        self.viewers.iter().filter(move |(who, _)| !matches!(who, Who::Known(address) if address == owner))
    }

    /// What is seen, and the container that answers; nothing of a field that is not there.
    fn seen(&self, side: usize, viewer: Somebody, owner: UserId, field: Option<FieldId>) -> (Seen, Option<Name>) {
        let (rules, Some(id)) = (self.sets[side], field) else { return (Seen::Hidden, None) };
        let model = rules.model();
        let decision = decide_field(rules, viewer, owner, id);
        let seen = match (decision.answer, &model.fields[id].kind) {
            (Answer::Hidden, _) => Seen::Hidden,
            (Answer::Visible, _) => Seen::Visible,
            (Answer::Altered(value), Some(kind)) => Seen::Altered(model.value_name(kind, value)),
            (Answer::Altered(value), None) => {
                let text = model.value_name(&ValueType::Text, value);
                Seen::Altered(text.trim_matches('"').to_owned())
            }
        };
        (seen, decision.container.map(|container| model.containers[container].declared.name.clone()))
    }
}

/// Fields with what was and what is seen.
type Changes = BTreeMap<Path, (Seen, Seen)>;

/// Viewer and field with what was and what is seen.
type Difference = BTreeMap<(Who, Name, Name), (Seen, Seen)>;

fn owners(rules: &RuleSet) -> BTreeMap<Address, UserId> {
    let model = rules.model();
    model.users.iter().map(|(id, user)| (model.people[user.person].address.clone(), id)).collect()
}

/// What differs of an owner, asked one by one, and whether any container does.
fn differing(asked: &Asked<'_>, owner: &Address, ids: [UserId; 2]) -> (Difference, bool) {
    let (mut difference, mut containers) = (Difference::new(), false);
    for (who, viewer) in asked.viewers(owner) {
        for ((category, name), field) in &asked.fields {
            let [was, is] = [0, 1].map(|side| asked.seen(side, viewer[side], ids[side], field[side]));
            containers |= was.1 != is.1;
            if was.0 != is.0 {
                difference.insert((who.clone(), category.clone(), name.clone()), (was.0, is.0));
            }
        }
    }
    (difference, containers)
}

/// What is told of an owner, viewer by viewer: nobody twice, and as many people as it says.
fn told(diff: &Diff<'_>, asked: &Asked<'_>, owner: &Address, id: UserId) -> Difference {
    let mut difference = Difference::new();
    for shift in diff.shifts(id) {
        let mut viewers: Vec<Who> = shift.people.iter().cloned().map(Who::Known).collect();
        for rest in &shift.rest {
            let class = Who::of(&rest.everybody);
            let mut known = 0;
            if let Who::At(domain) = &class {
                for (viewer, _) in asked.viewers(owner) {
                    let Who::Known(person) = viewer else { continue };
                    let meant = person.domain() == *domain && !rest.except.contains(person);
                    if meant && !shift.people.contains(person) {
                        known += 1;
                        viewers.push(viewer.clone());
                    }
                }
            }
            assert_eq!(known, rest.known, "{rest:?}");
            viewers.push(class);
        }
        for viewer in viewers {
            for changed in shift.changes.iter() {
                let key = (viewer.clone(), changed.category.clone(), changed.field.clone());
                let twice = difference.insert(key.clone(), (changed.before.clone(), changed.after.clone()));
                assert!(twice.is_none(), "{key:?} is told twice");
            }
        }
    }
    difference
}

fn direction(was: &Seen, is: &Seen) -> Direction {
    let extent = |seen: &Seen| match seen {
        Seen::Hidden => 0,
        Seen::Altered(_) => 1,
        Seen::Visible => 2,
    };
    match extent(is).cmp(&extent(was)) {
        std::cmp::Ordering::Greater => Direction::Gains,
        std::cmp::Ordering::Less => Direction::Loses,
        std::cmp::Ordering::Equal => Direction::Differs,
    }
}

/// What one set shows of owners whom the other has not, among those whom that set knows.
fn aside(rules: &RuleSet, other: &RuleSet) -> Aside {
    let (asked, others) = (Asked::of([rules, rules]), owners(other));
    let mut owned = 0;
    let mut seen: BTreeMap<FieldId, [AsideCounts; 2]> = BTreeMap::new();
    for (owner, id) in owners(rules).iter().filter(|(owner, _)| !others.contains_key(*owner)) {
        owned += 1;
        for (who, viewer) in asked.viewers(owner) {
            for (_, field) in &asked.fields {
                let Some(field) = field[0] else { continue };
                let counts = &mut seen.entry(field).or_default()[usize::from(!matches!(who, Who::Known(_)))];
                match asked.seen(0, viewer[0], *id, Some(field)).0 {
                    Seen::Visible => counts.visible += 1,
                    Seen::Altered(_) => counts.altered += 1,
                    Seen::Hidden => {}
                }
            }
        }
    }
    let model = rules.model();
    let field = |(id, [known, open]): (FieldId, [AsideCounts; 2])| AsideField {
        category: model.categories[model.fields[id].category].declared.name.clone(),
        field: model.fields[id].declared.name.clone(),
        known,
        open,
    };
    let seen = seen.into_iter().filter(|(_, both)| both.iter().any(|counts| counts.seen() > 0));
    Aside { owners: owned, fields: seen.map(field).collect() }
}

/// How many answers stand for each group, if there are.
const WITNESSES: usize = 3;

/// Every answer that changes is in one group, with the people it is for, and the witness is one of them.
fn groups_hold(diff: &Diff<'_>, presence: &Presence, asked: &Asked<'_>) -> Result<(), TestCaseError> {
    let before = asked.sets[0].model();
    let address = |owner: &UserId| before.people[before.users[*owner].person].address.clone();
    let (mut sums, mut all) = ([[0; 3]; 2], BTreeSet::new());
    let groups = diff.groups(presence, WITNESSES);
    for group in &groups {
        let fields: Changes = group
            .changes
            .iter()
            .map(|it| ((it.category.clone(), it.field.clone()), (it.before.clone(), it.after.clone())))
            .collect();
        let (mut people, mut owners, mut open, mut known) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
        for (owner, id) in owners_of(asked) {
            let mut by_viewer: BTreeMap<Who, Changes> = BTreeMap::new();
            for ((who, category, field), (was, is)) in told(diff, asked, &owner, id) {
                if direction(&was, &is) == group.direction {
                    by_viewer.entry(who).or_default().insert((category, field), (was, is));
                }
            }
            for (who, changes) in by_viewer.into_iter().filter(|(_, changes)| *changes == fields) {
                prop_assert!(all.insert((owner.clone(), who.clone(), group.direction as usize)), "in two groups");
                owners.insert(owner.clone());
                match who {
                    Who::Known(person) => {
                        known += changes.len();
                        people.insert(person);
                    }
                    _ => open += changes.len(),
                }
            }
        }
        prop_assert_eq!((group.known, group.open, group.people), (known, open, people.len()), "{:?}", group);
        prop_assert_eq!(&group.owners.iter().map(address).collect::<BTreeSet<_>>(), &owners);
        let mut witnesses = BTreeSet::new();
        for witness in std::iter::once(&group.witness).chain(&group.others) {
            let viewer = match &witness.viewer {
                Viewer::Known(address) => Who::Known(address.clone()),
                Viewer::Open(everybody) => Who::of(everybody),
            };
            let owner = address(&witness.owner);
            prop_assert!(all.contains(&(owner.clone(), viewer.clone(), group.direction as usize)), "{:?}", witness);
            prop_assert!(!witnesses.is_empty() || matches!(viewer, Who::Known(_)) == (known > 0));
            prop_assert!(witnesses.insert((owner, viewer)), "told twice: {:?}", witness);
        }
        prop_assert_eq!(witnesses.len(), WITNESSES.min((known + open) / fields.len()));
        sums[0][group.direction as usize] += known;
        sums[1][group.direction as usize] += open;
    }
    prop_assert_eq!(sums, [[presence.gained, presence.lost, presence.altered], presence.open]);
    for by in [By::Field, By::Site] {
        let mut counted = [[0; 3]; 2];
        for count in diff.tally(presence, by).counts {
            let counts = [count.known, count.open];
            counted.as_flattened_mut().iter_mut().zip(counts.as_flattened()).for_each(|(sum, count)| *sum += count);
        }
        prop_assert_eq!(counted, sums, "by {}", by.word());
    }
    Ok(())
}

/// The owners whom both sets have, as the first does.
fn owners_of(asked: &Asked<'_>) -> Vec<(Address, UserId)> {
    let [before, after] = asked.sets.map(owners);
    before.into_iter().filter(|(owner, _)| after.contains_key(owner)).collect()
}

/// Holds everything that is said of two sets against asking one by one.
fn holds(sets: [&RuleSet; 2]) -> Result<bool, TestCaseError> {
    let [before, after] = sets;
    let (diff, asked) = (Diff::between(before, after), Asked::of(sets));
    let (old, new) = (owners(before), owners(after));
    let mut counted = Presence::default();
    let mut same = old.keys().eq(new.keys());
    for (owner, id) in &old {
        let Some(there) = new.get(owner) else { continue };
        let (meant, containers) = differing(&asked, owner, [*id, *there]);
        prop_assert_eq!(&told(&diff, &asked, owner, *id), &meant, "{}", owner);
        same &= meant.is_empty() && !containers;
        counted.owners += usize::from(!meant.is_empty());
        for ((viewer, ..), (was, is)) in &meant {
            match (viewer, direction(was, is)) {
                (Who::Known(_), Direction::Gains) => counted.gained += 1,
                (Who::Known(_), Direction::Loses) => counted.lost += 1,
                (Who::Known(_), Direction::Differs) => counted.altered += 1,
                (_, direction) => counted.open[direction as usize] += 1,
            }
        }
    }
    let all: Vec<UserId> = before.model().users.ids().collect();
    let presence = diff.presence(&all);
    let mut visible = [0, 0];
    for (owner, id) in owners_of(&asked) {
        for ((who, ..), (was, is)) in told(&diff, &asked, &owner, id) {
            visible[usize::from(!matches!(who, Who::Known(_)))] +=
                usize::from(was != Seen::Visible && is == Seen::Visible);
        }
    }
    prop_assert_eq!(diff.effect().new_visibility(|_| true), visible);
    prop_assert_eq!(Presence { alike: Vec::new(), ..presence.clone() }, counted);
    prop_assert_eq!(presence.alike.iter().map(|(owners, _)| owners.len()).sum::<usize>(), presence.owners);
    groups_hold(&diff, &presence, &asked)?;
    prop_assert_eq!(diff.left(), aside(before, after));
    prop_assert_eq!(diff.arrived(), aside(after, before));
    // The worlds have neither features nor meetings, so nothing else can differ.
    prop_assert_eq!(diff.is_empty(), same);
    // The way back takes what was given.
    let back = Diff::between(after, before).presence(&after.model().users.ids().collect::<Vec<_>>());
    let [gained, lost, altered] = presence.open;
    prop_assert_eq!((back.gained, back.lost, back.altered), (presence.lost, presence.gained, presence.altered));
    prop_assert_eq!(back.open, [lost, gained, altered]);
    Ok(presence.owners > 0)
}

/// The world with one thing of it gone or turned over.
fn edited(world: &World, tape: &mut Tape<'_>) -> World {
    let mut edited = world.clone();
    match tape.below(7) {
        0 if edited.users.len() > 1 => _ = edited.users.pop(),
        1 => _ = edited.guards.pop(),
        2 => _ = edited.memberships.pop(),
        3 => edited.by_suffix = !edited.by_suffix,
        4 => edited.open = !edited.open,
        5 => edited.per_viewer = !edited.per_viewer,
        _ => {
            if let Some(user) = edited.users.first_mut() {
                user.memberships = None;
                user.contacts = None;
            }
        }
    }
    edited
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_difference_is_what_asking_one_by_one_finds(
        world in worlds(), other in worlds(), choices in proptest::collection::vec(any::<u8>(), 4)
    ) {
        let edited = edited(&world, &mut Tape::new(&choices));
        let [one, two, three] = [&world, &other, &edited].map(Subject::of);
        let (recorded, in_force) = (one.rules(Mode::Recorded), one.rules(Mode::InForce));
        for mode in [Mode::Recorded, Mode::InForce] {
            holds([one.rules(mode), two.rules(mode)])?;
            holds([one.rules(mode), three.rules(mode)])?;
            let (again, first) = (Subject::of(&world), one.rules(mode));
            prop_assert!(!holds([first, again.rules(mode)])?, "nothing changes where nothing was changed");
        }
        holds([recorded, in_force])?;
    }
}
