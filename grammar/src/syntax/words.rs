//! Closed sets of words: each word and what it stands for are written once, so that reading and writing cannot
//! disagree.

/// An enumeration of words of the language. Whoever adds a variant has to give its word, and it is read from then on;
/// the tests compare the words with those of the grammar.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$variant_about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_about])* $variant,)*
        }

        impl $name {
            /// Every word, in the order of the declaration.
            pub const WORDS: &[&str] = &[$($word),*];

            /// Its word in the language.
            pub fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }

            /// What a word stands for.
            pub fn named(word: &str) -> Option<$name> {
                match word {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

pub(super) use words;
