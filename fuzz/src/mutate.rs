//! Input that nobody would write, out of input that somebody has written.

use super::random::Random;

/// Numbers at which something overflows, ends or begins.
const EDGES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b' ', b'"'];

/// What means something to one reader or another.
const WORDS: [&[u8]; 40] = [
    b"{",
    b"}",
    b"(",
    b")",
    b"[",
    b"]",
    b"\"",
    b"'",
    b":",
    b",",
    b".",
    b"..",
    b"|",
    b"=",
    b"@",
    b"&a ",
    b"*a",
    b"!!x ",
    b"//",
    b"///",
    b"#",
    b"- ",
    b"\r\n",
    b"\t",
    b"\0",
    b"\\",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xc3\x28",
    b"**/",
    b"not ",
    b"and ",
    b"extend ",
    b"null",
    b"1e999",
    b"-9223372036854775808",
    b"99999999999999999999",
    b"<<: ",
    b"? ",
    b"\xf0\x9f\x8e\xa9",
];

/// A seed with some accidents, among them parts of another seed.
pub fn mutated(random: &mut Random, seed: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    // What leaves everything else in its place comes furthest into a format of bytes.
    let kinds = if random.once_in(2) { IN_PLACE } else { ALL };
    for _ in 0..=random.below(4) {
        accident(random, kinds, &mut bytes, other);
    }
    bytes
}

/// How many kinds of accident there are, and how many of them move nothing.
const ALL: usize = 9;
const IN_PLACE: usize = 3;

fn accident(random: &mut Random, kinds: usize, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let until = (at + 1 + random.below(16)).min(bytes.len());
    match random.below(kinds) {
        0 => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << random.below(8)),
        1 => bytes.get_mut(at).into_iter().for_each(|byte| *byte = random.number() as u8),
        2 => bytes.get_mut(at).into_iter().for_each(|byte| *byte = *random.one(&EDGES)),
        3 => bytes.truncate(at),
        4 => _ = bytes.drain(at.min(until)..until),
        5 => bytes.splice(at..at, random.one(&WORDS).iter().copied()).for_each(drop),
        6 => {
            let again = bytes.get(at..until).unwrap_or_default().to_vec();
            let times = 1 + random.below(40);
            bytes.splice(at..at, again.repeat(times)).for_each(drop);
        }
        7 => {
            let from = random.below(other.len() + 1);
            let to = (from + random.below(64)).min(other.len());
            bytes.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied()).for_each(drop);
        }
        _ => {
            let (one, two) = (line(random, bytes), line(random, bytes));
            let moved = bytes.get(one).unwrap_or_default().to_vec();
            bytes.splice(two.start..two.start, moved).for_each(drop);
        }
    }
}

/// Some line.
fn line(random: &mut Random, bytes: &[u8]) -> std::ops::Range<usize> {
    let at = random.below(bytes.len() + 1);
    let is_end = |byte: &u8| *byte == b'\n';
    let (before, behind) = bytes.split_at(at);
    let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
    let end = behind.iter().position(is_end).map_or(bytes.len(), |end| at + end + 1);
    start..end
}
