//! The law: what `disclosures` and *elsewhere* say is what asking everybody says, in every role, meeting and network.

use std::cell::Cell;

use prescope::resolve::{
    Asked, Certainty, Channel, Context, Goes, RuleSet, disclosures, elsewhere, people, who_elsewhere,
};
use proptest::prelude::*;

use super::world::{Line, Meeting, ROLES, Shape, World, comes_about, convened};
use crate::tries::{at_least, config};

/// A certainty, the meetings in which it is so, and for each the roles.
type Found = Option<(Certainty, Vec<(Option<String>, Vec<String>, Certainty)>)>;

struct Law<'w> {
    world: &'w World,
    rules: RuleSet,
    larger: RuleSet,
}

fn best(cases: impl Iterator<Item = (bool, bool)>) -> Option<Certainty> {
    cases.filter_map(|(is, can)| if is { Some(Certainty::Certain) } else { can.then_some(Certainty::Possible) }).min()
}

impl Law<'_> {
    fn in_meeting(&self, line: &Line, who: &str, meeting: &str, role: &str) -> (bool, bool) {
        let context = Context { meeting: Some(meeting), role: Some(role), ..Context::default() };
        comes_about(&self.larger, line, who, context)
    }

    /// The person, or everybody there could be.
    fn askers(&self, who: Option<&str>) -> Vec<String> {
        let everybody = || self.world.everybody.iter().cloned().chain(["anonymous".to_owned()]).collect();
        who.map_or_else(everybody, |who| vec![who.to_owned()])
    }

    /// As which of the roles it can come about in a meeting.
    fn roles_in(&self, line: &Line, who: Option<&str>, meeting: &str) -> Vec<String> {
        let can = |role: &&str| self.askers(who).iter().any(|asker| self.in_meeting(line, asker, meeting, role).1);
        ROLES.iter().filter(|role| can(role)).map(|role| (*role).to_owned()).collect()
    }

    fn meetings(&self, line: &Line, who: Option<&str>) -> Found {
        let mut occasions = Vec::new();
        for meeting in &self.world.meetings {
            let listed = meeting.participants.iter().filter(|(person, _)| who.is_none_or(|who| who == person));
            let listed: Vec<_> =
                listed.map(|(person, role)| (*role, self.in_meeting(line, person, &meeting.name, role))).collect();
            let as_listed = |wanted: fn(&(bool, bool)) -> bool| {
                let of = |role: &&str| listed.iter().any(|(listed, case)| listed == role && wanted(case));
                ROLES.iter().filter(|role| of(role)).map(|role| (*role).to_owned()).collect::<Vec<String>>()
            };
            let certain = as_listed(|(is, _)| *is);
            if !certain.is_empty() {
                occasions.push((Some(meeting.name.clone()), certain, Certainty::Certain));
                continue;
            }
            let mut possible = [as_listed(|(_, can)| *can), self.roles_in(line, who, &meeting.name)].concat();
            possible.sort_by_key(|role| ROLES.iter().position(|of| of == role));
            possible.dedup();
            if !possible.is_empty() {
                occasions.push((Some(meeting.name.clone()), possible, Certainty::Possible));
            }
        }
        let to_come: Vec<String> = self.world.to_come.iter().flat_map(|user| convened(user)).collect();
        let mut other: Vec<String> = to_come.iter().flat_map(|meeting| self.roles_in(line, who, meeting)).collect();
        other.sort_by_key(|role| ROLES.iter().position(|of| of == role));
        other.dedup();
        if !other.is_empty() {
            occasions.push((None, other, Certainty::Possible));
        }
        occasions.iter().map(|(_, _, certainty)| *certainty).min().map(|certainty| (certainty, occasions))
    }

    /// What comes about whoever it is with: in all cases, or in some.
    fn whoever(&self, cases: &[(bool, bool)], somebody: bool) -> Found {
        let certain = somebody && cases.iter().all(|(is, _)| *is);
        let possible = cases.iter().any(|(_, can)| *can);
        let certainty = if certain { Certainty::Certain } else { Certainty::Possible };
        possible.then(|| (certainty, Vec::new()))
    }

    /// Everybody whom the directory names.
    fn known(&self) -> Vec<String> {
        let model = self.rules.model();
        model.people.values().map(|person| person.address.to_string()).collect()
    }

    /// What is expected of the disclosure of a line, when somebody uses features.
    fn expected(&self, line: &Line, who: Option<&str>) -> Found {
        let askers = self.askers(who);
        let is_other = |other: &&String| Some(other.as_str()) != who;
        match line.shape {
            Shape::Participant => self.meetings(line, who),
            Shape::User => {
                let cases = askers.iter().map(|asker| comes_about(&self.larger, line, asker, Context::default()));
                self.whoever(&cases.collect::<Vec<_>>(), true)
            }
            Shape::Viewer | Shape::Party => {
                let others = if line.shape == Shape::Viewer { self.world.to_come.clone() } else { self.askers(None) };
                let pairs = askers.iter().flat_map(|asker| others.iter().map(move |other| (asker, other)));
                let pairs = pairs.filter(|(asker, other)| asker != other || *asker == "anonymous");
                let cases = pairs.map(|(asker, other)| self.with(line, asker, other)).collect::<Vec<_>>();
                let (users, known) = (self.world.users.clone(), self.known());
                let somebody = match line.shape {
                    Shape::Viewer => users.iter().any(|it| is_other(&it)) && (who.is_some() || known.len() > 1),
                    _ => known.iter().filter(is_other).count() > usize::from(who.is_none()),
                };
                self.whoever(&cases, somebody)
            }
        }
    }

    /// Somebody with a peer, or a viewer with an owner.
    fn with(&self, line: &Line, asker: &str, other: &str) -> (bool, bool) {
        let other = Some(other);
        let context = match line.shape {
            Shape::Viewer => Context { owner: other, ..Context::default() },
            _ => Context { peer: other, ..Context::default() },
        };
        comes_about(&self.larger, line, asker, context)
    }

    /// Whether a viewer belongs to the recipient of a line; in a meeting, by the role there.
    fn belongs(&self, line: &Line, viewer: &str, meeting: Option<&Meeting>) -> bool {
        let role = meeting.and_then(|meeting| meeting.role(viewer)).unwrap_or("none");
        match line.to {
            "colleagues" => viewer.ends_with("@contoso.com"),
            "partners" => viewer.ends_with("@fabrikam.com"),
            "outside" => !viewer.ends_with("@contoso.com"),
            "board" => self.world.board.iter().any(|member| member == viewer),
            "public" => true,
            "presenters" => ["organizer", "presenter"].contains(&role),
            "attendees" => role == "attendee",
            "participants" => ROLES.contains(&role),
            _ => false,
        }
    }

    /// What gets from an owner to a viewer through a line, and in which meetings.
    fn gets(&self, line: &Line, viewer: &str, owner: &str) -> Option<(Certainty, Vec<String>)> {
        let by_role = ["presenters", "attendees", "participants"].contains(&line.to);
        if !by_role && !self.belongs(line, viewer, None) {
            return None;
        }
        let together = |meeting: &&Meeting| !by_role || self.belongs(line, viewer, Some(meeting));
        if line.shape == Shape::Participant {
            let organizes = line.of == Some("organizer");
            let mut found: [Vec<String>; 2] = Default::default();
            for meeting in self.world.meetings.iter().filter(together) {
                let users: Vec<&(String, &str)> = match organizes {
                    true if meeting.organizer == owner => meeting.participants.iter().collect(),
                    true => Vec::new(),
                    false => meeting.participants.iter().filter(|(person, _)| person == owner).collect(),
                };
                let cases = users.iter().map(|(person, role)| self.in_meeting(line, person, &meeting.name, role));
                if let Some(certainty) = best(cases) {
                    found[usize::from(certainty == Certainty::Possible)].push(meeting.name.clone());
                }
            }
            let [certain, possible] = found;
            if !certain.is_empty() {
                return Some((Certainty::Certain, certain));
            }
            let to_come = match organizes {
                // The owner's own meetings to come: those of somebody with the same values.
                true => convened(&self.alike(owner)).iter().any(|it| !self.roles_in(line, None, it).is_empty()),
                false => self
                    .world
                    .to_come
                    .iter()
                    .flat_map(|user| convened(user))
                    .any(|meeting| !self.roles_in(line, Some(owner), &meeting).is_empty()),
            };
            return (to_come || !possible.is_empty()).then_some((Certainty::Possible, possible));
        }
        let known = |count: usize| self.known().len() > count;
        let certainty = match (line.shape, line.of) {
            (Shape::User, _) => best([comes_about(&self.larger, line, owner, Context::default())].into_iter()),
            (Shape::Viewer, Some("owner") | None) => best([self.with(line, viewer, owner)].into_iter()),
            (Shape::Viewer, _) => {
                let cases: Vec<_> = self.world.to_come.iter().map(|other| self.with(line, owner, other)).collect();
                self.whoever(&cases, self.world.users.len() > 1).map(|(certainty, _)| certainty)
            }
            (_, of) => {
                let turned = of == Some("peer");
                let case = |other: &String| match turned {
                    true => self.with(line, other, owner),
                    false => self.with(line, owner, other),
                };
                let cases: Vec<_> = self.askers(None).iter().map(case).collect();
                self.whoever(&cases, known(1)).map(|(certainty, _)| certainty)
            }
        }?;
        if !by_role {
            return Some((certainty, Vec::new()));
        }
        let with_owner = |meeting: &&Meeting| meeting.organizer == owner || meeting.role(owner).is_some();
        let meetings = self.world.meetings.iter().filter(with_owner).filter(together);
        let meetings: Vec<String> = meetings.map(|meeting| meeting.name.clone()).collect();
        Some((if meetings.is_empty() { Certainty::Possible } else { certainty }, meetings))
    }

    /// The user to come with the same values and groups.
    fn alike(&self, user: &str) -> String {
        let rules = &self.larger;
        let bit = |name: &str| {
            let attribute = rules.model().names.attributes.values().find_map(|names| names.find(name));
            usize::from(
                rules.model().attribute(people::owner(rules, user).expect("a user"), attribute.expect("declared"))
                    == prescope::model::Value::TRUE,
            )
        };
        let board = usize::from(self.world.board.iter().any(|member| member == user));
        self.world.to_come[bit("a") | bit("b") << 1 | board << 2].clone()
    }

    fn told(&self, channels: &[Channel], line: &Line) -> Option<(Certainty, Vec<String>)> {
        let model = self.rules.model();
        let of = |channel: &&Channel| {
            model.features[channel.feature].declared.name == line.feature
                && model.item_name(channel.item) == format!("c{}", line.number)
        };
        let mut found = channels.iter().filter(of);
        let first = found.next()?;
        assert!(found.next().is_none(), "one line for one channel");
        let meetings = first.meetings.iter().map(|meeting| model.meetings[*meeting].name.clone());
        Some((first.certainty, meetings.collect()))
    }
}

