//! A population as a prescope project: built by a program, or written as files.

mod written;

use std::path::Path;
use std::{fs, io};

use prescope::directory::{Address, Directory, DirectoryBuilder, Domain, Entry, Malformed};
use prescope::project::Project;

pub use written::Form;

use crate::population::{HOME, LEVELS, NETWORKS, Network, Owner, Population};

/// The policies: the shipped catalogue, with privacy mode offered to everybody.
pub const POLICY: &str = "\
use std/lync2013

policy PrivacyConfiguration global {
    EnablePrivacyMode = true
}
";

/// Three more fields for partners.
pub const PUBLISHED: &str =
    "extend container external { publishes contact_card { mobile_phone, office }, state.location }\n";

/// What an owner has chosen, as attributes.
fn attributes(owner: &Owner) -> Vec<(&'static str, &'static str)> {
    let mut attributes = vec![("privacy_preference", if owner.private { "private" } else { "standard" })];
    if owner.photo {
        attributes.extend([("photo_source", "directory"), ("shares_photo", "share")]);
    }
    if owner.location {
        attributes.extend([("location_source", "typed"), ("shares_location", "share")]);
    }
    if !owner.feed {
        attributes.push(("publishes_activity", "false"));
    }
    attributes
}

/// The domains of a network, as the directory lists them.
fn listed(population: &Population, network: Network) -> impl Iterator<Item = &str> {
    let domains = population.domains.iter().filter(move |domain| domain.network == network);
    domains.map(|domain| domain.name.as_str())
}

/// The project of a population, built by a program.
pub fn built(population: &Population) -> Project {
    side(population, POLICY).expect("generated addresses are addresses")
}

/// The project of a population with other policies.
pub fn side(population: &Population, policy: &str) -> Result<Project, Malformed> {
    Ok(Project::builder().policy("policy.prescope", policy).people(directory(population)?).build())
}

/// The same with more that is published.
pub fn changed(population: &Population) -> Result<Project, Malformed> {
    side(population, &format!("{POLICY}{PUBLISHED}"))
}

/// The directory of a population.
pub fn directory(population: &Population) -> Result<Directory, Malformed> {
    let mut directory = DirectoryBuilder::new();
    directory.domain(HOME)?;
    for partner in listed(population, Network::Federated) {
        directory.partner(partner)?;
    }
    for cloud in listed(population, Network::PublicCloud) {
        directory.public_cloud(cloud)?;
    }
    let addresses: Vec<Address> =
        population.viewers.iter().filter_map(|viewer| Address::parse(&viewer.address)).collect();
    let domains: Vec<Domain> = population.domains.iter().filter_map(|domain| Domain::parse(&domain.name)).collect();
    for (owner, viewer) in population.owners.iter().zip(&population.viewers) {
        let mut user = directory.user(&viewer.address)?;
        for (name, value) in attributes(owner) {
            match value {
                "false" => user.attribute(name, false),
                value => user.attribute(name, value),
            };
        }
        user.mode(if owner.private { "private" } else { "standard" });
        for (contact, _) in &owner.contacts {
            user.contact(addresses[*contact as usize].as_str())?;
        }
        for (contact, level) in &owner.contacts {
            user.typed_entry(LEVELS[usize::from(*level)], Entry::User(addresses[*contact as usize].clone()));
        }
        for (domain, level) in &owner.domains {
            user.typed_entry(LEVELS[usize::from(*level)], Entry::Domain(domains[*domain as usize].clone()));
        }
        for (network, level) in NETWORKS {
            user.entry(LEVELS[usize::from(level)], network.name())?;
        }
    }
    Ok(directory.build())
}

/// Writes the project of a population into a folder, with its people in that form.
pub fn write(population: &Population, form: Form, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("policies"))?;
    fs::create_dir_all(folder.join("directory"))?;
    let patterns = match form {
        Form::Yaml => "\"directory/*.yaml\"".to_owned(),
        other => format!("\"directory/*.yaml\", \"directory/*.{}\"", other.extension()),
    };
    let project = format!("policies:  [\"policies/*.prescope\"]\ndirectory: [{patterns}]\n");
    fs::write(folder.join("prescope.yaml"), project)?;
    fs::write(folder.join("policies/policy.prescope"), POLICY)?;
    fs::write(folder.join("directory/organization.yaml"), organization(population))?;
    // Files for each thousand people, as somebody would export them.
    for (number, owners) in population.owners.chunks(1000).enumerate() {
        for (name, text) in form.files(population, number * 1000, owners) {
            fs::write(folder.join(format!("directory/{name}{number:03}.{}", form.extension())), text)?;
        }
    }
    Ok(())
}

fn organization(population: &Population) -> String {
    let list = |network| listed(population, network).collect::<Vec<_>>().join(", ");
    let (partners, clouds) = (list(Network::Federated), list(Network::PublicCloud));
    format!(
        "organization: {{ domains: [{HOME}] }}\nfederation:\n  open: false\n  partners: [{partners}]\n  public_cloud: [{clouds}]\n"
    )
}
