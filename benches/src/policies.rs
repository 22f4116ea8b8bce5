//! A large set of policy files as an organisation with many departments would write it: one file for each department,
//! about 10 kB, laid out by `prescope fmt`, valid together with a small directory.
//!
//! A file declares a category, settings with objects at many scopes, features with rules and disclosures, data,
//! recipients and a guard, adds its category to a level, and tests some of it. Levels are few, as a set has at most 64.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use prescope::language::{Sources, format, parse};

use crate::random::Random;

/// The files of a set: paths and texts.
#[derive(Clone, Debug)]
pub struct Policies {
    /// The policy files.
    pub files: Vec<(String, String)>,
    /// The directory.
    pub directory: (String, String),
}

/// The project file.
const PROJECT: &str = "policies:  [\"policies/*.prescope\"]\ndirectory: [directory.yaml]\n";

const LEVELS: usize = 40;
const SITES: usize = 40;
const PEOPLE: usize = 200;
const TOPICS: [&str; 10] =
    ["travel", "budget", "shift", "project", "training", "health", "vehicle", "laboratory", "visitor", "contract"];
const FIELDS: [&str; 12] = [
    "title",
    "summary",
    "place",
    "phone",
    "deputy",
    "calendar",
    "cost_center",
    "badge",
    "photo",
    "notes",
    "language",
    "start_date",
];
const SETTINGS: [&str; 12] = [
    "AllowSharing",
    "EnableDirectory",
    "AllowExternal",
    "EnableArchive",
    "AllowMobile",
    "EnableSearch",
    "AllowExport",
    "EnableNotices",
    "AllowDelegates",
    "EnableHistory",
    "AllowRecording",
    "EnableTranslation",
];
const ACTIVITIES: [&str; 5] = ["browse", "export", "annotate", "forward", "subscribe"];

/// The set of this many departments. The same seed gives the same bytes.
pub fn generate(count: usize, seed: u64) -> Policies {
    let mut random = Random::new(seed);
    let mut files = vec![("policies/base.prescope".to_owned(), laid_out(&base()))];
    for department in 0..count.saturating_sub(1) {
        let text = laid_out(&file(department, &mut random));
        files.push((format!("policies/department_{department:04}.prescope"), text));
    }
    Policies { files, directory: ("directory.yaml".to_owned(), directory(count.saturating_sub(1), &mut random)) }
}

impl Policies {
    /// The bytes of all policy files.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|(_, text)| text.len()).sum()
    }

    /// Writes a project into a folder, which is made.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder.join("policies"))?;
        std::fs::write(folder.join("prescope.yaml"), PROJECT)?;
        for (path, text) in self.files.iter().chain([&self.directory]) {
            std::fs::write(folder.join(path), text)?;
        }
        Ok(())
    }
}

fn laid_out(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("generated", text);
    let parsed = parse(file, text);
    format(&parsed, text).unwrap_or_else(|unsound| panic!("{unsound}: {:?}", parsed.diagnostics.first()))
}

/// What all departments share: the levels and the manifest, the attributes, the recipients.
fn base() -> String {
    let mut text = String::from("//! What all departments share.\n\n");
    text.push_str("category state { availability: available | busy | away | offline, location, device }\n");
    for level in 0..LEVELS {
        let flag = if level == LEVELS - 1 { "blocking" } else { "visible" };
        let fields = if level % 2 == 0 { "state" } else { "state.availability" };
        let number = (level + 1) * 100;
        _ = writeln!(text, "\ncontainer level_{level}({number}) \"Level {level}\" {flag} {{");
        if level == LEVELS - 1 {
            text.push_str("    masks state\n}\n");
        } else {
            _ = writeln!(text, "    publishes {fields}\n}}");
        }
    }
    text.push_str(
        "\nattributes user {\n    client: desktop | phone | web = desktop\n    works_from: office | home | road = office\n}\n\
         attributes participant { role: organizer | presenter | attendee = attendee }\n\
         recipient watchers \"Those who watch\"\nrecipient vendor \"The vendor\" external\nplace archive \"The archive\"\n\
         manifest standard { same_enterprise in visible, at most one, default level_1 }\n",
    );
    text
}

/// One department.
fn file(department: usize, random: &mut Random) -> String {
    let name = format!("{}_{department}", random.one(&TOPICS));
    let class = format!("Department{department}Policy");
    let mut text = format!("//! Department {department}: {name}, and what of it others may know.\n\n");
    category(&mut text, &name, random);
    let switches = settings(&mut text, &class, random);
    guard(&mut text, &name, random);
    features(&mut text, &name, &class, &switches, random);
    tests(&mut text, &name, random);
    text
}

fn category(text: &mut String, name: &str, random: &mut Random) {
    _ = writeln!(text, "/// What is kept about {name}.\n/// Each level is given a part of it.");
    _ = writeln!(text, "category {name} {{");
    for field in FIELDS {
        match random.below(4) {
            0 => _ = writeln!(text, "    {field}: none | partial | complete"),
            _ => _ = writeln!(text, "    {field}"),
        }
    }
    text.push_str("}\n\n");
    for _ in 0..2 {
        let level = random.below(LEVELS - 2);
        let first = random.below(6);
        let fields = FIELDS[first..first + 5].join(", ");
        _ = writeln!(text, "extend container level_{level} {{ publishes {name} {{ {fields} }} }}");
    }
    _ = writeln!(text, "\ndata {name}_records \"Records of {name}\" {{ totals \"Totals\", details }}\n");
}

