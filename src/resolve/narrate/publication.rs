//! What the answering container does with the fields.

use crate::language::Span;
use crate::model::{ContainerId, FieldId, Held, Line, Says};
use crate::resolve::narrate::Recorded;
use crate::resolve::probe::Step;

use super::{Sentence, Telling, Verdict};

impl Telling<'_> {
    pub(super) fn publication(
        &self,
        step: Step,
        inside: &[(usize, Step)],
        group: &Recorded,
        sentences: &mut Vec<Sentence>,
    ) {
        let model = self.rules.model();
        match step {
            Step::Published(container) => sentences.extend(self.published(container, group)),
            Step::NotPublished(container) => sentences.extend(self.not_published(container, group)),
            Step::NotHeld(container) => {
                let category = self.category_name();
                let text = format!("{} does not hold {category}", model.container_name(container));
                let detail = "one container answers for everything (resolve per viewer)";
                let at = Some(model.containers[container].declared.span);
                sentences.push(Sentence::new("published", Verdict::Failed, text).because(detail).at(at));
            }
            Step::Shown(container, index) => sentences.extend(self.shown(container, index, inside, Verdict::Held)),
            Step::ShownPerhaps(container, index) => {
                sentences.extend(self.shown(container, index, inside, Verdict::Unknown));
            }
            _ => {}
        }
    }

    fn held(&self, container: ContainerId) -> Option<&Held> {
        self.rules.model().containers[container].holds.get(&self.category?)
    }

    /// Fields that one line of the container publishes are told together.
    fn published(&self, container: ContainerId, group: &Recorded) -> Vec<Sentence> {
        let model = self.rules.model();
        let name = &model.containers[container].declared.name;
        let Some(held) = self.held(container) else { return Vec::new() };
        let place = |field: FieldId| held.published.get(&field).copied();
        let sentence = |(at, fields): (Option<Span>, Vec<FieldId>)| {
            let of = match fields.as_slice() {
                [only] if !self.several => model.field_name(*only),
                fields => self.field_list(fields),
            };
            Sentence::new("published", Verdict::Held, format!("{name} publishes {of}")).at(at)
        };
        by_line(held, &group.fields, place).into_iter().map(sentence).collect()
    }

    /// Masked, withheld, or simply not named.
    fn not_published(&self, container: ContainerId, group: &Recorded) -> Vec<Sentence> {
        let model = self.rules.model();
        let name = &model.containers[container].declared.name;
        let category = self.category_name();
        let Some(held) = self.held(container) else {
            return vec![Sentence::new("published", Verdict::Failed, format!("{name} holds nothing of {category}"))];
        };
        if held.published.is_empty()
            && held.shows.is_empty()
            && let Some(mask) = held.lines.iter().find(|line| line.says == Says::Masks)
        {
            let sentence = Sentence::new("masked", Verdict::Failed, format!("{name} masks {category}"));
            return vec![sentence.because("its publication is empty on purpose").at(Some(mask.span))];
        }
        let (withheld, unnamed): (Vec<FieldId>, Vec<FieldId>) =
            group.fields.iter().partition(|field| held.withheld.contains_key(*field));
        let withholds = |(at, fields): (Option<Span>, Vec<FieldId>)| {
            let text = format!("{name} withholds {}", self.field_list(&fields));
            Sentence::new("published", Verdict::Failed, text).at(at)
        };
        let place = |field: FieldId| held.withheld.get(&field).copied();
        let mut sentences: Vec<Sentence> = by_line(held, &withheld, place).into_iter().map(withholds).collect();
        if !unnamed.is_empty() {
            sentences.push(self.unnamed(held, name, category, &unnamed));
        }
        sentences
    }

    /// "external shows of contact_card: display_name, email", and these fields are not among them.
    fn unnamed(&self, held: &Held, name: &str, category: &str, fields: &[FieldId]) -> Sentence {
        let mut shown: Vec<FieldId> = held.shows.iter().map(|shows| shows.field).collect();
        shown.extend(held.published.keys());
        shown.sort_unstable();
        shown.dedup();
        let verb = if fields.len() == 1 { "is" } else { "are" };
        let sentence = if shown.is_empty() {
            Sentence::new("published", Verdict::Failed, format!("{name} shows nothing of {category}"))
        } else {
            let text = format!("{name} shows of {category}: {}", self.field_list(&shown));
            let detail = format!("{} {verb} not among them", self.field_list(fields));
            Sentence::new("published", Verdict::Failed, text).because(detail)
        };
        sentence.at(held.lines.first().map(|line| line.span))
    }

    fn shown(&self, container: ContainerId, index: usize, inside: &[(usize, Step)], verdict: Verdict) -> Vec<Sentence> {
        let model = self.rules.model();
        let Some(shows) = self.held(container).and_then(|held| held.shows.get(index)) else { return Vec::new() };
        let name = &model.containers[container].declared.name;
        let field = model.field_name(shows.field);
        let kind = model.kind_of(crate::model::What::Presence(shows.field));
        let value = model.value_name(&kind, shows.value);
        let condition = model.condition_name(shows.when);
        let text = match verdict {
            Verdict::Unknown => format!("{name} may show {field} as {value}"),
            _ => format!("{name} shows {field} as {value}"),
        };
        let detail = match (verdict, condition.as_str()) {
            (_, "true") => "whatever the owner's value is".to_owned(),
            (Verdict::Unknown, _) => format!("it is not known whether {condition}, so nothing is shown"),
            _ => format!("since {condition}"),
        };
        let mut sentences = vec![Sentence::new("altered", verdict, text).because(detail).at(Some(shows.span))];
        self.facts.tell(inside, 1, &mut sentences);
        sentences
    }

    /// Field names of the question's category, in order.
    pub(super) fn field_list(&self, fields: &[FieldId]) -> String {
        let names = fields.iter().map(|field| self.rules.model().fields[*field].declared.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }
}

/// Fields with the place that says something about the first of them; those of one line of the container together, and
/// where no line is known those of one file.
fn by_line(
    held: &Held,
    fields: &[FieldId],
    place: impl Fn(FieldId) -> Option<Span>,
) -> Vec<(Option<Span>, Vec<FieldId>)> {
    let line_of = |at: Span| {
        let holds = |line: &&Line| line.span.file == at.file && line.span.start <= at.start && at.end <= line.span.end;
        held.lines.iter().find(holds).map_or(Span { start: 0, end: 0, ..at }, |line| line.span)
    };
    let mut lines: Vec<(Option<Span>, Option<Span>, Vec<FieldId>)> = Vec::new();
    for field in fields {
        let at = place(*field);
        let line = at.map(line_of);
        match lines.iter_mut().find(|(other, ..)| *other == line) {
            Some((.., fields)) => fields.push(*field),
            None => lines.push((line, at, vec![*field])),
        }
    }
    lines.into_iter().map(|(_, at, fields)| (at, fields)).collect()
}