thread_local! {
    static SEEN: Cell<[usize; 6]> = const { Cell::new([0; 6]) };
}

/// Counts what a law was asked about: nothing, something possible, something certain.
fn count(of: usize, found: Option<Certainty>) {
    let mut seen = SEEN.get();
    seen[of * 3 + found.map_or(0, |certainty| if certainty == Certainty::Possible { 1 } else { 2 })] += 1;
    SEEN.set(seen);
}

fn everything_is_disclosed_as_asked(law: &Law<'_>) -> Result<(), TestCaseError> {
    let (world, rules) = (law.world, &law.rules);
    let asked = ["kim@fabrikam.com", "joe@live.com", "zoe@elsewhere.example", "anonymous"].map(str::to_owned);
    let askers = world.users.iter().chain(&asked).map(|who| Some(who.as_str())).chain([None]);
    let names = rules.model().roles();
    for who in askers {
        let user = who.map(|who| people::viewer(rules, who).expect("a name").somebody);
        let all = disclosures(rules, Asked { user, ..Asked::default() });
        for line in &world.lines {
            let model = rules.model();
            let found = all.iter().find(|revealed| {
                let to = matches!(revealed.to, Goes::Recipient(to) if model.recipients[to].declared.name == line.to);
                to && model.features[revealed.feature].declared.name == line.feature
                    && model.item_name(revealed.item) == format!("c{}", line.number)
            });
            let found = found.map(|revealed| {
                let occasions = revealed.occasions.iter().map(|occasion| {
                    let meeting = occasion.meeting.map(|meeting| model.meetings[meeting].name.clone());
                    let roles = occasion.roles.iter().map(|role| names[role.0 as usize].clone()).collect::<Vec<_>>();
                    (meeting, roles, occasion.certainty)
                });
                (revealed.certainty, occasions.collect::<Vec<_>>())
            });
            count(0, found.as_ref().map(|(certainty, _)| *certainty));
            prop_assert_eq!(found, law.expected(line, who), "{:?} by {:?} in\n{}", line, who, &world.policy);
        }
    }
    Ok(())
}

