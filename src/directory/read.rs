//! One file to a directory, with every mistake in it reported at its place.

mod item;
mod lines;
mod meeting;
mod table;
mod user;

use std::mem::swap;

use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Spanned};
use crate::text::{Progress, Way};

use super::form::{Codes, Form};
use super::known::Known;
use super::merge::once_each;
use super::yaml::{Key, Node};
use super::{Directory, Domain, FileKind, Group, Name, Site};

const CODES: Codes = Codes {
    yaml: code::YAML,
    unknown_key: code::UNKNOWN_KEY,
    duplicate_key: code::DUPLICATE_KEY,
    bad_value: code::BAD_VALUE,
};

const PARTS: [&str; 6] = ["organization", "federation", "sites", "users", "meetings", "groups"];

/// Reads one directory file. What cannot be understood is left out of the value and reported, all of it in one run;
/// names of containers, tags, settings and the like are kept as they stand.
pub fn read(file: FileId, kind: FileKind, text: &str) -> (Directory, Vec<Diagnostic>) {
    Reader::default().read(file, kind, text)
}

/// Reads several directory files, one after the other: an address that many of them name is read and kept once.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    known: Known<'a>,
    progress: Option<&'a Progress>,
}

impl<'a> Reader<'a> {
    /// One that counts what it has read, if somebody waits for it.
    pub(crate) fn watched(progress: Option<&'a Progress>) -> Reader<'a> {
        Reader { progress, ..Reader::default() }
    }

    /// Reads the next file, as [`read`] does.
    pub fn read(&mut self, file: FileId, kind: FileKind, text: &'a str) -> (Directory, Vec<Diagnostic>) {
        let way = Way::through(text.len(), self.progress);
        let (mut form, root) = match kind {
            FileKind::Yaml => Form::open(file, text, CODES),
            FileKind::Lines | FileKind::Table => (Form::new(text, CODES), None),
        };
        let mut directory = Directory::default();
        swap(&mut form.known, &mut self.known);
        match kind {
            FileKind::Yaml => everything(&mut form, root.as_ref(), &mut directory),
            FileKind::Lines => directory.users = lines::users(&mut form, file, text, way),
            FileKind::Table => directory = table::read(&mut form, file, text, way),
        }
        swap(&mut form.known, &mut self.known);
        let found = finish(form, &mut directory);
        (directory, found)
    }
}

/// Reads a YAML file, and gives the tree that it was read from as well.
pub(super) fn read_tree(file: FileId, text: &str) -> (Directory, Vec<Diagnostic>, Option<Node<'_>>) {
    let (mut form, root) = Form::open(file, text, CODES);
    let mut directory = Directory::default();
    everything(&mut form, root.as_ref(), &mut directory);
    let found = finish(form, &mut directory);
    (directory, found, root)
}

fn finish(form: Form<'_>, directory: &mut Directory) -> Vec<Diagnostic> {
    let mut found = form.close();
    once_each(directory, &mut found);
    found.sort_by_key(Diagnostic::span);
    found
}

/// YAML can hold all there is.
fn everything<'a>(form: &mut Form<'a>, root: Option<&Node<'a>>, directory: &mut Directory) {
    let Some(root) = root else { return };
    for pair in form.mapping(root, "a mapping with keys such as `organization` and `users`") {
        match pair.key.text.as_ref() {
            "organization" => organization(form, &pair.value, directory),
            "federation" => federation(form, &pair.value, directory),
            "sites" => directory.sites = sites(form, &pair.value),
            "users" => directory.users = user::users(form, &pair.value),
            "meetings" => directory.meetings = meeting::meetings(form, &pair.value),
            "groups" => directory.groups = groups(form, &pair.value),
            _ => form.unknown_key(&pair.key, "a directory", &PARTS),
        }
    }
}

fn organization<'a>(form: &mut Form<'a>, node: &Node<'a>, directory: &mut Directory) {
    for pair in form.mapping(node, "a mapping with `domains` and `hosting`") {
        match pair.key.text.as_ref() {
            "domains" => directory.domains = domains(form, &pair.value),
            "hosting" => {
                directory.hosting = form.optional_text(&pair.value, "`on_premises` or the name of a provider");
            }
            _ => form.unknown_key(&pair.key, "an organization", &["domains", "hosting"]),
        }
    }
}

fn federation<'a>(form: &mut Form<'a>, node: &Node<'a>, directory: &mut Directory) {
    for pair in form.mapping(node, "a mapping with `open`, `partners`, `public_cloud` and `blocked`") {
        match pair.key.text.as_ref() {
            "open" => directory.open = form.boolean(&pair.value),
            "partners" => directory.partners = domains(form, &pair.value),
            "public_cloud" => directory.public_cloud = domains(form, &pair.value),
            "blocked" => directory.blocked = domains(form, &pair.value),
            _ => form.unknown_key(&pair.key, "a federation", &["open", "partners", "public_cloud", "blocked"]),
        }
    }
}

fn sites<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Site> {
    let mut sites = Vec::new();
    for pair in form.pairs(node, "a mapping from sites to their pools") {
        let mut site = Site { name: name(&pair.key), pools: Vec::new() };
        for part in form.mapping(&pair.value, "a mapping with `pools`") {
            match part.key.text.as_ref() {
                "pools" => site.pools = pools(form, &part.value),
                _ => form.unknown_key(&part.key, "a site", &["pools"]),
            }
        }
        sites.push(site);
    }
    sites
}

fn pools<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Name> {
    let items = form.list(node, "a list of pools").unwrap_or_default();
    items.iter().filter_map(|item| form.text(item, "the name of a pool")).collect()
}

fn groups<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Group> {
    let pairs = form.pairs(node, "a mapping from groups to their members");
    pairs
        .iter()
        .map(|pair| Group { name: name(&pair.key), members: item::members(form, &pair.value).unwrap_or_default() })
        .collect()
}

fn domains<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Spanned<Domain>> {
    let items = form.list(node, "a list of domains").unwrap_or_default();
    items.iter().filter_map(|item| item::domain(form, item)).collect()
}

/// A key as a name.
fn name(key: &Key<'_>) -> Name {
    Spanned::new(key.text.to_string(), key.span)
}
