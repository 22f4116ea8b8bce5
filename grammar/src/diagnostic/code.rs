//! What a diagnostic is of: its code, whose name is its address in messages, suppressions and documentation. Here is
//! the table of the codes that reading a text can have; whoever finds more has a table of their own.

use super::Severity;

/// The stable name of a kind of diagnostic, as `syntax::unexpected`, with what it says in general.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code {
    name: &'static str,
    severity: Severity,
    title: &'static str,
}

impl Code {
    /// A code of whoever finds it.
    pub const fn new(name: &'static str, severity: Severity, title: &'static str) -> Code {
        Code { name, severity, title }
    }

    /// `who-finds-it::kebab-name`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it says, in general.
    pub const fn title(self) -> &'static str {
        self.title
    }

    /// Its severity unless a level says otherwise.
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

/// A table of codes: a constant for each, and `TABLE` for all of them.
#[doc(hidden)]
#[macro_export]
macro_rules! codes {
    ($($severity:ident $constant:ident $name:literal $title:literal;)*) => {
        $(#[doc = concat!("`", $name, "`: ", $title, ".")]
        pub const $constant: $crate::Code = $crate::Code::new($name, $crate::Severity::$severity, $title);)*

        /// Every code of this table, in its order.
        pub const TABLE: &[$crate::Code] = &[$($constant),*];
    };
}

codes! {
    Error UNEXPECTED "syntax::unexpected" "text that is not part of the language here";
    Error MISSING_SEPARATOR "syntax::missing-separator" "two entries on one line without a comma";
    Error FOREIGN_OPERATOR "syntax::foreign-operator" "an operator of another language";
    Error FOREIGN_TYPE "syntax::foreign-type" "a type of another language";
    Error MISSING_LABEL "syntax::missing-label" "a rule without a label";
    Error TOO_DEEP "syntax::too-deep" "nesting deeper than the limit";
    Error BAD_NUMBER "syntax::bad-number" "a number out of range";
    Error BAD_TEXT "syntax::bad-text" "a text with a character that cannot stand in it";
    Error RESERVED_WORD "syntax::reserved-word" "a reserved word used as a name";
    Error REPEATED_PART "syntax::repeated-part" "a part of a declaration given twice";
}
