//! The people of a population as files, in each form that a directory can have.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::population::{LEVELS, NETWORKS, Owner, Population};

use super::attributes;

/// A form that people and their lists can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Mappings of YAML.
    Yaml,
    /// A line of JSON for each person.
    Lines,
    /// A table of people, one of contacts, one of entries.
    Tables,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 3] = [Form::Yaml, Form::Lines, Form::Tables];

    /// What the names of its files end with.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Yaml => "yaml",
            Form::Lines => "ndjson",
            Form::Tables => "csv",
        }
    }

    /// The form whose files end so.
    pub fn named(extension: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.extension() == extension)
    }

    /// The files that hold these owners, who are the viewers from `first` on: names without number and extension, texts.
    pub(super) fn files(
        self,
        population: &Population,
        first: usize,
        owners: &[Owner],
    ) -> BTreeMap<&'static str, String> {
        let addresses = population.viewers[first..].iter().map(|viewer| viewer.address.as_str());
        let mut files = BTreeMap::new();
        let mut begin = |name, text: &str| _ = files.insert(name, text.to_owned());
        match self {
            Form::Yaml => begin("people", "users:\n"),
            Form::Lines => begin("people", ""),
            Form::Tables => {
                begin("people", &format!("user,mode,attributes.{}\n", ATTRIBUTES.join(",attributes.")));
                begin("contacts", "user,contact\n");
                begin("entries", "user,container,entry\n");
            }
        }
        for (owner, address) in owners.iter().zip(addresses) {
            let person = Person { population, owner, address };
            for (name, text) in &mut files {
                // Writing to a string cannot fail.
                _ = match (self, *name) {
                    (Form::Yaml, _) => person.yaml(text),
                    (Form::Lines, _) => person.line(text),
                    (Form::Tables, "people") => person.row(text),
                    (Form::Tables, "contacts") => person.contacts(text),
                    (Form::Tables, _) => person.entries(text),
                };
            }
        }
        files
    }
}

/// The attributes there are columns for.
const ATTRIBUTES: [&str; 6] =
    ["privacy_preference", "photo_source", "shares_photo", "location_source", "shares_location", "publishes_activity"];

struct Person<'a> {
    population: &'a Population,
    owner: &'a Owner,
    address: &'a str,
}

impl Person<'_> {
    fn mode(&self) -> &'static str {
        if self.owner.private { "private" } else { "standard" }
    }

    fn listed(&self) -> impl Iterator<Item = &str> {
        self.owner.contacts.iter().map(|(contact, _)| self.of(*contact))
    }

    fn of(&self, viewer: u32) -> &str {
        &self.population.viewers[viewer as usize].address
    }

    /// The levels that have entries, with these.
    fn levels(&self) -> Vec<(&'static str, Vec<String>)> {
        let levels = LEVELS.iter().enumerate().map(|(level, name)| {
            let at = |of: u8| usize::from(of) == level;
            let contacts = self.owner.contacts.iter().filter(|(_, of)| at(*of));
            let people = contacts.map(|(of, _)| format!("user:{}", self.of(*of)));
            let domains = self.owner.domains.iter().filter(|(_, of)| at(*of));
            let domains = domains.map(|(of, _)| format!("domain:{}", self.population.domains[*of as usize].name));
            let networks = NETWORKS.iter().filter(|(_, of)| at(*of)).map(|(network, _)| network.name().to_owned());
            (*name, people.chain(domains).chain(networks).collect::<Vec<_>>())
        });
        levels.filter(|(_, entries)| !entries.is_empty()).collect()
    }

    fn yaml(&self, text: &mut String) -> std::fmt::Result {
        writeln!(text, "  {}:", self.address)?;
        let attributes: Vec<String> =
            attributes(self.owner).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        writeln!(text, "    attributes: {{ {} }}\n    mode: {}", attributes.join(", "), self.mode())?;
        writeln!(text, "    contacts:")?;
        self.listed().try_for_each(|contact| writeln!(text, "      - {contact}"))?;
        writeln!(text, "    memberships:")?;
        for (level, entries) in self.levels() {
            writeln!(text, "      {level}:")?;
            entries.iter().try_for_each(|entry| writeln!(text, "        - \"{entry}\""))?;
        }
        Ok(())
    }

    // Nothing in a population needs an escape, in JSON or in a table.
    fn line(&self, text: &mut String) -> std::fmt::Result {
        let attributes: Vec<String> = attributes(self.owner)
            .into_iter()
            .map(
                |(name, value)| {
                    if value == "false" { format!("\"{name}\":false") } else { format!("\"{name}\":\"{value}\"") }
                },
            )
            .collect();
        let list = |items: Vec<&str>| format!("[\"{}\"]", items.join("\",\""));
        let entries: Vec<String> = self
            .levels()
            .iter()
            .map(|(level, entries)| format!("\"{level}\":{}", list(entries.iter().map(String::as_str).collect())))
            .collect();
        writeln!(
            text,
            "{{\"user\":\"{}\",\"attributes\":{{{}}},\"mode\":\"{}\",\"contacts\":{},\"memberships\":{{{}}}}}",
            self.address,
            attributes.join(","),
            self.mode(),
            list(self.listed().collect()),
            entries.join(",")
        )
    }

    fn row(&self, text: &mut String) -> std::fmt::Result {
        let chosen: BTreeMap<&str, &str> = attributes(self.owner).into_iter().collect();
        let cells: Vec<&str> = ATTRIBUTES.iter().map(|name| chosen.get(name).copied().unwrap_or_default()).collect();
        writeln!(text, "{},{},{}", self.address, self.mode(), cells.join(","))
    }

    fn contacts(&self, text: &mut String) -> std::fmt::Result {
        self.listed().try_for_each(|contact| writeln!(text, "{},{contact}", self.address))
    }

    fn entries(&self, text: &mut String) -> std::fmt::Result {
        let levels = self.levels();
        let mut rows = levels.iter().flat_map(|(level, entries)| entries.iter().map(move |entry| (level, entry)));
        rows.try_for_each(|(level, entry)| writeln!(text, "{},{level},{entry}", self.address))
    }
}
