//! The nearest names, for "did you mean".

use std::cmp::Reverse;

/// How many letters may differ at most, however long a name is.
const MOST_LETTERS: usize = 4;

/// How many names a question lists.
const LISTED: usize = 3;

/// How many names a choice has before it is cut short.
const CHOICES: usize = 5;

/// What a misspelt name may have been meant to be: one name, or several that are equally near, the likeliest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Near {
    names: Vec<String>,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    /// The only near name, and only a slip of the pen away.
    Surely,
    /// Near, but so are others, or the difference may be meant, as that between `lync_2010` and `lync_2013`.
    Perhaps,
    /// Near in letters, and the opposite in meaning, as `EnableNote` and `DisableNote`.
    Opposite,
}

impl Near {
    /// The likeliest name.
    pub fn first(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The name if no other can have been meant: a machine may write it.
    pub fn surely(&self) -> Option<&str> {
        (self.how == How::Surely).then(|| self.first())
    }

    /// The same among words that nobody chooses, as those of a grammar: there the only near one is meant.
    #[must_use]
    pub fn of_words(self) -> Near {
        let how = if self.how == How::Perhaps && self.names.len() == 1 { How::Surely } else { self.how };
        Near { how, ..self }
    }

    /// The question that helps: "did you mean `a` or `b`?".
    pub fn help(&self) -> String {
        let quoted: Vec<String> = self.names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
        let listed = match quoted.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => quoted.concat(),
        };
        match self.how {
            How::Surely | How::Perhaps => format!("did you mean {listed}?"),
            How::Opposite => format!("look at {listed}, which says the opposite"),
        }
    }

    /// The same with every name written otherwise, as in quotes.
    #[must_use]
    pub fn written(self, write: impl Fn(&str) -> String) -> Near {
        Near { names: self.names.iter().map(|name| write(name)).collect(), ..self }
    }
}

/// The candidates that a misspelt name most likely means, if any is near enough: at most a third of its letters differ
/// (two swapped letters count as one), or only the case does. Equally near ones come in the order of how long they
/// begin alike, then of the alphabet. One that says the opposite counts only where there is no other. The sides of an
/// `@` are measured each by itself, so that what they share at one side makes no strangers alike.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near> {
    let wanted = name.to_lowercase();
    let worth_a_look = |candidate: &&str| *candidate != name && may_be_near(name, candidate);
    let measured = candidates.into_iter().filter(worth_a_look).filter_map(|candidate| {
        let folded = candidate.to_lowercase();
        let alike = wanted.chars().zip(folded.chars()).take_while(|(a, b)| a == b).count();
        let distance = distance(&wanted, &folded)?;
        Some((opposites(name, candidate), distance, Reverse(alike), candidate))
    });
    let mut measured: Vec<_> = measured.collect();
    measured.sort_unstable();
    measured.dedup();
    let (opposite, distance, ..) = *measured.first()?;
    measured.retain(|other| (other.0, other.1) == (opposite, distance));
    let names: Vec<String> = measured.into_iter().map(|(.., name)| name.to_owned()).collect();
    let how = match names.as_slice() {
        _ if opposite => How::Opposite,
        [only] if is_sure(name, only, distance) => How::Surely,
        _ => How::Perhaps,
    };
    Some(Near { names, how })
}

/// Names to choose from: "`a` or `b`"; of many only the first, and how many more there are.
pub fn one_of(names: impl IntoIterator<Item: AsRef<str>, IntoIter: ExactSizeIterator>) -> String {
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(CHOICES).map(|name| format!("`{}`", name.as_ref())).collect();
    let shown = shown.join(" or ");
    match names.len() {
        0 => shown,
        more => format!("{shown} or one of {more} more"),
    }
}

/// Whether a difference is so small that it is no other name: at most every fourth letter, and no digit. Whose address
/// is meant is never sure.
fn is_sure(name: &str, other: &str, distance: usize) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    !name.contains('@') && distance * 4 <= name.chars().count() && digits(name) == digits(other)
}

/// False where lengths alone say that two names are too far from each other. Most candidates are, and this is the
/// quickest way to tell; letters beyond ASCII may be more or fewer in lower case.
fn may_be_near(name: &str, candidate: &str) -> bool {
    let sides = if name.contains('@') { 2 } else { 1 };
    name.len().abs_diff(candidate.len()) <= sides * MOST_LETTERS || !(name.is_ascii() && candidate.is_ascii())
}

/// How far two names are from each other; None if that is too far.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    if let (Some((local, domain)), Some((other_local, other_domain))) =
        (wanted.split_once('@'), candidate.split_once('@'))
    {
        return Some(distance(local, other_local)? + distance(domain, other_domain)?);
    }
    let length = wanted.chars().count();
    let reach = (length.max(3) / 3).min(MOST_LETTERS);
    if length.abs_diff(candidate.chars().count()) > reach {
        return None; // names of such different lengths differ in more letters; measuring long ones would take long
    }
    let distance = strsim::osa_distance(wanted, candidate);
    (distance <= reach).then_some(distance)
}

