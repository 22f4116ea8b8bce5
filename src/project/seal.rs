//! The seal on what prescope writes for itself. Journals and snapshots are acted upon without anybody having read them,
//! so none that came with a checkout may count: each carries a seal that only the key of this user makes.
//!
//! The key lies in the folder where the user's programs keep their state, and is made when something is sealed first.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::read;

/// The length of a key and of a seal in bytes.
pub(super) const LENGTH: usize = 32;

/// The seal of some bytes.
pub(super) type Seal = [u8; LENGTH];

/// What is sealed: a seal on one is none on another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    Journal,
    Snapshot,
}

/// The key of this user, for one purpose.
#[derive(Clone)]
pub(super) struct Key([u8; LENGTH]);

impl Key {
    /// The key, which is made if there is none.
    pub(super) fn made(purpose: Purpose) -> io::Result<Key> {
        let path = path()?;
        let secret = match secret(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path).map_err(|error| at(&path, &error))?,
            found => found.map_err(|error| at(&path, &error))?,
        };
        Ok(Key::new(secret, purpose))
    }

    /// The key, if there is one: without it nothing was ever sealed.
    pub(super) fn known(purpose: Purpose) -> Option<Key> {
        secret(&path().ok()?).ok().map(|secret| Key::new(secret, purpose))
    }

    /// A key that is forgotten with the process: what it seals is whole, and is believed by nobody.
    pub(super) fn passing(purpose: Purpose) -> io::Result<Key> {
        fresh().map(|secret| Key::new(secret, purpose))
    }

    fn new(secret: [u8; LENGTH], purpose: Purpose) -> Key {
        // INVARIANT: these are never used for anything else; they are what keeps the purposes apart.
        let context = match purpose {
            Purpose::Journal => "prescope 2026 journal",
            Purpose::Snapshot => "prescope 2026 snapshot",
        };
        Key(blake3::derive_key(context, &secret))
    }

    /// The seal of some bytes.
    pub(super) fn seal(&self, bytes: &[u8]) -> Seal {
        *blake3::keyed_hash(&self.0, bytes).as_bytes()
    }

    /// Whether this is the seal of some bytes. How long the answer takes tells nothing about it.
    pub(super) fn fits(&self, bytes: &[u8], seal: &Seal) -> bool {
        blake3::keyed_hash(&self.0, bytes) == *seal
    }
}

/// Where the key of this user lies.
fn path() -> io::Result<PathBuf> {
    let known = etcetera::choose_base_strategy().map_err(|error| io::Error::other(error.to_string()))?;
    let folder = known.state_dir().unwrap_or_else(|| known.data_dir());
    Ok(folder.join("prescope").join("key"))
}

/// The secret in a file that nobody else can read or could have written.
fn secret(path: &Path) -> io::Result<[u8; LENGTH]> {
    let (bytes, about) = read::own(path, LENGTH as u64)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if about.uid() != rustix::process::geteuid().as_raw() {
            return Err(io::Error::other("it belongs to another user"));
        }
        if about.mode() & 0o077 != 0 {
            return Err(io::Error::other("others may read or write it; take that away, or remove it"));
        }
    }
    #[cfg(not(unix))]
    let _ = about;
    bytes.try_into().map_err(|_| io::Error::other("it is not a key; remove it"))
}

/// Makes the key. Of several processes that do so at once, one succeeds, and the others take its key.
fn make(path: &Path) -> io::Result<[u8; LENGTH]> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let new = fresh()?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&new)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(new),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => secret(path),
        Err(error) => Err(error.error),
    }
}

fn fresh() -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the key in `{}` is of no use: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/key");
        assert_eq!(secret(&path).unwrap_err().kind(), io::ErrorKind::NotFound);
        let made = make(&path).unwrap();
        assert_eq!((make(&path).unwrap(), secret(&path).unwrap()), (made, made));
        assert_ne!(fresh().unwrap(), made);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_or_have_put_there_is_none() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        make(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(secret(&path).unwrap_err().to_string().contains("others may read"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, folder.path().join("link")).unwrap();
        assert!(secret(&folder.path().join("link")).is_err());
        fs::write(&path, b"short").unwrap();
        assert!(secret(&path).unwrap_err().to_string().contains("not a key"));
    }

    #[test]
    fn a_seal_is_for_these_bytes_this_key_and_this_purpose() {
        let secret = [7; LENGTH];
        let (key, other) = (Key::new(secret, Purpose::Journal), Key::new(secret, Purpose::Snapshot));
        let seal = key.seal(b"text");
        assert!(key.fits(b"text", &seal));
        assert!(!key.fits(b"texT", &seal) && !other.fits(b"text", &seal));
        assert!(!Key::new([8; LENGTH], Purpose::Journal).fits(b"text", &seal));
    }
}
