//! Features, what they reveal, invariants and tests.

use super::{File, PEOPLE};

impl File<'_, '_> {
    pub(super) fn feature(&mut self, extend: bool) {
        self.say("feature");
        self.name();
        if !extend {
            self.title();
            self.one(&["for user", "for viewer of owner", "for participant of meeting", "for party with peer"]);
        }
        self.block(Self::feature_line);
    }

    pub(super) fn feature_line(&mut self) {
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

    pub(super) fn of_role(&mut self) {
        self.one(&["", "of owner", "of participant"]);
    }

    pub(super) fn data(&mut self) {
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

    pub(super) fn recipient(&mut self) {
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

    pub(super) fn invariant(&mut self) {
        self.say("invariant");
        self.text();
        self.one(&["", "under policies"]);
        self.block(|file| {
            file.one(&["never", "always"]);
            match file.tape.below(5) {
                4 => file.one(&["viewer in workgroup", "viewer not in blocking"]),
                0 => file.one(&["recording available", "polling unavailable"]),
                1 => file.say("meeting_content.slides disclosed to vendor"),
                2 => {
                    file.one(&["viewer sees", "viewer sees some of", "viewer does not see"]);
                    file.target();
                }
                _ => file.one(&["viewer sees state.availability as offline", "viewer does not see note.a as b"]),
            }
            file.circumstance();
        });
    }

    pub(super) fn test(&mut self) {
        self.say("test");
        self.text();
        self.block(|file| if file.tape.maybe() { file.given() } else { file.expect() });
    }

    pub(super) fn given(&mut self) {
        self.say("given");
        match self.tape.below(10) {
            9 => {
                self.one(PEOPLE);
                self.one(&["at site Redmond", "at site \"North America\""]);
            }
            8 => {
                self.say("policy LocationPolicy of");
                self.one(PEOPLE);
                self.one(&["", "like global", "like site \"North America\""]);
                self.assignments();
            }
            0 => {
                self.entry();
                self.say("in workgroup of");
                self.one(PEOPLE);
            }
            1 => {
                self.one(PEOPLE);
                self.one(&["is contact of a@b.c", "is not delegate of a@b.c", "in group board"]);
            }
            7 => self.one(&["domain fabrikam.com is federated", "domain \"a.b\" is other"]),
            2 => {
                self.one(PEOPLE);
                self.assignments();
            }
            6 => {
                self.say("person");
                self.one(PEOPLE);
                if self.tape.maybe() {
                    self.assignments();
                }
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

    pub(super) fn expect(&mut self) {
        self.say("expect");
        match self.tape.below(3) {
            0 => self.one(PEOPLE),
            1 => {
                self.say("exactly");
                self.list(|file| file.one(PEOPLE));
            }
            _ => self.one(&["nobody", "any federated"]),
        }
        match self.tape.below(6) {
            3 => self.one(&["in workgroup of a@b.c", "not in blocking of anonymous"]),
            0 => {
                self.one(&["can use recording", "cannot use recording"]);
                self.context();
            }
            4 => {
                self.one(&["discloses", "does not disclose"]);
                self.list(Self::target);
                self.of_role();
                self.say("to");
                self.list(|file| file.one(&["vendor", "through"]));
                self.say("through recording");
                self.context();
            }
            5 => {
                self.one(&["stores", "does not store"]);
                self.list(Self::target);
                self.of_role();
                self.say("at archive through recording");
                self.context();
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

    fn context(&mut self) {
        self.one(&["", "in m", "in \"m n\" as presenter", "with kim@fabrikam.com", "of a@b.c"]);
    }
}
