//! Which worlds there can be: where codes stand for values, and the values go together.

use biodivine_lib_bdd::Bdd;

use super::chain::Whereabouts;
use super::variable::NONE_NAMED;
use super::variable::network_of;
use super::{EntryType, Question, Space, Undecided, Variable};
use crate::language::ast::Shape;
use crate::model::{GroupId, Id, Nesting, Network, Organisation, Reading, Subject, Value, What};

impl Space<'_> {
    /// Where each code stands for a value, and the values go together.
    pub(super) fn consistency(&self) -> Result<Bdd, Undecided> {
        let mut all = self.variables.mk_true();
        let inside = |value: Value| value == Network::SameEnterprise.value();
        for (index, variable) in self.domains.variables().enumerate() {
            all = self.and(&all, &self.positions(index, |position| self.domains.has_position(index, position))?)?;
            let Variable::Reading(Reading { whose, what }) = variable else { continue };
            match what {
                // Both are users of the directory, who are of the organisation.
                What::Network if matches!(whose, Subject::Owner | Subject::Organizer) => {
                    all = self.and(&all, &self.code(index, inside)?)?;
                }
                What::Site => {
                    let nowhere = self.code(index, |value| value == Value::NOWHERE)?;
                    let inside = self.value_is(Variable::Reading(network_of(whose)), inside)?;
                    all = self.and(&all, &self.or(&nowhere, &inside)?)?;
                }
                _ => {}
            }
        }
        Ok(all)
    }

    /// Where what is recorded goes together, and everybody can ask the question.
    pub(super) fn possible(&self, question: Question<'_>) -> Result<Bdd, Undecided> {
        let mut all = self.groups_in_groups()?;
        let user = Variable::Reading(network_of(Subject::User));
        if question.shape == Shape::User && self.domains.index(user).is_some() {
            all = self.and(&all, &self.is_of(Subject::User, Network::SameEnterprise)?)?;
        }
        if question.is_about(Subject::Viewer) {
            all = self.and(&all, &self.no_entry_for_other_networks()?)?;
            all = self.and(&all, &self.anonymous_viewers()?)?;
            all = self.and(&all, &self.named_people(question)?)?;
            all = self.and(&all, &self.named_domains(question)?)?;
            all = self.and(&all, &self.chains()?)?;
        }
        Ok(all)
    }

    /// Whoever is in a group is in those that contain it.
    fn groups_in_groups(&self) -> Result<Bdd, Undecided> {
        let mut all = self.variables.mk_true();
        if !self.domains.variables().any(|variable| matches!(variable, Variable::Group(..))) {
            return Ok(all);
        }
        let nesting = Nesting::new(self.model);
        for variable in self.domains.variables() {
            let Variable::Group(whose, group) = variable else { continue };
            // What contains a group that is asked about is said of that one.
            let is_asked = |around: GroupId| self.domains.index(Variable::Group(whose, around)).is_some();
            let outside = self.is_true(variable)?.not();
            for around in nesting.around([group], |around| !is_asked(around)).into_iter().filter(|it| is_asked(*it)) {
                all = self.and(&all, &self.or(&outside, &self.is_true(Variable::Group(whose, around))?)?)?;
            }
        }
        Ok(all)
    }

    /// Where somebody comes from a network.
    pub(super) fn is_of(&self, subject: Subject, network: Network) -> Result<Bdd, Undecided> {
        self.value_is(Variable::Reading(network_of(subject)), |value| value == network.value())
    }

    /// Where entries of a type stand, in each container of any side.
    pub(super) fn entries_as(&self, wanted: EntryType) -> Result<Vec<Bdd>, Undecided> {
        let is_wanted = |variable: &Variable| matches!(variable, Variable::Entry(of, _) if *of == wanted);
        self.domains.variables().filter(is_wanted).map(|variable| self.is_true(variable)).collect()
    }

    /// No entry stands for the network `other`.
    fn no_entry_for_other_networks(&self) -> Result<Bdd, Undecided> {
        let entries = self.entries_as(EntryType::Network)?;
        let any = self.folded(&entries, self.variables.mk_false(), Space::or)?;
        self.or(&any.not(), &self.is_of(Subject::Viewer, Network::Other)?.not())
    }

    /// Whoever has no address is from elsewhere, on no list, in no group, and matched by no entry but those for
    /// everyone.
    fn anonymous_viewers(&self) -> Result<Bdd, Undecided> {
        let mut has_address = vec![self.is_of(Subject::Viewer, Network::Other)?.not()];
        for variable in self.domains.variables() {
            match variable {
                Variable::Listed(Subject::Viewer, _)
                | Variable::Group(Subject::Viewer, _)
                | Variable::Entry(EntryType::Authenticated | EntryType::Domain(_) | EntryType::Person, _) => {
                    has_address.push(self.is_true(variable)?);
                }
                Variable::Named | Variable::Domain | Variable::NetworkAbove(_) => {
                    has_address.push(self.value_is(variable, |value| value != NONE_NAMED)?);
                }
                _ => {}
            }
        }
        let has_address = self.folded(&has_address, self.variables.mk_false(), Space::or)?;
        self.or(&self.is_true(Variable::Anonymous)?.not(), &has_address.not())
    }

    /// People are at the domains of their addresses.
    fn named_people(&self, question: Question<'_>) -> Result<Bdd, Undecided> {
        let named = question.domains();
        let mut all = self.variables.mk_true();
        for person in question.people() {
            let home = question.whereabouts(question.model().people[person].domain, &named);
            let elsewhere = self.value_is(Variable::Named, |value| value.0 != person.index() as i64)?;
            let mut at_home = if named.is_empty() { self.variables.mk_true() } else { self.is_placed(home)? };
            if question.organisation == Organisation::Directory {
                let network = self.is_of(Subject::Viewer, question.model().people[person].network)?;
                at_home = self.and(&at_home, &network)?;
            }
            all = self.and(&all, &self.or(&elsewhere, &at_home)?)?;
        }
        Ok(all)
    }

    /// Domains are of the networks that the directory says.
    fn named_domains(&self, question: Question<'_>) -> Result<Bdd, Undecided> {
        let mut all = self.variables.mk_true();
        if question.organisation == Organisation::Directory {
            for domain in question.domains() {
                let network = self.is_of(Subject::Viewer, question.model().domains[domain].network)?;
                let is_there = self.is_placed(Whereabouts::At(domain))?;
                all = self.and(&all, &self.or(&is_there.not(), &network)?)?;
            }
        }
        Ok(all)
    }
}
