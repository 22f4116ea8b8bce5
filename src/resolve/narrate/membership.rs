//! Who the viewer is, which entry answers, and what settling did to the entries that could have.

use crate::language::Span;
use crate::language::ast::Resolution;
use crate::model::{ContainerId, Containers, ManifestRuleId, Network, Truth};
use crate::resolve::answer::Matched;
use crate::resolve::probe::Recorder;
use crate::resolve::settle::{Adjustment, Dropped, Origin, Settled, Stand, settled};
use crate::viewers::Matcher;

use super::{Sentence, Telling, Verdict};
use crate::resolve::condition::truth;

/// The step of a sentence about an entry that the manifest settles.
const SETTLED: &str = "settled";

impl Telling<'_> {
    /// Which container answers and why, with the entries that were dropped, passed over or outranked.
    pub(super) fn membership(
        &self,
        found: Option<(Matcher, ContainerId)>,
        fallback: Option<ContainerId>,
        sentences: &mut Vec<Sentence>,
    ) {
        let settled = settled(self.rules, self.owner);
        let matching = self.matchers();
        let before = sentences.len();
        // Of entries that were moved together, the one that is left tells it.
        let moved = found.and_then(|(matcher, container)| settled.stand(Matched { matcher, container }));
        let moved = moved.filter(|stand| matches!(stand.adjustment, Adjustment::Moved(..))).map(|stand| stand.matcher);
        for dropped in settled.dropped.iter().filter(|it| matching.contains(&it.matcher) && Some(it.matcher) != moved) {
            sentences.push(self.dropped(dropped, &settled));
        }
        for withheld in settled.withheld.iter().filter(|(matcher, ..)| matching.contains(matcher)) {
            sentences.push(self.withheld(*withheld, &settled));
        }
        let among = self.among();
        for stand in settled.entries.iter().filter(|stand| matching.contains(&stand.matcher)) {
            if !among.has(stand.container) {
                sentences.push(self.passed_over(stand));
            }
        }
        match found {
            Some((matcher, container)) => self.answers(Matched { matcher, container }, &settled, &matching, sentences),
            None => {
                let passed_over = settled.entries.iter().any(|stand| matching.contains(&stand.matcher));
                sentences.push(self.fallback(fallback, passed_over));
            }
        }
        if sentences.iter().skip(before).any(|sentence| sentence.step == SETTLED) {
            self.in_effect(&settled, sentences);
        }
    }

    /// Why the manifest that settled is in effect: its condition, and what that read. One without a condition is in
    /// effect because no other is, and one that is assumed is told with the assumptions.
    fn in_effect(&self, settled: &Settled, sentences: &mut Vec<Sentence>) {
        let model = self.rules.model();
        let Some(manifest) = settled.manifest.map(|manifest| &model.manifests[manifest]) else { return };
        let Some(when) = manifest.when else { return };
        let mut recorder = Recorder::default();
        if truth(self.rules, when, &self.facts.cast, &mut recorder) != Truth::True {
            return;
        }
        let text = format!("manifest {} is in effect", manifest.declared.name);
        let sentence = Sentence::new("manifest", Verdict::Held, text);
        let detail = format!("when {}", model.condition_name(when));
        sentences.push(sentence.because(detail).at(Some(manifest.declared.span)));
        self.facts.tell(&recorder.into_steps(), 1, sentences);
    }

    /// Everything that can match the viewer, from the most specific to the broadest.
    fn matchers(&self) -> Vec<Matcher> {
        let model = self.rules.model();
        let viewer = self.viewer;
        let mut matchers: Vec<Matcher> = viewer.person.map(Matcher::Person).into_iter().collect();
        viewer.up(model, |domain| {
            matchers.push(Matcher::Domain(domain));
            None::<()>
        });
        if viewer.network != Network::Other {
            matchers.push(Matcher::Network(viewer.network));
        }
        if viewer.has_address() {
            matchers.push(Matcher::Authenticated);
        }
        matchers.push(Matcher::Everyone);
        matchers
    }

    /// The containers that can answer.
    fn among(&self) -> Containers {
        match (self.rules.model().resolution, self.category) {
            (Resolution::PerCategory, Some(category)) => self.rules.graph().tables().holds(category),
            _ => Containers(u64::MAX),
        }
    }

    fn answers(&self, matched: Matched, settled: &Settled, matching: &[Matcher], sentences: &mut Vec<Sentence>) {
        let Matched { matcher, container } = matched;
        let among = self.among();
        let stands = |stand: &&Stand| stand.matcher == matcher && among.has(stand.container);
        let lower: Vec<&Stand> =
            settled.entries.iter().filter(stands).filter(|stand| stand.container != container).collect();
        let Some(stand) = settled.stand(matched) else { return };
        let model = self.rules.model();
        let text = format!("{} is in {}", matcher.describe(model), model.container_name(container));
        let (origin, at) = self.origin(stand);
        let mut details: Vec<String> = origin.into_iter().collect();
        if !lower.is_empty() {
            let names: Vec<String> = lower.iter().map(|stand| model.container_name(stand.container)).collect();
            details.push(format!("comes before {}, as the higher number does", names.join(", ")));
        }
        details.extend(self.no_narrower(matcher, matching, settled));
        sentences.push(Sentence::new("membership", Verdict::Held, text).because(details.join("; ")).at(at));
        self.groups(stand, sentences);
        sentences.extend(self.change(stand));
        sentences.extend(self.made_contact(settled));
        for stand in &settled.entries {
            let rank = |of: Matcher| matching.iter().position(|matcher| *matcher == of);
            let broader = rank(stand.matcher) > rank(matcher) && rank(stand.matcher).is_some();
            if broader && among.has(stand.container) {
                sentences.push(self.outranked(stand, matcher));
            }
        }
    }

    /// The lines of the groups through which somebody is there, outermost first.
    fn groups(&self, stand: &Stand, sentences: &mut Vec<Sentence>) {
        let model = self.rules.model();
        let lines = stand.lines_of_groups(self.rules.graph());
        let inner = lines.iter().skip(1).map(|(group, _)| format!("group {}", model.groups[*group].name));
        let named = inner.chain([stand.matcher.describe(model)]);
        for ((group, line), named) in lines.iter().zip(named) {
            let text = format!("{named} is in group {}", model.groups[*group].name);
            sentences.push(Sentence::new("group", Verdict::Held, text).inside(1).at(Some(*line)));
        }
    }

    /// "no user or domain entry matches"; "no other" if one does, in a container that does not hold the category.
    fn no_narrower(&self, matcher: Matcher, matching: &[Matcher], settled: &Settled) -> Option<String> {
        let mut narrower: Vec<&str> = Vec::new();
        if !matches!(matcher, Matcher::Person(_)) {
            narrower.push("user");
        }
        if matches!(matcher, Matcher::Network(_) | Matcher::Authenticated | Matcher::Everyone) {
            narrower.push("domain");
        }
        let before: Vec<&Matcher> = matching.iter().take_while(|other| **other != matcher).collect();
        let for_all = matches!(matcher, Matcher::Authenticated | Matcher::Everyone);
        if for_all && before.iter().any(|matcher| matches!(matcher, Matcher::Network(_))) {
            narrower.push("network");
        }
        if before.contains(&&Matcher::Authenticated) && !settled.entries_for(Matcher::Authenticated).is_empty() {
            narrower.push("authenticated");
        }
        let (last, others) = narrower.split_last()?;
        let types = if others.is_empty() { (*last).to_owned() } else { format!("{} or {last}", others.join(", ")) };
        let passed_over = settled.entries.iter().any(|stand| before.contains(&&stand.matcher));
        Some(format!("no {}{types} entry matches", if passed_over { "other " } else { "" }))
    }

    /// Where an entry comes from, in words, and its place.
    fn origin(&self, stand: &Stand) -> (Option<String>, Option<Span>) {
        let model = self.rules.model();
        match stand.origin {
            Origin::Directory(span) => (None, Some(span)),
            Origin::Group(group, entry, _) => {
                (Some(format!("as member of group {}", model.groups[group].name)), Some(entry))
            }
            Origin::Policy(membership, span, group) => {
                let label = &model.memberships[membership].declared.name;
                let words = match group {
                    Some((group, _)) => {
                        format!("membership \"{label}\" grants it to group {}", model.groups[group].name)
                    }
                    None => format!("membership \"{label}\" grants it"),
                };
                (Some(words), Some(span))
            }
            Origin::Manifest(rule) => (None, Some(model.manifest_rules[rule].span)),
        }
    }

    /// What settling did to the entry that answers.
    fn change(&self, stand: &Stand) -> Option<Sentence> {
        let model = self.rules.model();
        let (rule, text) = match &stand.adjustment {
            Adjustment::None => return None,
            Adjustment::Added(rule) => (*rule, "this entry is added, since none is recorded".to_owned()),
            Adjustment::Moved(rule, from) => {
                let names: Vec<String> = from.iter().map(|container| model.container_name(container)).collect();
                (*rule, format!("this entry is moved from {}", names.join(" and ")))
            }
        };
        Some(Sentence::new(SETTLED, Verdict::Held, text).because(self.demand(rule)).at(self.rule_at(rule)))
    }

    /// A stranger with an entry becomes a contact, and that is read by conditions.
    fn made_contact(&self, settled: &Settled) -> Option<Sentence> {
        let viewer = self.viewer.person?;
        let (_, rule) = settled.made_contacts.iter().find(|(person, _)| *person == viewer)?;
        let text = format!("{} is made a contact", self.viewer_name);
        Some(Sentence::new(SETTLED, Verdict::Held, text).because(self.demand(*rule)).at(self.rule_at(*rule)))
    }

    /// "manifest private: exactly one, default colleagues"
    fn demand(&self, rule: ManifestRuleId) -> String {
        let model = self.rules.model();
        let manifest = model.manifests.values().find(|manifest| manifest.rules.contains(&rule));
        let name = manifest.map_or("", |manifest| manifest.declared.name.as_str());
        format!("manifest {name}: {}", model.manifest_rule_name(rule))
    }

    fn rule_at(&self, rule: ManifestRuleId) -> Option<Span> {
        Some(self.rules.model().manifest_rules[rule].span)
    }

    fn dropped(&self, dropped: &Dropped, settled: &Settled) -> Sentence {
        let model = self.rules.model();
        let entry = dropped.matcher.describe(model);
        let text = format!("{entry} is no longer in {}", model.container_name(dropped.container));
        let sentence = Sentence::new(SETTLED, Verdict::Failed, text);
        match dropped.rule {
            Some(rule) => sentence.because(self.demand(rule)).at(self.rule_at(rule)),
            None => {
                let blocking = settled.entries.iter().find(|stand| stand.matcher == dropped.matcher);
                let names = blocking.map(|stand| model.container_name(stand.container)).unwrap_or_default();
                sentence.because(format!("being in {names}, which blocks, counts alone"))
            }
        }
    }

    /// An entry that the manifest demands, and that would undo a block.
    fn withheld(&self, (matcher, rule, broader): (Matcher, ManifestRuleId, Matcher), settled: &Settled) -> Sentence {
        let model = self.rules.model();
        let stands = settled.entries.iter().filter(|stand| stand.matcher == broader);
        let blocking = stands.map(|stand| stand.container).find(|container| model.containers[*container].blocking);
        let place = blocking.map(|container| model.container_name(container)).unwrap_or_default();
        let wanted = model.manifest_rules[rule].default.map(|container| model.container_name(container));
        let text = format!("no entry of {} is added in {}", matcher.describe(model), wanted.unwrap_or_default());
        let why = format!("{} is in {place}, which blocks; {}", broader.describe(model), self.demand(rule));
        Sentence::new(SETTLED, Verdict::Failed, text).because(why).at(self.rule_at(rule))
    }

    fn passed_over(&self, stand: &Stand) -> Sentence {
        let model = self.rules.model();
        let entry = stand.matcher.describe(model);
        let container = model.container_name(stand.container);
        let category = self.category_name();
        Sentence::new("passed over", Verdict::Outranked, format!("{entry} is in {container}"))
            .because(format!("which does not hold {category}, so it does not decide it"))
            .at(self.origin(stand).1)
    }

    fn outranked(&self, stand: &Stand, by: Matcher) -> Sentence {
        let model = self.rules.model();
        let entry = stand.matcher.describe(model);
        let container = model.container_name(stand.container);
        Sentence::new("outranked", Verdict::Outranked, format!("{entry} is in {container}"))
            .because(match (stand.matcher, by) {
                (Matcher::Domain(_), Matcher::Domain(_)) => "the longer domain comes first".to_owned(),
                (_, Matcher::Authenticated) => "an authenticated entry comes first".to_owned(),
                _ => format!("a {} entry comes first", by.type_name()),
            })
            .at(self.origin(stand).1)
    }

    /// No entry decides; `passed_over` says that some match, in containers that do not hold the category.
    fn fallback(&self, fallback: Option<ContainerId>, passed_over: bool) -> Sentence {
        let model = self.rules.model();
        let (viewer, category) = (self.viewer_name, self.category_name());
        let other = if passed_over { "other " } else { "" };
        let sentence = Sentence::new("membership", Verdict::Failed, format!("no {other}entry matches {viewer}"));
        match fallback {
            Some(container) => sentence
                .because(format!("so {} answers", model.container_name(container)))
                .at(Some(model.containers[container].declared.span)),
            None => match model.fallback() {
                Some(fallback) => sentence
                    .because(format!(
                        "and {} does not hold {category}, so nobody answers",
                        model.container_name(fallback)
                    ))
                    .at(Some(model.containers[fallback].declared.span)),
                None => sentence.because("and there is no container 0, so nobody answers"),
            },
        }
    }
}
