//! Who and what the conditions of a place may speak of.

use crate::language::ast::Shape;
use crate::model::Subject;

/// The subjects of a condition, and whether it may ask for levels and modes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    /// In messages: "a manifest", "a guard".
    pub(super) spoken: &'static str,
    /// Who may be read.
    pub(super) subjects: &'static [Subject],
    /// `viewer in CONTAINER`, `viewer is contact of owner`.
    pub(super) levels: bool,
    /// `owner.mode`.
    pub(super) mode: bool,
}

impl Scene {
    pub(super) const MANIFEST: Scene =
        Scene { spoken: "a manifest", subjects: &[Subject::Owner], levels: false, mode: false };
    pub(super) const MEMBERSHIP: Scene =
        Scene { spoken: "a membership", subjects: &[Subject::Owner], levels: false, mode: false };
    pub(super) const SHOWS: Scene = Scene { spoken: "`shows`", subjects: &[Subject::Owner], levels: false, mode: true };
    pub(super) const GUARD: Scene =
        Scene { spoken: "a guard", subjects: &[Subject::Viewer, Subject::Owner], levels: true, mode: true };
    /// An invariant about a disclosure, whose feature may have any shape.
    pub(super) const DISCLOSURE: Scene =
        Scene { spoken: "an invariant", subjects: &Subject::ALL, levels: true, mode: true };

    /// The scene of a feature.
    pub(super) fn feature(shape: Shape) -> Scene {
        let (spoken, subjects, levels): (_, &[Subject], _) = match shape {
            Shape::User => ("a feature for user", &[Subject::User], false),
            Shape::Viewer => ("a feature for viewer of owner", &[Subject::Viewer, Subject::Owner], true),
            Shape::Participant => (
                "a feature for participant of meeting",
                &[Subject::Participant, Subject::Organizer, Subject::Meeting],
                false,
            ),
            Shape::Party => ("a feature for party with peer", &[Subject::Party, Subject::Peer], false),
        };
        Scene { spoken, subjects, levels, mode: levels }
    }

    /// The subjects in words.
    pub(super) fn describe_subjects(self) -> String {
        self.subjects.iter().map(|subject| format!("`{}`", subject.name())).collect::<Vec<_>>().join(", ")
    }
}
