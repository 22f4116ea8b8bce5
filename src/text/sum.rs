//! The sum of bytes that need no protection from anybody (FNV-1a): the same on every machine and in every version, and
//! known while compiling. Where somebody may forge bytes, `project` has seals.

/// The sum of no bytes.
pub(crate) const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// The sum of the bytes that a sum was made of and of more.
pub(crate) const fn go_on(mut sum: u64, more: &[u8]) -> u64 {
    let mut at = 0;
    while at < more.len() {
        sum = (sum ^ more[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    sum
}

/// By what something is recognised that is told again: the sum of what stays of it.
pub(crate) fn fingerprint(what_stays: &str) -> String {
    format!("{:016x}", go_on(EMPTY, what_stays.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{EMPTY, go_on};

    #[test]
    fn it_is_the_sum_that_is_published() {
        assert_eq!(go_on(EMPTY, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(go_on(EMPTY, b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(go_on(go_on(EMPTY, b"foo"), b"bar"), go_on(EMPTY, b"foobar"));
    }
}
