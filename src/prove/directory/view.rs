//! Every owner with every viewer there can be, by cohorts.

use super::case::{Case, Tally, Whose};
use super::gather::{Alike, Gathering};
use crate::model::UserId;
use crate::prove::asked::{Asked, Met};
use crate::resolve::{Cast, people};
use crate::viewers::{JointCohort, Somebody};

impl Gathering<'_> {
    pub(super) fn views(&mut self, asked: &[&Asked<'_>]) {
        let alike = self.alike(asked);
        for owner in people::owners(self.model()) {
            alike.iter().for_each(|alike| self.views_of(owner, alike));
        }
    }

    fn views_of(&mut self, owner: UserId, alike: &Alike<'_, '_>) {
        let viewers = || self.rules.viewers(owner, &alike.lists);
        let cohorts = self.joint.cohorts(&alike.kinds, &[viewers(), viewers()]);
        let myself = Somebody::user(self.model(), owner);
        for asked in &alike.asked {
            let finding = &mut self.findings[asked.at];
            let mut broken: Vec<&JointCohort> = Vec::new();
            for cohort in &cohorts.all {
                let [viewer, _] = cohort.viewer;
                let met = asked.ask(self.rules, &Cast::view(viewer, myself));
                finding.applies |= met != Met::Aside;
                broken.extend((met == Met::Broken).then_some(cohort));
            }
            if broken.is_empty() {
                continue;
            }
            let members = cohorts.members(broken);
            let tally = Tally { known: cohorts.known(&members), open: members.open.len() };
            finding.add(Whose::Owner(owner), tally, || {
                let kinds = members.kinds.iter().flat_map(|kind| cohorts.people_of(*kind));
                let people = members.people.iter().copied().chain(kinds);
                let viewer = super::first::first(&self.joint, &self.classes, people, &members.open)?;
                Some(Case::View { viewer, owner })
            });
        }
    }
}
