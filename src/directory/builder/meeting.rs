//! One meeting of a directory under construction.

use crate::directory::entry::parse_address;
use crate::directory::{Address, Malformed, Meeting, Name, Scalar};

use super::{named, placed, put};

/// One meeting of a [`DirectoryBuilder`](super::DirectoryBuilder).
#[derive(Debug)]
pub struct MeetingBuilder<'a> {
    pub(super) meeting: &'a mut Meeting,
}

impl MeetingBuilder<'_> {
    /// Sets an attribute.
    pub fn attribute(&mut self, name: &str, value: impl Into<Scalar>) -> &mut Self {
        let value = placed(value.into());
        put(&mut self.meeting.attributes, name, |known| known == name, value);
        self
    }

    /// Adds somebody in a role, or gives them another.
    pub fn participant(&mut self, address: &str, role: &str) -> Result<&mut Self, Malformed> {
        Ok(self.takes_part(Some(parse_address(address)?), role))
    }

    /// Adds people without an address in a role, or gives them another.
    pub fn anonymous(&mut self, role: &str) -> &mut Self {
        self.takes_part(None, role)
    }

    fn takes_part(&mut self, who: Option<Address>, role: &str) -> &mut Self {
        let role = named(role);
        match self.meeting.participants.iter_mut().find(|(known, _)| known.it == who) {
            Some((_, known)) => *known = role,
            None => self.meeting.participants.push((placed(who), role)),
        }
        self
    }

    /// Sets what a setting was when the first person joined.
    pub fn sampled(&mut self, class: &str, setting: &str, value: impl Into<Scalar>) -> &mut Self {
        let value = placed(value.into());
        let same = |known: &Name, name: &str| known.it.eq_ignore_ascii_case(name);
        let sampled = &mut self.meeting.in_session;
        match sampled.iter_mut().find(|(of, name, _)| same(of, class) && same(name, setting)) {
            Some((_, _, known)) => *known = value,
            None => sampled.push((named(class), named(setting), value)),
        }
        self
    }
}
