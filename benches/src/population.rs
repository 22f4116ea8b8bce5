//! An organisation: who there is, whom each owner lists, and at which level.
//!
//! Of all viewers 30 % are external, over 200 domains; 5 % of the entries block; 10 % of the owners are in privacy mode.
//! Everything here is recorded data. What follows from it each engine finds by itself, or folds at load and says so.

use std::collections::HashSet;

use crate::random::Random;

/// The organisation's own domain.
pub const HOME: &str = "contoso.com";

/// How large a population is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Size {
    /// 100 owners, 2.7 thousand entries.
    Small,
    /// 10,000 owners, 1.6 million entries.
    Medium,
    /// 100,000 owners, 16 million entries.
    Large,
    /// 100,000 owners who list few people: 1.2 million entries.
    Wide,
}

impl Size {
    /// The size of this name.
    pub fn named(name: &str) -> Option<Size> {
        [Size::Small, Size::Medium, Size::Large, Size::Wide].into_iter().find(|size| size.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Size::Small => "small",
            Size::Medium => "medium",
            Size::Large => "large",
            Size::Wide => "wide",
        }
    }

    /// Owners, contacts of each, domain entries of each.
    fn counts(self) -> (usize, usize, usize) {
        match self {
            Size::Small => (100, 22, 3),
            Size::Medium => (10_000, 150, 8),
            Size::Large => (100_000, 150, 8),
            Size::Wide => (100_000, 9, 1),
        }
    }
}

/// The levels of `std/lync2013` that hold entries, from the lowest number.
pub const LEVELS: [&str; 5] = ["external", "colleagues", "workgroup", "friends_and_family", "blocked"];

/// An index into [`LEVELS`].
pub type Level = u8;

/// The level that blocks.
pub const BLOCKED: Level = 4;

/// Where the people of a domain come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Network {
    /// The organisation itself.
    SameEnterprise,
    /// A listed partner.
    Federated,
    /// A listed public cloud.
    PublicCloud,
    /// Listed nowhere.
    Other,
}

impl Network {
    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Network::SameEnterprise => "same_enterprise",
            Network::Federated => "federated",
            Network::PublicCloud => "public_cloud",
            Network::Other => "other",
        }
    }
}

/// A domain.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Where its people come from.
    pub network: Network,
}

/// Anybody who may look. The first ones are the owners.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The address in canonical form.
    pub address: String,
    /// An index into the domains.
    pub domain: usize,
}

/// What is recorded of an owner.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// In privacy mode.
    pub private: bool,
    /// Contacts with the level that their entry gives them; indices into the viewers.
    pub contacts: Vec<(u32, Level)>,
    /// Domain entries.
    pub domains: Vec<(u32, Level)>,
    /// Shares a picture.
    pub photo: bool,
    /// Shares a location.
    pub location: bool,
    /// Lets others follow the activity feed.
    pub feed: bool,
}

/// A population.
#[derive(Clone, Debug)]
pub struct Population {
    /// How large it is.
    pub size: Size,
    /// The domains; the first is [`HOME`].
    pub domains: Vec<Domain>,
    /// Everybody.
    pub viewers: Vec<Viewer>,
    /// The owners, who are the first viewers.
    pub owners: Vec<Owner>,
}

impl Population {
    /// The population of a size. It is the same each time.
    pub fn generate(size: Size) -> Population {
        let mut random = Random::new(2013);
        let (owner_count, contact_count, domain_count) = size.counts();
        let domains = domains();
        let mut viewers: Vec<Viewer> =
            (0..owner_count).map(|number| Viewer { address: format!("person{number:06}@{HOME}"), domain: 0 }).collect();
        for number in owner_count..owner_count * 10 / 7 {
            let domain = 1 + random.below(domains.len() - 1);
            viewers.push(Viewer { address: format!("guest{number:06}@{}", domains[domain].name), domain });
        }
        let owners = (0..owner_count)
            .map(|own| {
                let mut owner = Owner {
                    private: random.chance(10),
                    photo: random.chance(70),
                    location: random.chance(50),
                    feed: random.chance(80),
                    ..Owner::default()
                };
                let mut taken = HashSet::from([own]);
                while owner.contacts.len() < contact_count {
                    let viewer = random.below(viewers.len());
                    if taken.insert(viewer) {
                        let inside = viewers[viewer].domain == 0;
                        owner.contacts.push((viewer as u32, level(&mut random, inside)));
                    }
                }
                let mut taken = HashSet::from([0]);
                while owner.domains.len() < domain_count {
                    let domain = random.below(domains.len());
                    if taken.insert(domain) {
                        let blocked = random.chance(20);
                        owner.domains.push((domain as u32, if blocked { BLOCKED } else { random.below(2) as Level }));
                    }
                }
                owner
            })
            .collect();
        Population { size, domains, viewers, owners }
    }

    /// How many entries are recorded, those of the networks included.
    pub fn entries(&self) -> usize {
        self.owners.iter().map(|owner| owner.contacts.len() + owner.domains.len() + NETWORKS.len()).sum()
    }
}

/// The network entries that every owner has, with their levels.
pub const NETWORKS: [(Network, Level); 2] = [(Network::SameEnterprise, 1), (Network::Federated, 0)];

/// The organisation, 140 partners, 20 public clouds and 40 that are listed nowhere.
fn domains() -> Vec<Domain> {
    let mut domains = vec![Domain { name: HOME.to_owned(), network: Network::SameEnterprise }];
    domains.extend((0..200).map(|number| {
        let network = match number {
            0..140 => Network::Federated,
            140..160 => Network::PublicCloud,
            _ => Network::Other,
        };
        Domain { name: format!("partner{number:03}.example"), network }
    }));
    domains
}

fn level(random: &mut Random, inside: bool) -> Level {
    match (random.below(100), inside) {
        (0..5, _) => BLOCKED,
        (5..65, true) => 1,
        (65..90, true) => 2,
        (_, true) => 3,
        (5..90, false) => 0,
        (_, false) => 1 + random.below(2) as Level,
    }
}
