//! Policy files that say anything and are written as badly as the grammar allows.

/// Bytes from which choices are taken; an exhausted tape reads as zeros.
pub(super) struct Tape<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Tape { bytes: bytes.iter() }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % bound
    }

    fn maybe(&mut self) -> bool {
        self.below(2) == 1
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }
}

/// What a file is made of.
enum Word {
    Plain(String),
    /// Between entries: a comma or a line end, or both.
    Separator,
}

/// A file with a few items.
pub(super) fn sloppy_file(tape: &mut Tape<'_>) -> String {
    let mut file = File { tape, words: Vec::new() };
    for _ in 0..file.tape.below(5) + 1 {
        file.item();
    }
    file.written()
}

struct File<'t, 'a> {
    tape: &'t mut Tape<'a>,
    words: Vec<Word>,
}

const NAMES: &[&str] =
    &["a", "bc", "state", "a_name_of_some_length", "also", "aka", "shows", "rather_a_long_name_for_anything_at_all"];
const PEOPLE: &[&str] = &[
    "a@b.c",
    "anonymous",
    "sip:kim@fabrikam.com",
    "\"o'neil//x@contoso.com\"",
    "somebody.with.a.long.name@contoso.com",
];
const TEXTS: &[&str] = &[
    "\"x\"",
    "\"\"",
    "\"a // no comment\"",
    "\"\\\"quoted\\\" { }\"",
    "\"a text that is rather long, as labels of rules often are\"",
];

impl File<'_, '_> {
    fn say(&mut self, words: &str) {
        self.words.extend(words.split_whitespace().map(|word| Word::Plain(word.to_owned())));
    }

