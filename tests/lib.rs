//! All tests, in the order of the story.

mod directory;