/// Words that are near each other in a name and turn its meaning round.
const OPPOSITES: &[(&str, &str)] = &[
    ("enable", "disable"),
    ("enabled", "disabled"),
    ("allow", "disallow"),
    ("allow", "block"),
    ("allow", "deny"),
    ("can", "cannot"),
    ("can", "cant"),
    ("show", "hide"),
    ("inside", "outside"),
    ("internal", "external"),
    ("inbound", "outbound"),
    ("incoming", "outgoing"),
    ("include", "exclude"),
    ("included", "excluded"),
    ("with", "without"),
    ("min", "max"),
    ("minimum", "maximum"),
    ("on", "off"),
    ("in", "out"),
];

/// What turns a word round when it stands before it.
const NEGATIONS: &[&str] = &["un", "in", "im", "non", "not", "no", "dis", "anti"];

/// Whether two names that are near in letters say the opposite of each other.
fn opposites(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let negated = |words: &[String]| words.iter().filter(|word| ["not", "no", "non"].contains(&word.as_str())).count();
    let turned = |a: &String, b: &String| {
        let pair = |(one, other): &(&str, &str)| (a == one && b == other) || (a == other && b == one);
        OPPOSITES.iter().any(pair) || negates(a, b) || negates(b, a)
    };
    negated(&a) != negated(&b) || a.len() == b.len() && a.iter().zip(&b).any(|(a, b)| turned(a, b))
}

/// Whether a word is another with a negation before it, or nearer to the other without it.
fn negates(word: &str, other: &str) -> bool {
    word.strip_prefix('n') == Some(other)
        || NEGATIONS
            .iter()
            .filter_map(|negation| word.strip_prefix(negation))
            .filter(|rest| rest.len() > 2)
            .any(|rest| strsim::osa_distance(rest, other) < strsim::osa_distance(word, other))
}

/// The words of a name in lower case: `EnablePrivacyMode`, `mobile_phone`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = '_';
    for letter in name.chars() {
        let starts = letter.is_uppercase() && before.is_lowercase();
        if (starts || !letter.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str, candidates: &[&str]) -> Option<String> {
        nearest(name, candidates.iter().copied()).map(|near| near.first().to_owned())
    }

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let names = ["colleagues", "external", "workgroup"];
        assert_eq!(first("coleagues", &names).as_deref(), Some("colleagues"));
        assert_eq!(first("Workgroup", &names).as_deref(), Some("workgroup"));
        assert_eq!(first("blocked", &names), None);
        assert_eq!(first("ana", &["ada", "anna"]).as_deref(), Some("anna"));
    }

    #[test]
    fn people_of_one_domain_are_not_alike_for_it() {
        let names = ["anna@contoso.com", "dan@contoso.com"];
        assert_eq!(first("ana@contoso.com", &names).as_deref(), Some("anna@contoso.com"));
        assert_eq!(first("anna@cotnoso.com", &names).as_deref(), Some("anna@contoso.com"));
        assert_eq!(first("bob@contoso.com", &names), None);
    }

    #[test]
    fn a_machine_writes_only_what_must_be_meant() {
        let surely = |name: &str, candidates: &[&str]| {
            nearest(name, candidates.iter().copied()).and_then(|near| near.surely().map(str::to_owned))
        };
        assert_eq!(surely("wrokgroup", &["workgroup", "external"]).as_deref(), Some("workgroup"));
        assert_eq!(surely("lync_2031", &["lync_2013"]), None);
        assert_eq!(surely("lync_2014", &["lync_2013", "lync_2010"]), None);
        assert_eq!(surely("noted", &["notes", "note"]), None);
        assert_eq!(surely("abc", &["abd"]), None);
        assert_eq!(surely("ana@contoso.com", &["anna@contoso.com"]), None);
    }

    #[test]
    fn several_names_are_all_asked_about() {
        let help = |name: &str, candidates: &[&str]| nearest(name, candidates.iter().copied()).unwrap().help();
        assert_eq!(help("lync_2014", &["lync_2013", "lync_2010"]), "did you mean `lync_2010` or `lync_2013`?");
        assert_eq!(help("wrokgroup", &["workgroup"]), "did you mean `workgroup`?");
    }

    #[test]
    fn long_choices_are_cut_short() {
        assert_eq!(one_of(["a", "b"]), "`a` or `b`");
        assert_eq!(one_of(["a"; CHOICES + 2]), "`a` or `a` or `a` or `a` or `a` or one of 2 more");
    }

    #[test]
    fn the_opposite_is_not_meant() {
        for (name, opposite) in [
            ("EnablePresenceNote", "DisablePresenceNote"),
            ("invisible", "visible"),
            ("unblocking", "blocking"),
            ("unvailable", "available"),
            ("cannot", "can"),
            ("ever", "never"),
            ("not_contacts", "contacts"),
        ] {
            let near = nearest(name, [opposite]);
            assert!(near.as_ref().is_none_or(|near| near.surely().is_none()), "{name}: {near:?}");
            assert!(near.as_ref().is_none_or(|near| near.help().contains("opposite")), "{name}: {near:?}");
        }
        assert_eq!(first("unvailable", &["available", "unavailable"]).as_deref(), Some("unavailable"));
    }
}