    fn one(&mut self, of: &[&'static str]) {
        let word = self.tape.pick(of).to_owned();
        self.words.push(Word::Plain(word));
    }

    fn name(&mut self) {
        self.one(NAMES);
    }

    fn text(&mut self) {
        self.one(TEXTS);
    }

    fn target(&mut self) {
        self.one(&["state", "state.availability", "contact_card.mobile_phone", "note"]);
    }

    fn list(&mut self, mut one: impl FnMut(&mut Self)) {
        one(self);
        while self.tape.below(3) == 2 {
            self.say(",");
            one(self);
        }
    }

    fn block(&mut self, mut one: impl FnMut(&mut Self)) {
        self.say("{");
        for index in 0..self.tape.below(5) {
            if index > 0 {
                self.words.push(Word::Separator);
            }
            one(self);
        }
        self.say("}");
    }

    fn values(&mut self) {
        self.name();
        for _ in 0..self.tape.below(4) * self.tape.below(3) {
            self.say("|");
            self.name();
        }
    }

    fn literal(&mut self) {
        self.one(&["true", "false", "busy", "-1", "250", "\"text\"", "lync_2013"]);
    }

    fn path(&mut self) {
        self.one(&[
            "user.a",
            "owner.EnablePrivacyMode",
            "owner.state.availability",
            "participant.a_long_name_of_an_attribute",
        ]);
    }

    fn condition(&mut self, depth: usize) {
        match self.tape.below(if depth == 0 { 6 } else { 10 }) {
            0 => self.path(),
            1 => {
                self.path();
                self.one(&["==", "!=", "<", "<=", ">", ">="]);
                self.literal();
            }
            2 => {
                self.say("viewer");
                self.one(&["in workgroup", "not in blocking", "in group executives", "not in group \"a b\""]);
            }
            3 => self.one(&["viewer is contact of owner", "viewer is not delegate of owner", "true", "false"]),
            4 | 5 => {
                self.path();
                self.one(&["in {", "not in {"]);
                self.list(Self::literal);
                self.say("}");
            }
            6 => {
                self.say("not");
                self.condition(depth - 1);
            }
            7 => {
                self.say("(");
                self.condition(depth - 1);
                self.say(")");
            }
            _ => {
                self.condition(depth - 1);
                for _ in 0..self.tape.below(3) + 1 {
                    self.one(&["and", "or"]);
                    self.condition(depth - 1);
                }
            }
        }
    }

    fn circumstance(&mut self) {
        for word in ["when", "unless"] {
            if self.tape.maybe() {
                self.say(word);
                self.condition(3);
            }
        }
    }

    fn entry(&mut self) {
        match self.tape.below(3) {
            0 => self.one(&["group executives", "group \"a b\"", "domain partner.example"]),
            1 => self.one(&["same_enterprise", "federated", "public_cloud", "everyone"]),
            _ => self.one(PEOPLE),
        }
    }

    fn item(&mut self) {
        let extend = self.tape.below(4) == 3;
        if extend {
            self.say("extend");
        }
        match self.tape.below(if extend { 6 } else { 16 }) {
            0 => self.category(extend),
            1 => self.container(extend),
            2 | 3 => self.feature(extend),
            4 => self.settings(extend),
            5 => {
                self.say("guard");
                self.list(Self::target);
                self.block(Self::feature_line);
            }
            6 => self.membership(),
            7 => self.manifest(),
            8 => self.policy(),
            9 => self.data(),
            10 => self.recipient(),
            11 => self.invariant(),
            12 | 13 => self.test(),
            14 => {
                self.say("place");
                self.name();
                self.title();
            }
            _ => self.one(&[
                "use std/lync2013",
                "resolve per viewer",
                "resolve per category",
                "match domains by suffix",
                "match domains exactly",
            ]),
        }
    }

    fn title(&mut self) {
        if self.tape.maybe() {
            self.text();
        }
    }

    fn category(&mut self, extend: bool) {
        self.say("category");
        self.name();
        self.block(|file| {
            file.name();
            match file.tape.below(4) {
                1 => {
                    file.say(":");
                    file.values();
                }
                2 if extend => {
                    file.say("also");
                    file.values();
                }
                _ => {}
            }
        });
    }

    fn container(&mut self, extend: bool) {
        self.say("container");
        self.name();
        if !extend {
            self.say("( 100 )");
            self.title();
            self.one(&["", "visible", "blocking", "visible blocking"]);
        }
        self.block(|file| match file.tape.below(4) {
            0 => {
                file.say("masks");
                file.list(|file| file.one(&["a", "state", "another_category"]));
            }
            1 => {
                file.say("shows state.availability as");
                file.literal();
                file.circumstance();
            }
            _ => {
                file.one(&["publishes", "withholds"]);
                file.list(|file| {
                    file.target_or_fields();
                });
            }
        });
    }

    fn target_or_fields(&mut self) {
        if self.tape.maybe() {
            return self.target();
        }
        self.one(&["state", "contact_card"]);
        self.say("{");
        for index in 0..self.tape.below(9) {
            if index > 0 {
                self.words.push(Word::Separator);
            }
            self.one(&["email", "display_name", "a_field_with_a_long_name"]);
        }
        self.say("}");
    }

    fn membership(&mut self) {
        self.say("membership");
        self.text();
        self.circumstance();
        self.block(|file| {
            file.one(&["workgroup", "external", "a"]);
            file.say("has");
            file.list(Self::entry);
        });
    }

    fn manifest(&mut self) {
        self.say("manifest");
        self.one(&["private", "standard"]);
        if self.tape.maybe() {
            self.say("before");
            self.list(|file| file.one(&["private", "standard"]));
        }
        self.circumstance();
        self.block(|file| {
            file.list(|file| file.one(&["delegate", "contact from federated or public_cloud", "stranger", "everyone"]));
            file.one(&["in visible", "in workgroup", "in blocking or external"]);
            let mut parts = vec!["exactly one", "default external", "else make contact"];
            while !parts.is_empty() && file.tape.below(4) > 0 {
                let part = parts.remove(file.tape.below(parts.len()));
                file.say(",");
                file.say(part);
            }
        });
    }

    fn settings(&mut self, extend: bool) {
        if self.tape.maybe() {
            self.say("settings ClientPolicy");
            if !extend {
                self.say("at");
                self.list(|file| file.one(&["global", "site", "tag", "network_site", "service Registrar"]));
            }
        } else {
            self.one(&["attributes user", "attributes participant", "attributes meeting"]);
        }
        self.block(|file| {
            file.name();
            if extend && file.tape.maybe() {
                file.say("also");
            } else {
                file.say(":");
                if file.tape.maybe() {
                    file.one(&["bool = true", "text = \"x\"", "-1 .. 20 = 7"]);
                    return file.aka();
                }
            }
            file.values();
            if matches!(file.words.iter().rev().find_map(File::mark), Some(':')) {
                file.say("=");
                file.literal();
            }
            file.aka();
        });
    }

    /// The last `:` or `also` before the values just written.
    fn mark(word: &Word) -> Option<char> {
        match word {
            Word::Plain(word) if word == ":" => Some(':'),
            Word::Plain(word) if word == "also" => Some('a'),
            Word::Plain(_) | Word::Separator => None,
        }
    }

    fn aka(&mut self) {
        if self.tape.below(3) == 2 {
            self.say("aka");
            self.list(|file| file.one(&["other", "AnotherNameOfTheSame"]));
        }
    }

    fn scope(&mut self) {
        self.one(&[
            "global",
            "site Redmond",
            "site \"North America\"",
            "tag Executives",
            "service \"R:p\"",
            "network_site HQ",
        ]);
    }

    fn policy(&mut self) {
        self.say("policy ClientPolicy");
        self.scope();
        if self.tape.maybe() {
            self.say("like");
            self.scope();
        }
        self.assignments();
    }

    fn assignments(&mut self) {
        self.block(|file| {
            file.one(&["AllowPolls", "state.availability", "A", "EnhancedEmergencyServiceDisclaimer"]);
            file.say("=");
            file.literal();
        });
    }

    fn feature(&mut self, extend: bool) {
        self.say("feature");
        self.name();
        if !extend {
            self.title();
            self.one(&["for user", "for viewer of owner", "for participant of meeting", "for party with peer"]);
        }
        self.block(Self::feature_line);
    }

    fn feature_line(&mut self) {
        match self.tape.below(9) {
            0..=3 => {
                self.one(&["allow", "deny"]);
                self.text();
                self.circumstance();
            }
            4 => {
                self.one(&["controlled by", "platform", "requires"]);
                self.list(|file| file.one(&["admin", "lync_2013", "a_feature"]));
            }
            5 => {
                self.say("discloses");
                self.list(Self::target);
                self.of_role();
                self.say("to");
                self.list(|file| file.one(&["vendor", "administrators"]));
                self.circumstance();
            }
            6 => {
                self.say("stores");
                self.list(Self::target);
                self.of_role();
                self.say("at archive");
                self.one(&["", "for owner.ArchivingPolicy.Retention", "until \"it ends\""]);
                self.circumstance();
            }
            7 => self.one(&["otherwise available", "otherwise unavailable", "discloses nothing to vendor"]),
            _ => {
                self.say("without");
                self.text();
            }
        }
    }

    fn of_role(&mut self) {
        self.one(&["", "of owner", "of participant"]);
    }

    fn data(&mut self) {
        self.say("data");
        self.name();
        self.title();
        if self.tape.maybe() {
            self.block(|file| {
                file.name();
                file.title();
            });
        }
    }

    fn recipient(&mut self) {
        self.say("recipient");
        self.one(&["vendor", "board"]);
        self.title();
        self.one(&["", "external"]);
        self.one(&[
            "",
            "is everyone",
            "is group g",
            "is network federated or public_cloud",
            "is role presenter or organizer",
        ]);
    }

    fn invariant(&mut self) {
        self.say("invariant");
        self.text();
        self.one(&["", "under policies"]);
        self.block(|file| {
            file.one(&["never", "always"]);
            match file.tape.below(4) {
                0 => file.one(&["recording available", "polling unavailable"]),
                1 => file.say("meeting_content.slides disclosed to vendor"),
                2 => {
                    file.one(&["viewer sees", "viewer sees some of", "viewer does not see"]);
                    file.target();
                }
                _ => file.say("viewer sees state.availability as offline"),
            }
            file.circumstance();
        });
    }

    fn test(&mut self) {
        self.say("test");
        self.text();
        self.block(|file| if file.tape.maybe() { file.given() } else { file.expect() });
    }

    fn given(&mut self) {
        self.say("given");
        match self.tape.below(6) {
            0 => {
                self.entry();
                self.say("in workgroup of");
                self.one(PEOPLE);
            }
            1 => {
                self.one(PEOPLE);
                self.one(&["is contact of a@b.c", "is not delegate of a@b.c", "in group board"]);
            }
            2 => {
                self.one(PEOPLE);
                self.assignments();
            }
            3 => self.policy(),
            4 => self.say("\"other.yaml\""),
            _ => {
                self.say("meeting m of");
                self.one(PEOPLE);
                if self.tape.maybe() {
                    self.say("with");
                    self.list(|file| {
                        file.one(PEOPLE);
                        file.one(&["", "as presenter"]);
                    });
                }
                if self.tape.maybe() {
                    self.assignments();
                }
            }
        }
    }

    fn expect(&mut self) {
        self.say("expect");
        match self.tape.below(3) {
            0 => self.one(PEOPLE),
            1 => {
                self.say("exactly");
                self.list(|file| file.one(PEOPLE));
            }
            _ => self.one(&["nobody", "any federated"]),
        }
        match self.tape.below(3) {
            0 => {
                self.one(&["can use recording", "cannot use recording"]);
                self.one(&["", "in m", "in \"m n\" as presenter", "with kim@fabrikam.com", "of a@b.c"]);
            }
            1 => {
                self.one(&["does not see a@b.c", "sees a@b.c", "sees some of a@b.c", "sees a@b.c some of"]);
                self.target();
            }
            _ => self.say("sees a@b.c state.availability as offline"),
        }
        if self.tape.below(3) == 2 {
            self.say("because snapshot \"s\"");
        }
    }

    /// The words with anything between them that means nothing.
    fn written(self) -> String {
        let mut text = String::new();
        let mut comment = 0;
        for word in &self.words {
            match word {
                Word::Plain(word) => text.push_str(word),
                Word::Separator => text.push_str(["\n", ",", ",\n", " \n\n , "][self.tape.below(4)]),
            }
            let gap = self.tape.below(24);
            comment += 1;
            match gap {
                0..=15 => text.push(' '),
                16 => text.push('\n'),
                17 => text.push_str("\n\n\n\t"),
                18 => text.push_str("\r\n  "),
                19 => text.push_str(&format!(" // {comment}\n")),
                20 => text.push_str(&format!("\n  // alone {comment}\n")),
                21 => text.push_str(&format!("\n/// doc {comment}\n")),
                22 => text.push_str(&format!(" /// behind {comment}\n\n//! file {comment}\n")),
                _ => text.push_str("   "),
            }
        }
        text
    }
}