/// A class with its objects. Returns its switches.
fn settings(text: &mut String, class: &str, random: &mut Random) -> Vec<String> {
    _ = writeln!(text, "/// What administrators set for this department.\nsettings {class} at global, site, tag {{");
    for setting in SETTINGS {
        _ = writeln!(text, "    /// Whether `{setting}` holds for those whom the object is for.");
        match random.below(4) {
            0 => _ = writeln!(text, "    {setting}: bool = true aka {setting}ByDefault"),
            _ => _ = writeln!(text, "    {setting}: bool = {}", random.once_in(2)),
        }
    }
    text.push_str("}\n\n// Objects: the most specific one applies, and applies whole.\n\n");
    let booleans: Vec<&str> = SETTINGS.into_iter().filter(|it| text.contains(&format!("    {it}: bool"))).collect();
    let first = random.below(SITES);
    let scopes = ["global".to_owned()]
        .into_iter()
        .chain((0..6).map(|site| format!("site site_{}", (first + site * 5) % SITES)))
        .chain(["tag Night".to_owned(), "tag Abroad".to_owned()]);
    for (number, scope) in scopes.enumerate() {
        let like = if number > 0 { " like global" } else { "" };
        _ = writeln!(text, "policy {class} {scope}{like} {{");
        for (at, setting) in booleans.iter().enumerate() {
            // The wide object says something of each, the others of one or two.
            if number == 0 || at == number || random.once_in(10) {
                _ = writeln!(text, "    {setting} = {}", random.once_in(2));
            }
        }
        text.push_str("}\n\n");
    }
    booleans.into_iter().map(str::to_owned).collect()
}

fn guard(text: &mut String, name: &str, random: &mut Random) {
    let level = random.below(LEVELS - 2);
    _ = writeln!(text, "/// Some of it stays within the house.\nguard {name}.phone, {name}.badge {{");
    _ = writeln!(text, "    deny \"working from home\" when owner.works_from == home and viewer not in level_{level}");
    _ = writeln!(text, "    deny \"an old client looks\" when viewer.client in {{ phone, web }}");
    text.push_str("}\n\n");
}

fn features(text: &mut String, name: &str, class: &str, switches: &[String], random: &mut Random) {
    for (number, activity) in ACTIVITIES.iter().enumerate() {
        let feature = format!("{activity}_{name}");
        let level = random.below(LEVELS - 2);
        let field = random.one(&FIELDS);
        _ = writeln!(text, "/// To {activity} what is kept about {name}.\n/// Nothing of it leaves the house.");
        _ = writeln!(text, "feature {feature} \"To {activity} {name}\" for viewer of owner {{");
        text.push_str("    controlled by admin, user\n    platform lync_2013, lync_server_2013\n");
        for (at, switch) in switches.iter().skip(number).step_by(ACTIVITIES.len()).enumerate() {
            let place = ["office", "home", "road"][at % 3];
            _ = writeln!(
                text,
                "    deny \"{switch} is off for the {place}\" when viewer.works_from == {place} unless owner.{class}.{switch}"
            );
        }
        _ = writeln!(text, "    deny \"a phone shows no {field}\" when viewer.client == phone");
        _ = writeln!(
            text,
            "    deny \"busy people are left alone\" when owner.state.availability in {{ busy, offline }} \
             and viewer not in level_{level} and not (owner.works_from == home or viewer.client == web)"
        );
        _ = writeln!(
            text,
            "    allow \"those close to it\" when viewer in level_{level} or viewer is contact of owner"
        );
        _ = writeln!(text, "    discloses {name}_records.totals to watchers when viewer.client == web");
        text.push_str("    discloses nothing to vendor\n");
        _ = writeln!(text, "    stores {name}_records at archive until \"the end of the year\"");
        text.push_str("    otherwise unavailable\n}\n\n");
    }
}

fn tests(text: &mut String, name: &str, random: &mut Random) {
    for number in 0..4 {
        let (owner, viewer) = (random.below(PEOPLE), random.below(PEOPLE));
        _ = writeln!(text, "test \"what others know of {name}, {number}\" {{");
        _ = writeln!(text, "    // Whoever is on the road reads it later.");
        _ = writeln!(text, "    given person_{owner}@contoso.com {{ works_from = road, client = phone }}");
        for field in ["photo", "badge", "notes"] {
            _ = writeln!(
                text,
                "    expect person_{viewer}@contoso.com does not see person_{owner}@contoso.com {name}.{field}"
            );
        }
        let activity = random.one(&ACTIVITIES);
        _ = writeln!(
            text,
            "    expect person_{viewer}@contoso.com cannot use {activity}_{name} of person_{owner}@contoso.com\n}}\n"
        );
    }
}

/// The people: few, as this is about policies. Every tag of a department is granted to somebody.
fn directory(departments: usize, random: &mut Random) -> String {
    let mut text = String::from(
        "organization: { domains: [contoso.com] }\nfederation: { open: false, partners: [fabrikam.com] }\nsites:\n",
    );
    for site in 0..SITES {
        _ = writeln!(text, "  site_{site}: {{ pools: [pool{site}.contoso.com] }}");
    }
    text.push_str("users:\n");
    for person in 0..PEOPLE {
        let pool = random.below(SITES);
        _ = writeln!(text, "  person_{person}@contoso.com:");
        _ = writeln!(text, "    name: Person {person}\n    pool: pool{pool}.contoso.com\n    policies:");
        for department in (0..departments).filter(|it| it % (PEOPLE / 2) == person % (PEOPLE / 2)) {
            let tag = if person < PEOPLE / 2 { "Night" } else { "Abroad" };
            _ = writeln!(text, "      Department{department}Policy: {tag}");
        }
    }
    text
}
