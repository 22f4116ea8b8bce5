//! What can be known, who may know it, and what is set.

use super::{File, Word};

impl File<'_, '_> {
    pub(super) fn category(&mut self, extend: bool) {
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

    pub(super) fn container(&mut self, extend: bool) {
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

    pub(super) fn target_or_fields(&mut self) {
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

    pub(super) fn membership(&mut self) {
        self.say("membership");
        self.text();
        self.circumstance();
        self.block(|file| {
            file.one(&["workgroup", "external", "a"]);
            file.say("has");
            file.list(Self::entry);
        });
    }

    pub(super) fn manifest(&mut self) {
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

    pub(super) fn settings(&mut self, extend: bool) {
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
    pub(super) fn mark(word: &Word) -> Option<char> {
        match word {
            Word::Plain(word) if word == ":" => Some(':'),
            Word::Plain(word) if word == "also" => Some('a'),
            Word::Plain(_) | Word::Separator => None,
        }
    }

    pub(super) fn aka(&mut self) {
        if self.tape.below(3) == 2 {
            self.say("aka");
            self.list(|file| file.one(&["other", "AnotherNameOfTheSame"]));
        }
    }

    pub(super) fn scope(&mut self) {
        self.one(&[
            "global",
            "site Redmond",
            "site \"North America\"",
            "tag Executives",
            "service \"R:p\"",
            "network_site HQ",
        ]);
    }

    pub(super) fn policy(&mut self) {
        self.say("policy ClientPolicy");
        self.scope();
        if self.tape.maybe() {
            self.say("like");
            self.scope();
        }
        self.assignments();
    }

    pub(super) fn assignments(&mut self) {
        self.block(|file| {
            file.one(&["AllowPolls", "state.availability", "A", "EnhancedEmergencyServiceDisclaimer"]);
            file.say("=");
            file.literal();
        });
    }
}
