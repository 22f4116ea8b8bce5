//! By what a file is known without reading it, and when that is not enough.
//!
//! Whoever writes a file changes its times, but a clock ticks only so often: a file that is written twice within a tick
//! has the same times. So times count only if they were some while past when the snapshot was made, as git has it. And
//! whoever sets the time of modification back is found out by the time of change, which nobody can set. Where either is
//! missing, the bytes are read and their sum decides.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::super::read;
use super::{Stale, envelope};

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
}

impl Stamp {
    pub(super) fn of(path: &Path) -> io::Result<Stamp> {
        let about = fs::metadata(path)?;
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            Some(Moment(about.ctime(), about.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let changed = None;
        Ok(Stamp { length: about.len(), modified: about.modified().ok().map(Moment::from), changed })
    }

    /// Whether a file is the one that had this stamp and this sum when a snapshot was made.
    pub(super) fn compare(&self, folder: &Path, path: &str, sum: u128, made: Moment) -> Result<(), Stale> {
        let on_disk = folder.join(path);
        let now = Stamp::of(&on_disk).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Stale::Gone(path.to_owned()),
            _ => Stale::Changed(path.to_owned()),
        })?;
        let same =
            now == *self && (self.tells(made) || read::bytes(&on_disk).is_ok_and(|bytes| envelope::sum(&bytes) == sum));
        if same { Ok(()) } else { Err(Stale::Changed(path.to_owned())) }
    }

    /// Whether nobody can have written the file since it was read without changing its times.
    fn tells(&self, made: Moment) -> bool {
        let past = |moment: Moment| Moment(moment.0.saturating_add(TICK), moment.1) < made;
        self.modified.is_some_and(past) && self.changed.is_some_and(past)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_count_only_if_they_are_past() {
        let stamp = |modified, changed| Stamp { length: 0, modified, changed };
        let (old, fresh, made) = (Moment(100, 5), Moment(108, 6), Moment(110, 5));
        assert!(stamp(Some(old), Some(old)).tells(made));
        assert!(!stamp(Some(old), Some(fresh)).tells(made), "its time of modification was set back");
        assert!(!stamp(Some(fresh), Some(old)).tells(made));
        assert!(!stamp(Some(old), None).tells(made));
        assert!(!stamp(None, Some(old)).tells(made));
    }
}
