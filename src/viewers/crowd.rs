//! Everybody the set names, by domain and by network: who is answered alike where nothing singles anybody out.

use super::up;
use crate::model::{DomainId, Model, Network, PeopleSet, PersonId, Table};

/// The people of each domain and of each network.
#[derive(Clone, Debug)]
pub struct Crowds {
    of_domain: Table<DomainId, Box<[PersonId]>>,
    below: Table<DomainId, Box<[DomainId]>>,
    of_network: [PeopleSet; 4],
    size: [usize; 4],
    domains: [usize; 4],
}

impl Crowds {
    /// Those of a model.
    pub fn new(model: &Model) -> Crowds {
        let mut of_domain: Table<DomainId, Vec<PersonId>> = model.domains.map(|_| Vec::new());
        let mut of_network = Network::ALL.map(|_| PeopleSet::nobody(model.people.len()));
        let (mut size, mut domains) = ([0; 4], [0; 4]);
        for (id, person) in model.people.iter() {
            of_domain[person.domain].push(id);
            of_network[person.network as usize].add(id);
            size[person.network as usize] += 1;
        }
        let mut below: Table<DomainId, Vec<DomainId>> = model.domains.map(|_| Vec::new());
        for (id, domain) in model.domains.iter() {
            domains[domain.network as usize] += 1;
            up(model, Some(id), |named| {
                if named != id {
                    below[named].push(id);
                }
                None::<()>
            });
        }
        let of_domain = of_domain.map(|people| people.as_slice().into());
        Crowds { of_domain, below: below.map(|domains| domains.as_slice().into()), of_network, size, domains }
    }

    /// The people of a domain, and of none below it.
    pub fn of_domain(&self, domain: DomainId) -> &[PersonId] {
        &self.of_domain[domain]
    }

    /// The named domains that an entry of this one matches too: those below it, where domains match by suffix.
    pub fn below(&self, domain: DomainId) -> &[DomainId] {
        &self.below[domain]
    }

    /// The people of a network.
    pub fn of_network(&self, network: Network) -> &PeopleSet {
        &self.of_network[network as usize]
    }

    /// How many people of a network there are.
    pub fn size(&self, network: Network) -> usize {
        self.size[network as usize]
    }

    /// How many domains of a network are named.
    pub fn domains(&self, network: Network) -> usize {
        self.domains[network as usize]
    }
}
