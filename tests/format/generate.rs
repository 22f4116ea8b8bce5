//! Policy files that say anything and are written as badly as the grammar allows.

mod declare;
mod prove;

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
