//! By what a file is known without reading it, and when that is not enough.
//!
//! Whoever writes a file changes its times, but a clock ticks only so often: a file that is written twice within a tick
//! has the same times. So times count only if they were some while past when somebody looked, as git has it. Whoever
//! sets the time of modification back is found out by the time of change, which nobody can set; and whoever puts
//! another file in the place of one, or of its folder, by the number that the system gives each file.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Longer than a tick of any file system's clock.
const TICK: i64 = 2;

/// A point in time: seconds and nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Moment(i64, i64);

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Moment {
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Moment(since.as_secs() as i64, i64::from(since.subsec_nanos())),
            Err(before) => Moment(-(before.duration().as_secs() as i64), -i64::from(before.duration().subsec_nanos())),
        }
    }
}

/// What the system says of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<Moment>,
    /// When anything about it changed; None where the system does not say.
    changed: Option<Moment>,
    /// The numbers of the device and of the file on it; None where the system does not say.
    identity: Option<(u64, u64)>,
}

impl From<&Metadata> for Stamp {
    fn from(about: &Metadata) -> Stamp {
        #[cfg(unix)]
        let (changed, identity) = {
            use std::os::unix::fs::MetadataExt;
            (Some(Moment(about.ctime(), about.ctime_nsec())), Some((about.dev(), about.ino())))
        };
        #[cfg(not(unix))]
        let (changed, identity) = (None, None);
        Stamp { length: about.len(), modified: about.modified().ok().map(Moment::from), changed, identity }
    }
}

impl Stamp {
    pub(super) fn take(path: &Path) -> io::Result<Stamp> {
        fs::metadata(path).map(|about| Stamp::from(&about))
    }

    /// Whether nobody can have written the file since this moment without changing what the system says of it.
    pub(super) fn tells(&self, moment: Moment) -> bool {
        let past = |time: Moment| Moment(time.0.saturating_add(TICK), time.1) < moment;
        self.modified.is_some_and(past) && self.changed.is_some_and(past) && self.identity.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_count_only_if_they_are_past() {
        let stamp = |modified, changed| Stamp { length: 0, modified, changed, identity: Some((1, 2)) };
        let (old, fresh, made) = (Moment(100, 5), Moment(108, 6), Moment(110, 5));
        assert!(stamp(Some(old), Some(old)).tells(made));
        assert!(!stamp(Some(old), Some(fresh)).tells(made), "its time of modification was set back");
        assert!(!stamp(Some(fresh), Some(old)).tells(made));
        assert!(!stamp(Some(old), None).tells(made));
        assert!(!stamp(None, Some(old)).tells(made));
    }
}
