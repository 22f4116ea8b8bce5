//! Directories and messages as plain text for snapshots.

use std::fmt::Write;

use prescope::directory::{Address, Directory, Name, Scalar};
use prescope::language::{Diagnostic, Sources, Spanned};

/// `path:line:column: code: message`, then the other places, help and fix.
pub(crate) fn messages(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in found {
        for (index, label) in diagnostic.labels.iter().enumerate() {
            let at = sources.start(label.span);
            let place = format!("{}:{}:{}", sources.path(label.span.file), at.line, at.column);
            let covered = sources.slice(label.span);
            match index {
                0 => writeln!(
                    out,
                    "{place}: {}: {}\n    ‹{covered}› {}",
                    diagnostic.code.name(),
                    diagnostic.message,
                    label.text
                ),
                _ => writeln!(out, "    {place} ‹{covered}› {}", label.text),
            }
            .unwrap();
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "    help: {help}").unwrap();
        }
        if let Some(fix) = &diagnostic.fix {
            writeln!(out, "    fix: {}", fix.title).unwrap();
        }
    }
    out.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Everything in a directory, one thing per line.
pub(crate) fn directory(directory: &Directory) -> String {
    let mut out = String::new();
    let Directory { domains, hosting, open, partners, public_cloud, blocked, sites, users, meetings, groups, lists } =
        directory;
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    line("domains", list(domains));
    line("hosting", list(hosting));
    line("open", list(open));
    line("partners", list(partners));
    line("public_cloud", list(public_cloud));
    line("blocked", list(blocked));
    for site in sites {
        line("site", format!("{} [{}]", site.name.it, list(&site.pools)));
    }
    for user in users {
        line("user", user.address.it.to_string());
        line("  name", list(&user.name));
        line("  pool", list(&user.pool));
        line("  site", list(&user.site));
        line("  network_site", list(&user.network_site));
        line("  policies", user.policies.iter().map(|(class, tag)| format!("{}={} ", class.it, tag.it)).collect());
        line("  attributes", values(&user.attributes));
        line("  mode", list(&user.mode));
        line("  contacts", people(user.contacts.as_ref()));
        line("  delegates", people(user.delegates.as_ref()));
        if let Some(memberships) = &user.memberships {
            line("  memberships", format!("{} containers", memberships.len()));
            for (container, entries) in memberships {
                line("    in", format!("{} [{}]", container.it, list(entries)));
            }
        }
        line("  presence", values(&user.presence));
    }
    for meeting in meetings {
        line("meeting", format!("{} of {}", meeting.name.it, meeting.organizer.it));
        line("  attributes", values(&meeting.attributes));
        for (who, role) in &meeting.participants {
            let who = who.it.as_ref().map_or_else(|| "anonymous".to_owned(), ToString::to_string);
            line("  with", format!("{who} as {}", role.it));
        }
        for (class, setting, value) in &meeting.in_session {
            line("  sampled", format!("{}.{}={}", class.it, setting.it, scalar(&value.it)));
        }
    }
    for group in groups {
        line("group", format!("{} [{}]", group.name.it, list(&group.members)));
    }
    for lists in lists {
        line("lists of", lists.address.it.to_string());
        line("  contacts", people(lists.contacts.as_ref()));
        line("  delegates", people(lists.delegates.as_ref()));
        for (container, entries) in lists.memberships.iter().flatten() {
            line("    in", format!("{} [{}]", container.it, list(entries)));
        }
    }
    out
}

/// In brackets, to tell an empty list from none.
fn people(people: Option<&Vec<Spanned<Address>>>) -> String {
    people.map_or_else(String::new, |people| format!("[{}]", list(people)))
}

fn list<'a, T: std::fmt::Display + 'a>(items: impl IntoIterator<Item = &'a Spanned<T>>) -> String {
    items.into_iter().map(|item| item.it.to_string()).collect::<Vec<_>>().join(", ")
}

fn values(values: &[(Name, Spanned<Scalar>)]) -> String {
    values.iter().map(|(name, value)| format!("{}={} ", name.it, scalar(&value.it))).collect()
}

fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Bool(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Text(value) => format!("{value:?}"),
        Scalar::Blank => "nothing".to_owned(),
    }
}
