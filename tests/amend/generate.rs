//! Directory files as people write them, each user in another style: lists with dashes and in brackets, quotes,
//! comments, blank lines, anchors, aliases and merge keys, every indentation.

use std::collections::BTreeSet;

use crate::oracle::tape::Tape;

#[derive(Clone)]
/// A written directory, and what its edits have to reckon with.
pub(super) struct Written {
    pub(super) text: String,
    /// The users, as they are called without scheme and in lower case.
    pub(super) users: Vec<String>,
    /// Users who are copies of others, or from whom others take something over.
    pub(super) sharing: BTreeSet<String>,
}

const NAMES: [&str; 7] = ["ann", "bob", "carl", "dan", "eve", "fay", "gil"];
pub(super) const CONTAINERS: [&str; 4] = ["family", "work", "odd one", "low"];
pub(super) const ENTRIES: [&str; 6] =
    ["federated", "everyone", "same_enterprise", "domain:y.z", "group:team", "user:hal@y.z"];

pub(super) fn written(tape: &mut Tape<'_>) -> Written {
    let count = tape.between(1, 5);
    let mut file = File { tape, lines: Vec::new(), anchors: Vec::new(), sharing: BTreeSet::new(), user: String::new() };
    let users: Vec<String> = NAMES[..count].iter().map(|name| format!("{name}@x.y")).collect();
    file.write(&users);
    let mut text = file.lines.join("\n");
    let sharing = file.sharing;
    if !tape.chance(15) {
        text.push('\n');
    }
    if tape.chance(20) {
        text = text.replace('\n', "\r\n");
    }
    Written { text, users, sharing }
}

/// What an anchor stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    User,
    Addresses,
    Containers,
    /// A single address, of nobody who is a user.
    Stranger,
}

struct File<'t, 'a> {
    tape: &'t mut Tape<'a>,
    lines: Vec<String>,
    /// Name, owner, and what it stands for.
    anchors: Vec<(String, String, What)>,
    sharing: BTreeSet<String>,
    /// Who is being written.
    user: String,
}

