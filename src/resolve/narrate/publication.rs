//! What the answering container does with the fields.

use crate::model::{ContainerId, FieldId, Held, Says};
use crate::resolve::explain::Recorded;
use crate::resolve::probe::Step;
use crate::text::Span;

use super::{Sentence, Telling, Verdict};

impl Telling<'_> {
    pub(super) fn publication(
        &self,
        step: Step,
        inside: &[(usize, Step)],
        group: &Recorded,
        several: bool,
        sentences: &mut Vec<Sentence>,
    ) {
        let model = self.rules.model();
        let of = if several { format!(": {}", self.field_list(&group.fields)) } else { String::new() };
        match step {
            Step::Published(container) => {
                let name = &model.containers[container].declared.name;
                let text = match group.fields.as_slice() {
                    [only] if !several => format!("{name} publishes {}", model.field_name(*only)),
                    _ => format!("{name} publishes{}", of.replacen(": ", " ", 1)),
                };
                let at = group.fields.first().and_then(|field| self.published_at(container, *field));
                sentences.push(Sentence::new("published", Verdict::Held, text).at(at));
            }
            Step::NotPublished(container) => sentences.push(self.not_published(container, group)),
            Step::NotHeld(container) => {
                let category = &model.categories[self.question.category()].declared.name;
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
        self.rules.model().containers[container].holds.get(&self.question.category())
    }

    fn published_at(&self, container: ContainerId, field: FieldId) -> Option<Span> {
        self.held(container)?.published.get(&field).copied()
    }

    /// Masked, withheld, or simply not named.
    fn not_published(&self, container: ContainerId, group: &Recorded) -> Sentence {
        let model = self.rules.model();
        let name = &model.containers[container].declared.name;
        let category = &model.categories[self.question.category()].declared.name;
        let fields = self.field_list(&group.fields);
        let verb = if group.fields.len() == 1 { "is" } else { "are" };
        let Some(held) = self.held(container) else {
            return Sentence::new("published", Verdict::Failed, format!("{name} holds nothing of {category}"));
        };
        let withheld = group.fields.iter().find_map(|field| held.withheld.get(field));
        if let Some(at) = withheld {
            let text = format!("{name} withholds {fields}");
            return Sentence::new("published", Verdict::Failed, text).at(Some(*at));
        }
        if held.published.is_empty()
            && let Some(mask) = held.lines.iter().find(|line| line.says == Says::Masks)
        {
            let text = format!("{name} masks {category}");
            return Sentence::new("masked", Verdict::Failed, text)
                .because("its publication is empty on purpose")
                .at(Some(mask.span));
        }
        let published: Vec<FieldId> = held.published.keys().copied().collect();
        let mut shown: Vec<FieldId> = held.shows.iter().map(|shows| shows.field).collect();
        shown.extend(published);
        shown.sort_unstable();
        shown.dedup();
        let at = held.lines.first().map(|line| line.span);
        Sentence::new("published", Verdict::Failed, format!("{name} shows of {category}: {}", self.field_list(&shown)))
            .because(format!("{fields} {verb} not among them"))
            .at(at)
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
