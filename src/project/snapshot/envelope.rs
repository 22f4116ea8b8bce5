//! The bytes around a snapshot: what it is, whose it is, and that it is whole.
//!
//! A title; the seal of all that follows; the sum of how sets are stored; the version of prescope; how long the next
//! two parts are; what the snapshot says of its project; the model; and the lists of users to the end.

use super::super::seal::{Key, LENGTH, Seal};
use super::Stale;
use crate::model::Kept;

/// What the file begins with.
pub(super) const TITLE: &[u8] = b"prescope snapshot\n";

/// The version that writes snapshots, and reads no other's.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The sum that bytes are known by.
pub(super) type Sum = [u8; 32];

/// The sum of some bytes. Nobody finds others with the same.
pub(super) fn sum(bytes: &[u8]) -> Sum {
    *blake3::hash(bytes).as_bytes()
}

/// A snapshot taken apart.
pub(super) struct Opened<'a> {
    pub(super) about: &'a [u8],
    pub(super) model: &'a [u8],
    /// Where the lists begin.
    pub(super) lists: u32,
}

/// A whole snapshot; None if it is too long to be one.
pub(super) fn close(about: &[u8], kept: &Kept, key: &Key) -> Option<Vec<u8>> {
    let mut bytes = TITLE.to_vec();
    bytes.extend([0; LENGTH]);
    bytes.extend(Kept::LAYOUT.to_le_bytes());
    bytes.push(u8::try_from(VERSION.len()).ok()?);
    bytes.extend(VERSION.as_bytes());
    for part in [about, &kept.model] {
        bytes.extend(u32::try_from(part.len()).ok()?.to_le_bytes());
    }
    bytes.extend(about);
    bytes.extend(&kept.model);
    bytes.extend(&kept.lists);
    u32::try_from(bytes.len()).ok()?;
    let seal = key.seal(bytes.get(TITLE.len() + LENGTH..)?);
    bytes.get_mut(TITLE.len()..TITLE.len() + LENGTH)?.copy_from_slice(&seal);
    Some(bytes)
}

/// The parts of a snapshot that is whole, and made by this user and this very version.
pub(super) fn open<'b>(bytes: &'b [u8], key: Option<&Key>) -> Result<Opened<'b>, Stale> {
    let rest = bytes.strip_prefix(TITLE).ok_or(Stale::Foreign)?;
    let (seal, rest): (&Seal, _) = rest.split_first_chunk().ok_or(Stale::Unsealed)?;
    if !key.is_some_and(|key| key.fits(rest, seal)) {
        return Err(Stale::Unsealed);
    }
    let (layout, rest) = rest.split_first_chunk::<8>().ok_or(Stale::Damaged)?;
    let (length, rest) = rest.split_first().ok_or(Stale::Damaged)?;
    let (version, rest) = rest.split_at_checked(usize::from(*length)).ok_or(Stale::Damaged)?;
    if version != VERSION.as_bytes() || u64::from_le_bytes(*layout) != Kept::LAYOUT {
        return Err(Stale::Version(String::from_utf8_lossy(version).into_owned()));
    }
    parts(bytes, rest).ok_or(Stale::Damaged)
}

fn parts<'a>(bytes: &[u8], rest: &'a [u8]) -> Option<Opened<'a>> {
    let (about, rest) = rest.split_first_chunk::<4>()?;
    let (model, rest) = rest.split_first_chunk::<4>()?;
    let (about, rest) = rest.split_at_checked(u32::from_le_bytes(*about) as usize)?;
    let (model, rest) = rest.split_at_checked(u32::from_le_bytes(*model) as usize)?;
    let lists = u32::try_from(bytes.len() - rest.len()).ok()?;
    Some(Opened { about, model, lists })
}
