//! The version of prescope that a project is written for: that whose catalogue is meant.

use semver::{Error, Version};

use crate::diagnostic::code;
use crate::directory::form::{Form, excerpt};
use crate::directory::yaml::Node;
use crate::language::{Diagnostic, Spanned};

/// The version that runs.
const OURS: &str = env!("CARGO_PKG_VERSION");

/// A version as a project file requires it. What is left out at its end may be anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Required {
    /// As it is written, and where.
    pub written: Spanned<String>,
    /// The first version that it names.
    pub least: Version,
}

/// A version as it is written in a project file: one to three numbers.
pub(super) fn read<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Required> {
    let written = form.text(node, "a version such as `0.1`")?;
    match least(&written.it) {
        Ok(least) => Some(Required { written, least }),
        Err(error) => {
            form.report(
                Diagnostic::new(code::BAD_PROJECT, format!("`{}` is not a version", excerpt(&written.it)))
                    .at(written.span, error.to_string())
                    .help("write a version of prescope as three numbers, or the first two of them"),
            );
            None
        }
    }
}

fn least(written: &str) -> Result<Version, Error> {
    let missing = 2_usize.saturating_sub(written.matches('.').count());
    match written.contains(['-', '+']) {
        true => Version::parse(written),
        false => Version::parse(&format!("{written}{}", ".0".repeat(missing))),
    }
}

/// What this version has to say to that which is required.
pub(super) fn judged(required: &Required) -> Option<Diagnostic> {
    Version::parse(OURS).ok().and_then(|ours| judged_by(&ours, required))
}

fn judged_by(ours: &Version, required: &Required) -> Option<Diagnostic> {
    let Required { written, least } = required;
    let text = &written.it;
    if ours < least {
        let message = format!("the project requires prescope {text}, and this is {ours}");
        let help = format!("install prescope {text} or later");
        return Some(Diagnostic::new(code::OLDER_PROGRAM, message).at(written.span, "").help(help));
    }
    if is_meant(ours, text, least) {
        return None;
    }
    let message = format!("the project is written for prescope {text}, and this is {ours}");
    let help = format!("see what has changed since {text}, then write `requires: \"{}.{}\"`", ours.major, ours.minor);
    Some(
        Diagnostic::new(code::OTHER_VERSION, message)
            .at(written.span, "its catalogue may say something else")
            .help(help),
    )
}

/// Whether a version is one of those that are named: equal as far as anything is said.
fn is_meant(ours: &Version, written: &str, least: &Version) -> bool {
    match written.matches('.').count() {
        0 => ours.major == least.major,
        1 => (ours.major, ours.minor) == (least.major, least.minor),
        _ => ours == least,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Sources, Span};

    /// `ok`, the code of what is said, or that it is no version.
    fn verdict(ours: &str, written: &str) -> &'static str {
        let file = Sources::default().add("prescope.yaml", "");
        let Ok(least) = least(written) else { return "bad" };
        let required = Required { written: Spanned::new(written.to_owned(), Span::new(file, 0, 0)), least };
        judged_by(&Version::parse(ours).unwrap(), &required).map_or("ok", |it| it.code.name())
    }

    #[test]
    fn an_older_program_is_an_error_and_another_one_a_note() {
        let (older, other) = ("project::older-program", "project::other-version");
        for (ours, written, expected) in [
            ("0.2.0", "0.2", "ok"),
            ("0.2.7", "0.2", "ok"),
            ("0.2.7", "0.2.7", "ok"),
            ("0.2.7", "0", "ok"),
            ("0.2.7", "0.2.6", other),
            ("0.10.0", "0.2", other),
            ("1.0.0", "0.2", other),
            ("0.1.9", "0.2", older),
            ("0.2.9", "0.10", older),
            ("0.2.6", "0.2.7", older),
            ("0.2.0-rc.1", "0.2", older),
            ("0.2.0-rc.2", "0.2.0-rc.1", other),
            ("0.2.0-rc.1", "0.2.0-rc.1", "ok"),
            ("9.9.9", "10", older),
        ] {
            assert_eq!(verdict(ours, written), expected, "{ours} where {written} is required");
        }
        for bad in
            ["", "latest", "^0.2", ">=0.2", "0.2.x", "0.2.", ".2", "01.2", "0.2.0.1", "-1", "v0.2", "0 .2", "0.2-rc"]
        {
            assert_eq!(verdict("0.2.0", bad), "bad", "{bad}");
        }
    }
}
