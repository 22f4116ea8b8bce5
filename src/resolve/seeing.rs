//! Who sees a field, as a set of people: fast enough to be asked of everybody. [`who`](super::who()) tells it to
//! people, with what each gets and why.

use crate::language::ast::DomainMatch;
use crate::model::{DomainId, FieldId, Network, PeopleSet, UserId};
use crate::viewers::Somebody;

use super::answer::Answer;
use super::decide::decide_field;
use super::rule_set::RuleSet;

/// Who sees a field of an owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seeing {
    /// The known people who see it as it is. The owner is left out.
    pub people: PeopleSet,
    /// What whoever else is of a network gets, in the order of [`Network::ALL`].
    pub networks: [Answer; 4],
    /// What viewers without address get.
    pub anonymous: Answer,
    /// What whoever else is at a domain gets, where an entry of the owner matches the domain. Sorted.
    pub domains: Vec<(DomainId, Answer)>,
    /// What whoever is at an unnamed domain below one of these gets. Sorted; empty where domains match exactly.
    pub below: Vec<(DomainId, Answer)>,
}

/// Who sees a field of an owner: everybody by network and domain, then the exceptions one by one.
pub fn who_sees(rules: &RuleSet, owner: UserId, field: FieldId) -> Seeing {
    let model = rules.model();
    let crowds = rules.graph().crowds();
    let viewers = rules.viewers(owner, &rules.graph().tables().rules(field).reads);
    let answer = |viewer: Somebody| decide_field(rules, viewer, owner, field).answer;
    let networks = Network::ALL.map(|network| answer(Somebody::unnamed(network)));
    let [.., other] = networks;
    let anonymous = if viewers.standing.tells_anonymous_apart() { answer(Somebody::ANONYMOUS) } else { other };
    let mut people = PeopleSet::nobody(model.people.len());
    let visible = |network: Network| networks[network as usize] == Answer::Visible;
    Network::ALL.into_iter().filter(|of| visible(*of)).for_each(|of| people.join(crowds.of_network(of)));

    let at = |domain: DomainId| Somebody::of_domain(model, domain);
    let domains: Vec<(DomainId, Answer)> =
        viewers.exceptional_domains().into_iter().map(|domain| (domain, answer(at(domain)))).collect();
    for (domain, answer) in &domains {
        let sees = *answer == Answer::Visible;
        if sees != visible(model.domains[*domain].network) {
            let these = crowds.of_domain(*domain).iter().copied();
            these.for_each(|person| if sees { people.add(person) } else { people.remove(person) });
        }
    }
    let below = domains
        .iter()
        .filter(|_| model.matching == DomainMatch::BySuffix)
        .map(|(domain, _)| (*domain, answer(Somebody::below(model, *domain))));
    let below = below.collect();

    viewers.each_singled_out().for_each(|person| match answer(Somebody::known(model, person)) {
        Answer::Visible => people.add(person),
        _ => people.remove(person),
    });
    people.remove(model.users[owner].person);
    Seeing { people, networks, anonymous, domains, below }
}