/// How the items of a file or a list are written.
#[derive(Clone, Copy)]
struct Quotes(&'static str);

impl File<'_, '_> {
    fn write(&mut self, users: &[String]) {
        if self.tape.chance(20) {
            self.lines.push("# people of x.y".to_owned());
        }
        if self.tape.chance(10) {
            self.lines.push("---".to_owned());
        }
        self.lines.push("organization: { domains: [x.y] }".to_owned());
        self.between(0);
        let behind = self.behind();
        self.lines.push(format!("users:{behind}"));
        let indent = self.tape.pick(&[2, 2, 2, 4, 1, 3]);
        for user in users {
            self.between(indent);
            self.user.clone_from(user);
            self.user(indent);
        }
        self.between(indent);
        if self.tape.chance(40) {
            self.lines.push("groups: { team: [ann@x.y] }  # all of it".to_owned());
        }
    }

    /// What stands between lines.
    fn between(&mut self, indent: usize) {
        match self.tape.below(8) {
            5 => self.lines.push(String::new()),
            6 => self.lines.push(format!("{}# between", " ".repeat(indent))),
            7 => self.lines.extend([String::new(), "# at the left".to_owned(), " ".repeat(indent)]),
            _ => {}
        }
    }

    /// What stands behind a value in its line.
    fn behind(&mut self) -> &'static str {
        self.tape.pick(&["", "", "", "", "  # why", " # a: b, [c]", "   "])
    }

    fn key(&mut self, name: &str) -> String {
        match self.tape.below(12) {
            10 => format!("\"{name}\""),
            11 => format!("'{name}'"),
            _ => name.to_owned(),
        }
    }

    fn quotes(&mut self) -> Quotes {
        Quotes(self.tape.pick(&["", "", "'", "\"", "?"]))
    }

    /// One item in these quotes, or in those that come to hand.
    fn item(&mut self, quotes: Quotes, text: &str) -> String {
        let quote = if quotes.0 == "?" { self.tape.pick(&["", "'", "\""]) } else { quotes.0 };
        let tag = if self.tape.chance(3) { "!!str " } else { "" };
        match quote {
            "" if text.contains(' ') => format!("\"{text}\""),
            "\"" if self.tape.chance(10) => format!("\"{}\"", text.replace('@', "\\u0040")),
            quote => format!("{tag}{quote}{text}{quote}"),
        }
    }

    /// A few addresses, none of them twice, in any spelling.
    fn addresses(&mut self) -> Vec<String> {
        let kept = self.tape.some(&NAMES, 40);
        let own = self.user.clone();
        let others = kept.into_iter().map(|name| format!("{name}@x.y")).filter(|it| *it != own).collect::<Vec<_>>();
        others.into_iter().map(|address| self.spelt(address)).collect()
    }

    fn spelt(&mut self, address: String) -> String {
        match self.tape.below(12) {
            10 => format!("sip:{address}"),
            11 => address.to_uppercase(),
            _ => address,
        }
    }

    fn entries(&mut self) -> Vec<String> {
        let user = self.tape.chance(50);
        let people = self.addresses().into_iter();
        let people: Vec<String> =
            people.map(|address| if user { format!("user:{address}") } else { address }).collect();
        let others = self.tape.some(&ENTRIES, 20).into_iter().map(str::to_owned);
        people.into_iter().chain(others).collect()
    }

    // ── users

    fn user(&mut self, indent: usize) {
        let name = self.user.clone();
        let spelt = self.spelt(name);
        let key = self.key(&spelt);
        let blank = " ".repeat(indent);
        let behind = self.behind();
        match self.tape.below(20) {
            14 => self.lines.push(format!("{blank}{key}:{behind}")),
            15 => self.lines.push(format!("{blank}{key}: {{}}{behind}")),
            16 | 17 => self.in_braces(&blank, &key, behind),
            18 if self.alias(What::User).is_some_and(|alias| self.push(format!("{blank}{key}: *{alias}{behind}"))) => {
                self.sharing.insert(self.user.clone());
            }
            _ => self.in_lines(indent, &key, behind),
        }
    }

    fn push(&mut self, line: String) -> bool {
        self.lines.push(line);
        true
    }

    /// An anchor of somebody before.
    fn alias(&mut self, what: What) -> Option<String> {
        let known: Vec<_> = self.anchors.iter().filter(|anchor| anchor.2 == what && anchor.1 != self.user).collect();
        if known.is_empty() {
            return None;
        }
        let (name, owner, _) = known[self.tape.below(known.len())].clone();
        self.sharing.insert(owner);
        Some(name)
    }

    fn anchor(&mut self, what: What, percent: usize) -> String {
        if !self.tape.chance(percent) {
            return String::new();
        }
        let name = format!("a{}", self.anchors.len());
        self.anchors.push((name.clone(), self.user.clone(), what));
        format!("&{name} ")
    }

    fn in_braces(&mut self, blank: &str, key: &str, behind: &str) {
        let mut parts = vec![format!("name: keep {}", self.user)];
        let quotes = self.quotes();
        let comma = self.tape.pick(&[", ", ",", " , "]);
        let contacts = self.addresses();
        let contacts: Vec<String> = contacts.iter().map(|text| self.item(quotes, text)).collect();
        let entries = self.entries();
        let entries: Vec<String> = entries.iter().map(|text| self.item(Quotes("\""), text)).collect();
        if self.tape.chance(70) {
            parts.push(format!("contacts: [{}]", contacts.join(comma)));
        }
        if self.tape.chance(60) {
            parts.push(format!("memberships: {{family: [ {} ], low: []}}", entries.join(comma)));
        }
        if self.tape.chance(30) {
            parts.push("mode: standard".to_owned());
        }
        if self.tape.chance(30) {
            parts.push("attributes: {a: 5}".to_owned());
        }
        match self.tape.below(4) {
            3 => {
                self.lines.push(format!("{blank}{key}: {{"));
                let rows = parts.join(&format!(",\n{blank}     "));
                self.lines.extend(format!("{blank}     {rows}").lines().map(str::to_owned));
                self.lines.push(format!("{blank}  }}{behind}"));
            }
            2 => self.lines.push(format!("{blank}{key}: {{{}}}{behind}", parts.join(", "))),
            _ => self.lines.push(format!("{blank}{key}: {{ {} }}{behind}", parts.join(", "))),
        }
    }

    fn in_lines(&mut self, outer: usize, key: &str, behind: &str) {
        let indent = outer + self.tape.pick(&[2, 2, 2, 4, 1, 3]);
        let blank = " ".repeat(indent);
        let merged = if self.tape.chance(15) { self.alias(What::User) } else { None };
        let anchor = self.anchor(What::User, 25);
        self.lines.push(format!("{}{key}: {anchor}{}", " ".repeat(outer), behind.trim_start()).trim_end().to_owned());
        let at_first = self.tape.chance(70);
        if let Some(alias) = merged.as_ref().filter(|_| at_first) {
            self.lines.push(format!("{blank}<<: *{alias}"));
        }
        let mut parts = vec!["name", "contacts", "memberships", "attributes", "mode", "delegates"];
        for last in (1..parts.len()).rev() {
            parts.swap(last, last - self.tape.below(last + 1));
        }
        for part in parts {
            // Somebody has a name, at least.
            if part == "name" || self.tape.chance(65) {
                self.between(indent);
                self.part(part, indent);
            }
        }
        if let Some(alias) = merged.filter(|_| !at_first) {
            self.lines.push(format!("{blank}<<: *{alias}"));
        }
    }

    fn part(&mut self, part: &str, indent: usize) {
        let blank = " ".repeat(indent);
        let key = self.key(part);
        let behind = self.behind();
        match part {
            "name" => self.lines.push(format!("{blank}{key}:  keep Zoë {}{behind}", self.user)),
            "mode" => {
                let value = self.tape.pick(&["standard", "'private'", "\"migrating_to_private\"", "~", ""]);
                self.lines.push(format!("{blank}{key}: {value}{behind}"));
            }
            "delegates" => self.lines.push(format!("{blank}{key}: [fay@x.y]  # keep")),
            "contacts" => {
                let items = self.addresses();
                self.list(indent, &key, &items, What::Addresses);
            }
            "attributes" => self.attributes(indent, &key, behind),
            _ => self.containers(indent, &key, behind),
        }
    }

    fn attributes(&mut self, indent: usize, key: &str, behind: &str) {
        let blank = " ".repeat(indent);
        if self.tape.chance(40) {
            return self.lines.push(format!("{blank}{key}: {{ a: 5, text: 'it''s' }}{behind}"));
        }
        self.lines.push(format!("{blank}{key}:{behind}"));
        let inner = indent + self.tape.pick(&[2, 4, 1]);
        for name in ["a", "b", "text"] {
            let value = match self.tape.below(10) {
                8 => "plain words\n    in two lines  # here",
                9 => "\"quoted words\n\n  in three\"  # lines",
                0 | 1 => "5",
                2 => "true",
                3 => "~",
                4 => "\"a # b\"",
                5 => "|\n  several\n  lines",
                6 => ">-\n  folded",
                _ => "plain words  # a number",
            };
            let value = value.replace('\n', &format!("\n{}", " ".repeat(inner)));
            let line = format!("{}{name}: {value}", " ".repeat(inner));
            self.lines.extend(line.lines().map(str::to_owned));
        }
    }

    fn containers(&mut self, indent: usize, key: &str, behind: &str) {
        let blank = " ".repeat(indent);
        let names = self.tape.some(&CONTAINERS, 50);
        match self.tape.below(10) {
            6 => return self.lines.push(format!("{blank}{key}:{behind}")),
            7 => return self.lines.push(format!("{blank}{key}: {{}}{behind}")),
            8 => {
                let quotes = self.quotes();
                let mut parts = Vec::new();
                for name in names {
                    let entries = self.entries();
                    let entries: Vec<String> = entries.iter().map(|text| self.item(quotes, text)).collect();
                    parts.push(format!("{name}: [{}]", entries.join(", ")));
                }
                return self.lines.push(format!("{blank}{key}: {{ {} }}{behind}", parts.join(", ")));
            }
            9 => {
                if let Some(alias) = self.alias(What::Containers) {
                    return self.lines.push(format!("{blank}{key}: *{alias}{behind}"));
                }
            }
            _ => {}
        }
        if names.is_empty() {
            return self.lines.push(format!("{blank}{key}: {{ }}"));
        }
        let anchor = self.anchor(What::Containers, 20);
        self.lines.push(format!("{blank}{key}: {anchor}{}", behind.trim_start()).trim_end().to_owned());
        let inner = indent + self.tape.pick(&[2, 2, 4, 1]);
        for name in names {
            self.between(inner);
            let entries = self.entries();
            let key = self.key(name);
            // Lists of entries have no anchors: an alias of addresses would not do.
            self.list(inner, &key, &entries, What::User);
        }
    }

    // ── lists

    fn list(&mut self, indent: usize, key: &str, items: &[String], what: What) {
        let blank = " ".repeat(indent);
        let behind = self.behind();
        let quotes = self.quotes();
        let mut items: Vec<String> = items.iter().map(|text| self.item(quotes, text)).collect();
        if what == What::Addresses
            && self.tape.chance(15)
            && let Some(alias) = self.alias(what)
        {
            return self.lines.push(format!("{blank}{key}: *{alias}{behind}"));
        }
        if self.tape.chance(8) {
            let nothing = self.tape.pick(&["", " ~", " null"]);
            return self.lines.push(format!("{blank}{key}:{nothing}{behind}"));
        }
        self.alias_in(&mut items);
        let anchor = if what == What::Addresses { self.anchor(what, 15) } else { String::new() };
        match self.tape.below(8) {
            0..=2 => {
                let (open, comma, close) = self.tape.pick(&[
                    ("[", ", ", "]"),
                    ("[ ", ", ", " ]"),
                    ("[", ",", "]"),
                    ("[", ", ", ",]"),
                    ("[", " , ", "]"),
                ]);
                let inner =
                    if items.is_empty() { "[]".to_owned() } else { open.to_owned() + &items.join(comma) + close };
                let comma = self.tape.pick(&[" ", " ", "   "]);
                self.lines.push(format!("{blank}{key}:{comma}{anchor}{inner}{behind}"));
            }
            3 | 4 if !items.is_empty() => self.rows(indent, &format!("{blank}{key}: {anchor}"), &items),
            _ if items.is_empty() => self.lines.push(format!("{blank}{key}: {anchor}[]{behind}")),
            _ => {
                let line = format!("{blank}{key}: {anchor}{}", behind.trim_start());
                self.lines.push(line.trim_end().to_owned());
                self.dashes(indent, &items);
            }
        }
    }

    /// A single item that others repeat, or one that repeats somebody else's.
    fn alias_in(&mut self, items: &mut Vec<String>) {
        let place = self.tape.below(items.len() + 1);
        if self.tape.chance(6)
            && let Some(alias) = self.alias(What::Stranger)
        {
            return items.insert(place, format!("*{alias}"));
        }
        let anchor = self.anchor(What::Stranger, 6);
        if !anchor.is_empty() {
            items.insert(place, format!("{anchor}ina{}@y.z", self.anchors.len()));
        }
    }

    fn dashes(&mut self, indent: usize, items: &[String]) {
        let blank = " ".repeat(indent + self.tape.pick(&[2, 0, 1, 4]));
        let dash = self.tape.pick(&["- ", "- ", "-   "]);
        for item in items {
            self.between(blank.len());
            let behind = self.behind();
            if self.tape.chance(3) {
                self.lines.push(format!("{blank}-{behind}"));
                self.lines.push(format!("{blank}    {item}"));
            } else {
                self.lines.push(format!("{blank}{dash}{item}{behind}"));
            }
        }
    }

    /// Brackets over several lines.
    fn rows(&mut self, indent: usize, header: &str, items: &[String]) {
        let blank = " ".repeat(indent + 2);
        let last = items.len() - 1;
        let closing = self.tape.chance(30);
        match self.tape.below(4) {
            0 | 1 => {
                let behind = self.tape.pick(&["", " # these"]);
                self.lines.push(format!("{header}[{behind}"));
                for (at, item) in items.iter().enumerate() {
                    if self.tape.chance(15) {
                        self.lines.push(format!("{blank}# now, {at}"));
                    }
                    let comma = if at < last || closing { "," } else { "" };
                    let behind = self.behind();
                    self.lines.push(format!("{blank}{item}{comma}{behind}"));
                }
                self.lines.push(format!("{}]", " ".repeat(indent + 1)));
            }
            2 => {
                let (first, rest) = items.split_at(items.len().div_ceil(2));
                let comma = if rest.is_empty() { "" } else { "," };
                self.lines.push(format!("{header}[{}{comma}", first.join(", ")));
                self.lines.push(format!("{blank}{}]  # two rows", rest.join(", ")));
            }
            _ => {
                self.lines.push(header.trim_end().to_owned());
                self.lines.push(format!("{blank}[{}]", items.join(", ")));
            }
        }
    }
}
