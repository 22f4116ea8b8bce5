//! Meetings and conversations, in which no entry of an owner plays a part: everybody by crowds of whom rules read the
//! same.

use super::case::{Case, Tally, Whose};
use super::first::{first, known};
use super::gather::{Alike, Gathering};
use crate::model::MeetingId;
use crate::prove::asked::{Asked, Met};
use crate::resolve::meeting;
use crate::viewers::ClassOf;

/// People and classes of people, by index, of whom rules read the same. Sorted.
struct Crowd {
    people: Vec<u32>,
    open: Vec<u32>,
}

/// How many conversations break a clause of one person of a crowd, and of one class of it.
struct Row<'c> {
    crowd: &'c Crowd,
    of_person: Tally,
    of_class: Tally,
    peers: Vec<&'c Crowd>,
}

fn crowds(alike: &Alike<'_, '_>) -> Vec<Crowd> {
    let sorted = |open: &[u32]| {
        let mut open = open.to_vec();
        open.sort_unstable();
        open
    };
    let mut crowds: Vec<Crowd> =
        alike.kinds.crowds().map(|(_, people, open)| Crowd { people, open: sorted(open) }).collect();
    crowds.iter_mut().for_each(|crowd| crowd.people.sort_unstable());
    crowds
}

impl Gathering<'_> {
    fn class(&self, open: u32) -> Option<ClassOf> {
        self.classes.get(open as usize).copied()
    }

    /// Those who are listed in meetings, and whoever can join in any role that is not the organizer's.
    pub(super) fn meetings(&mut self, asked: &[&Asked<'_>]) {
        for alike in self.alike(asked) {
            let crowds = crowds(&alike);
            for meeting in self.model().meetings.ids() {
                alike.asked.iter().for_each(|asked| self.meeting(meeting, asked, &crowds));
            }
        }
    }

    fn meeting(&mut self, meeting: MeetingId, asked: &Asked<'_>, crowds: &[Crowd]) {
        let model = self.model();
        let (mut tally, mut first_case) = (Tally::default(), None);
        for (person, _, role) in meeting::participants(model, meeting) {
            let participant = person.map_or(ClassOf::Anonymous, ClassOf::Person);
            let case = Case::Participant { participant, meeting, role: Some(role) };
            if self.met(asked, case) == Met::Broken {
                tally.known += 1;
                first_case = first_case.or(Some(case));
            }
        }
        for role in meeting::joining_roles(model) {
            let joining = |participant| Case::Participant { participant, meeting, role };
            let mut broken: Vec<u32> = Vec::new();
            for crowd in crowds {
                let one = crowd.open.first().and_then(|open| self.class(*open));
                if one.is_some_and(|one| self.met(asked, joining(one)) == Met::Broken) {
                    broken.extend(&crowd.open);
                }
            }
            tally.open += broken.len();
            first_case = first_case.or_else(|| first(&self.joint, &self.classes, [], &broken).map(joining));
        }
        self.findings[asked.at].add(Whose::Meeting(meeting), tally, || first_case);
    }

    /// Everybody in a conversation with everybody else. Where there are no users there is nobody to ask this of.
    pub(super) fn pairs(&mut self, asked: &[&Asked<'_>]) {
        if self.model().users.is_empty() {
            return;
        }
        for alike in self.alike(asked) {
            let crowds = crowds(&alike);
            for asked in &alike.asked {
                let rows: Vec<Row<'_>> = crowds.iter().map(|crowd| self.row(asked, crowd, &crowds)).collect();
                self.parties(asked, &rows);
            }
        }
    }

    /// The peers with whom those of a crowd break a clause.
    fn row<'c>(&mut self, asked: &Asked<'_>, crowd: &'c Crowd, crowds: &'c [Crowd]) -> Row<'c> {
        let (mut of_person, mut of_class, mut peers) = (Tally::default(), Tally::default(), Vec::new());
        for other in crowds {
            let Some([party, peer]) = self.two(crowd, other) else { continue };
            if self.met(asked, Case::Pair { party, peer }) != Met::Broken {
                continue;
            }
            // Nobody converses with themselves.
            let own = usize::from(std::ptr::eq(crowd, other) && !crowd.people.is_empty());
            of_person.known += other.people.len() - own;
            of_person.open += other.open.len();
            of_class.open += other.people.len() + other.open.len();
            peers.push(other);
        }
        Row { crowd, of_person, of_class, peers }
    }

    /// One of each of two crowds, who are not the same person; two of one class are two people.
    fn two(&self, crowd: &Crowd, other: &Crowd) -> Option<[ClassOf; 2]> {
        let one = |crowd: &Crowd, after: usize| {
            let person = crowd.people.get(after).copied().map(known);
            person.or_else(|| crowd.open.first().and_then(|open| self.class(*open)))
        };
        Some([one(crowd, 0)?, one(other, usize::from(std::ptr::eq(crowd, other)))?])
    }

    /// Counts what was found, party by party.
    fn parties(&mut self, asked: &Asked<'_>, rows: &[Row<'_>]) {
        let of = |row: usize, members: &[u32]| members.iter().map(|one| (*one, row)).collect::<Vec<(u32, usize)>>();
        let broken = || rows.iter().enumerate().filter(|(_, row)| !row.peers.is_empty());
        let mut people: Vec<(u32, usize)> = broken().flat_map(|(at, row)| of(at, &row.crowd.people)).collect();
        people.sort_unstable_by(|(one, _), (other, _)| self.joint.address(*one).cmp(self.joint.address(*other)));
        let mut open: Vec<(u32, usize)> = broken().flat_map(|(at, row)| of(at, &row.crowd.open)).collect();
        open.sort_unstable();
        let finding = &mut self.findings[asked.at];
        for (person, row) in people {
            let Some(row) = rows.get(row) else { continue };
            let party = known(person);
            finding.add(Whose::Party(party), row.of_person, || {
                let peers = row.peers.iter().flat_map(|crowd| crowd.people.iter().copied());
                let peer = first(&self.joint, &self.classes, peers.filter(|peer| *peer != person), &row.open())?;
                Some(Case::Pair { party, peer })
            });
        }
        for (class, row) in open {
            let (Some(row), Some(party)) = (rows.get(row), self.classes.get(class as usize).copied()) else { continue };
            finding.add(Whose::Party(party), row.of_class, || {
                let peers = row.peers.iter().flat_map(|crowd| crowd.people.iter().copied());
                let peer = first(&self.joint, &self.classes, peers, &row.open())?;
                Some(Case::Pair { party, peer })
            });
        }
    }
}

impl Row<'_> {
    /// The classes among the peers.
    fn open(&self) -> Vec<u32> {
        self.peers.iter().flat_map(|crowd| crowd.open.iter().copied()).collect()
    }
}
