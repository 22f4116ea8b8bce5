//! What conditions read: dotted paths to readings, each with the kind of its values.

use super::Linking;
use super::presence::field_alone;
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{Name, Path, Role};
use crate::language::{Diagnostic, Span, nearest, one_of};
use crate::model::names::folded;
use crate::model::{ClassId, Names, ParameterId, Reading, Subject, ValueType, What};

/// How many of several declarations are shown.
const SHOWN: usize = 5;

/// What a dotted path reads.
pub(super) enum Read {
    Reading(Reading, ValueType),
    /// `ROLE.inside`
    Inside(Subject),
}

impl Linking {
    pub(super) fn read(&mut self, path: &Path, scene: Scene) -> Option<Read> {
        let subject = self.subject(path.names.first()?, scene)?;
        match path.names.as_slice() {
            [_, what] => self.read_short(subject, what, scene),
            [_, of, what] => self.read_long(subject, of, what),
            _ => None, // the parser has reported paths of another length
        }
    }

    /// `ROLE.NAME`
    fn read_short(&mut self, subject: Subject, name: &Name, scene: Scene) -> Option<Read> {
        let reading = |what, kind| Some(Read::Reading(Reading { whose: subject, what }, kind));
        let person = subject != Subject::Meeting;
        match name.it.as_str() {
            "inside" if person => return Some(Read::Inside(subject)),
            "network" if person => return reading(What::Network, ValueType::Network),
            "site" if person => return reading(What::Site, ValueType::Site),
            "mode" if subject == Subject::Owner => {
                if !scene.mode {
                    self.not_here(&format!("`owner.mode` cannot be asked in {}", scene.spoken), name.span);
                    return None;
                }
                return reading(What::Mode, ValueType::Manifest);
            }
            _ => {}
        }
        let parameter = self.parameter_of(subject, name)?;
        reading(What::Parameter(parameter), self.model.parameters[parameter].kind.clone())
    }

    /// `ROLE.CLASS.SETTING` or `ROLE.category.field`
    fn read_long(&mut self, subject: Subject, of: &Name, name: &Name) -> Option<Read> {
        if let Some(class) = self.model.names.classes.find(&of.it) {
            let names = self.model.names.settings.get(&class)?;
            let parameter = names.expect(name, code::UNKNOWN_SETTING, &mut self.sink)?;
            let kind = self.model.parameters[parameter].kind.clone();
            return Some(Read::Reading(Reading { whose: subject, what: What::Parameter(parameter) }, kind));
        }
        let Some(category) = self.model.names.categories.find(&of.it) else {
            let known = self.model.names.classes.spellings().chain(self.model.names.categories.spellings());
            let near = self.guesses.nearest("settings class or category", &of.it, known);
            let message = format!("there is no settings class or category `{}`", of.it);
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_CLASS, message)
                    .at(of.span, "")
                    .help("correct the name, or declare it")
                    .suggest(near),
            );
            return None;
        };
        let field = self.field(category, name)?;
        match self.model.fields[field].kind.clone() {
            Some(kind) => Some(Read::Reading(Reading { whose: subject, what: What::Presence(field) }, kind)),
            None => {
                let full = self.model.field_name(field);
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, format!("`{full}` is free text, which no condition can read"))
                        .at(name.span, "")
                        .at(self.model.fields[field].declared.span, "declared without values here")
                        .help("give the field its values, as in `availability: available | busy`"),
                );
                None
            }
        }
    }

    /// The setting or attribute that `ROLE.NAME` reads.
    pub(super) fn parameter_of(&mut self, subject: Subject, name: &Name) -> Option<ParameterId> {
        let roles: &[Role] = match subject {
            Subject::Meeting => &[Role::Meeting],
            Subject::Participant => &[Role::Participant, Role::User],
            _ => &[Role::User],
        };
        let attribute = |role: &Role| self.model.names.attributes.get(role)?.find(&name.it);
        if let Some(attribute) = roles.iter().find_map(attribute) {
            return Some(attribute);
        }
        let settings = if subject == Subject::Meeting { None } else { self.settings.get(&*folded(&name.it)) };
        match settings.map_or(&[][..], Vec::as_slice) {
            [(_, only)] => Some(*only),
            [] => {
                self.unknown_parameter(subject, name, roles);
                None
            }
            several => {
                let role = subject.name();
                let class = |(class, _): &(ClassId, ParameterId)| &self.model.classes[*class].declared.name;
                let help = one_of(several.iter().map(|of| format!("{role}.{}.{}", class(of), name.it)));
                let message = format!("several classes have a setting `{}`", name.it);
                let diagnostic = Diagnostic::new(code::AMBIGUOUS_SETTING, message).at(name.span, "which one?");
                let declared =
                    several.iter().take(SHOWN).map(|(_, setting)| self.model.parameters[*setting].declared.span);
                let diagnostic = declared.fold(diagnostic, |it, span| it.at(span, "one is declared here"));
                self.sink.push(diagnostic.help(format!("write {help}")));
                None
            }
        }
    }

    fn unknown_parameter(&mut self, subject: Subject, name: &Name, roles: &[Role]) {
        let names = &self.model.names;
        let attributes = roles.iter().filter_map(|role| names.attributes.get(role)).flat_map(Names::spellings);
        let settings = names.settings.values().flat_map(Names::spellings);
        let settings = settings.filter(|_| subject != Subject::Meeting);
        let near = self.guesses.nearest("setting", &name.it, attributes.chain(settings));
        let message = format!("`{}` has no attribute or setting `{}`", subject.name(), name.it);
        let fields = self.model.fields_called(&name.it);
        self.sink.push(match fields.as_slice() {
            [] => Diagnostic::new(code::UNKNOWN_SETTING, message)
                .at(name.span, "")
                .help("correct the name, or declare it under `attributes` or `settings`")
                .suggest(near),
            fields => field_alone(name, fields, code::UNKNOWN_SETTING),
        });
    }

    /// The setting that says how long something is stored.
    pub(super) fn retention_setting(&mut self, path: &Path, scene: Scene) -> Option<(Subject, ParameterId)> {
        match self.read(path, scene)? {
            Read::Reading(Reading { whose, what: What::Parameter(parameter) }, _) => Some((whose, parameter)),
            _ => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "only a setting or attribute says how long")
                        .at(path.span(), "")
                        .help("name one, or say it in words with `until \"…\"`"),
                );
                None
            }
        }
    }

    pub(super) fn subject(&mut self, name: &Name, scene: Scene) -> Option<Subject> {
        match Subject::named(&name.it) {
            Some(subject) if scene.subjects.contains(&subject) => Some(subject),
            known => {
                let what = match known {
                    Some(subject) => format!("{} knows no `{}`", scene.spoken, subject.name()),
                    None => format!("there is no role `{}`", name.it),
                };
                let near = nearest(&name.it, scene.subjects.iter().map(|subject| subject.name()));
                let help = format!("it can speak of {}", scene.describe_subjects());
                let diagnostic = Diagnostic::new(code::UNKNOWN_ROLE, what).at(name.span, "").help(help);
                self.sink.push(if known.is_none() && near.is_some() { diagnostic.suggest(near) } else { diagnostic });
                None
            }
        }
    }

    pub(super) fn not_here(&mut self, message: &str, span: Span) {
        self.sink.push(
            Diagnostic::new(code::NOT_HERE, message)
                .at(span, "")
                .help("read attributes, settings, the network, the site or a group instead"),
        );
    }
}