fn everything_gets_elsewhere_as_asked(law: &Law<'_>) -> Result<(), TestCaseError> {
    let (world, rules) = (law.world, &law.rules);
    let mut viewers = law.known();
    viewers
        .extend(["n@contoso.com", "n@fabrikam.com", "n@live.com", "n@nowhere.example", "anonymous"].map(str::to_owned));
    for owner in &world.users {
        for category in ["c0", "c1", "c2"] {
            let lines = || world.lines.iter().filter(|line| format!("c{}", line.number) == category);
            let mut strongest: Vec<Option<Certainty>> = lines().map(|_| None).collect();
            for viewer in viewers.iter().filter(|viewer| *viewer != owner) {
                let question = rules.see(viewer, owner, category, None).expect("names known");
                let channels = elsewhere(rules, &question);
                for (line, strongest) in lines().zip(&mut strongest) {
                    let told = law.told(&channels, line);
                    let expected = law.gets(line, viewer, owner);
                    count(1, told.as_ref().map(|(certainty, _)| *certainty));
                    prop_assert_eq!(&told, &expected, "{:?}: {} of {} in\n{}", line, viewer, owner, &world.policy);
                    let certainty = expected.map(|(certainty, _)| certainty);
                    *strongest = [*strongest, certainty].into_iter().flatten().min();
                }
            }
            let question = rules.see("anonymous", owner, category, None).expect("names known");
            let channels = who_elsewhere(rules, &question);
            for (line, strongest) in lines().zip(strongest) {
                let told = law.told(&channels, line).map(|(certainty, _)| certainty);
                prop_assert_eq!(told, strongest, "{:?}: anybody of {} in\n{}", line, owner, &world.policy);
            }
        }
    }
    Ok(())
}

#[test]
#[allow(clippy::print_stdout, reason = "who runs it by itself wants to know how much was asked")]
fn what_leaves_and_what_gets_elsewhere_is_what_asking_everybody_says() {
    SEEN.set([0; 6]);
    let mut runner = proptest::test_runner::TestRunner::new(config(96));
    let ran = runner.run(&proptest::collection::vec(any::<u8>(), 0..220), |bytes| {
        let world = World::of(&bytes);
        let [rules, larger] = world.rules();
        let law = Law { world: &world, rules, larger };
        everything_is_disclosed_as_asked(&law)?;
        everything_gets_elsewhere_as_asked(&law)
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = SEEN.get();
    println!("disclosures, then channels: never, possible, certain {seen:?}");
    assert!(seen.iter().all(|count| *count >= at_least(100) as usize), "{seen:?}");
}
