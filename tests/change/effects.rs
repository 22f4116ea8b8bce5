//! The effect that is planned is the difference of all decisions before and after, made pair by pair.

use std::collections::BTreeMap;

use prescope::diff::{Diff, Effect, Features, Presence};
use prescope::language::ast::Shape;
use prescope::model::{FeatureId, FieldId, ParameterOf, UserId, ValueType};
use prescope::project::{PlannedChange, Project};
use prescope::resolve::{Answer, Cast, Class, Entries, RuleSet, Somebody, decide_field, decide_use, meeting, people};

use super::change;
use crate::given;
use crate::tries::{at_least_due, is_whole, share};

/// What is seen, in the order of how much that is; texts by themselves, since their numbers differ from set to set.
fn seen(rules: &RuleSet, viewer: Somebody, owner: UserId, field: FieldId) -> (u8, String) {
    match decide_field(rules, viewer, owner, field).answer {
        Answer::Hidden => (0, String::new()),
        Answer::Altered(value) => {
            let kind = rules.model().fields[field].kind.clone().unwrap_or(ValueType::Text);
            (1, rules.model().value_name(&kind, value))
        }
        Answer::Visible => (2, String::new()),
    }
}

fn presence(before: &RuleSet, after: &RuleSet) -> Presence {
    let model = before.model();
    let mut presence = Presence::default();
    for owner in model.users.ids() {
        let people = model.people.ids().filter(|person| *person != model.users[owner].person);
        let known = people.map(|person| (true, Somebody::known(model, person)));
        let classes = people::classes(before, owner).into_iter().filter(Class::is_open);
        let mut any = false;
        for (known, viewer) in known.chain(classes.map(|class| (false, class.representative))) {
            for field in model.fields.ids() {
                let (old, new) = (seen(before, viewer, owner, field), seen(after, viewer, owner, field));
                let direction = match old.0.cmp(&new.0) {
                    _ if old == new => continue,
                    std::cmp::Ordering::Less => 0,
                    std::cmp::Ordering::Greater => 1,
                    std::cmp::Ordering::Equal => 2,
                };
                any = true;
                match (known, direction) {
                    (true, 0) => presence.gained += 1,
                    (true, 1) => presence.lost += 1,
                    (true, _) => presence.altered += 1,
                    (false, direction) => presence.open[direction] += 1,
                }
            }
        }
        presence.owners += usize::from(any);
    }
    presence
}

fn features(before: &RuleSet, after: &RuleSet) -> Vec<Features> {
    let model = before.model();
    let mut counts: BTreeMap<FeatureId, [usize; 2]> = BTreeMap::new();
    let mut count = |feature: FeatureId, cast: Cast| {
        let [old, new] = [before, after].map(|rules| decide_use(rules, feature, &cast).available);
        if old != new {
            counts.entry(feature).or_default()[usize::from(old)] += 1;
        }
    };
    let people = || model.people.ids().map(|person| Somebody::known(model, person));
    for (feature, of) in model.features.iter() {
        match of.shape {
            Shape::User => model.users.ids().for_each(|user| {
                let user = Somebody::user(model, user);
                count(feature, Cast::view(user, user));
            }),
            Shape::Viewer => model.users.ids().for_each(|owner| {
                let owner = Somebody::user(model, owner);
                let viewers = people().filter(|viewer| viewer.person != owner.person);
                viewers.for_each(|viewer| count(feature, Cast::view(viewer, owner)));
            }),
            Shape::Party => people().for_each(|one| {
                let others = people().filter(|other| other.person != one.person);
                others.for_each(|other| count(feature, Cast::view(one, other)));
            }),
            Shape::Participant => model.meetings.ids().for_each(|meeting| {
                for (_, somebody, role) in meeting::participants(before.model(), meeting) {
                    count(feature, Cast::in_meeting(before.model(), meeting, somebody, Some(role)));
                }
            }),
        }
    }
    let name = |feature: FeatureId| model.features[feature].declared.name.clone();
    counts.into_iter().map(|(it, [gained, lost])| Features { feature: name(it), gained, lost }).collect()
}

/// Holds the effect of a change against all decisions; what it is, for more to be said of it.
#[track_caller]
pub(crate) fn compared<'c>(project: &Project, changed: &'c PlannedChange, ask: &str) -> &'c Effect {
    let rules = |project| given::rules(project, Entries::InForce);
    let (before, after) = (rules(project), rules(&changed.project));
    let effect = &changed.effect;
    let counted = Presence { alike: Vec::new(), ..effect.presence.clone() };
    assert_eq!(counted, presence(&before, &after), "{ask}");
    assert_eq!(effect.features, features(&before, &after), "{ask}");
    // The same between any two sets, where nothing is known of what cannot concern whom.
    let diff = Diff::between(&before, &after);
    assert_eq!(diff.effect(), *effect, "{ask}");
    if diff.is_empty() {
        assert_eq!((effect.presence.owners, &*effect.features), (0, &[][..]), "{ask}");
    }
    assert!(Diff::between(&before, &before).is_empty(), "{ask}");
    effect
}

/// Every kind of feature, and everything that settings can act on.
const POLICY: &str = r#"
category card { name, phone, badge: none | green | red }
category note { text }
container everybody(0) { publishes card.name }
container known(100) "Known" visible {
    publishes card.name, note
    shows card.badge as green when owner.Badge
}
container near(200) "Near" visible {
    publishes card, note
    shows card.badge as red when owner.Badge and owner.Level > 5
    shows card.badge as green when owner.Badge
}
container out(900) "Out" visible blocking { publishes card.name }
manifest closed when owner.Closed {
    contact in visible, exactly one, default near, else move
    same_enterprise in blocking, at most one, else remove
}
manifest open {
    same_enterprise in visible, exactly one, default known
}
settings Presence at global, site, tag {
    Closed: bool = false
    Badge:  bool = false
    Level:  0..9 = 5
    Phone:  none | all = all
    Word:   text = "a"
}
settings Calls at global, site {
    Rank: 0..3 = 1
    Talk: bool = true
}
attributes participant { role: organizer | presenter | attendee = attendee }
guard card.phone {
    deny "not published" when owner.Phone == none
    deny "too low"       when viewer.Rank < 1
}
guard note {
    deny "another word" when viewer.Word != owner.Word and viewer not in near
}
feature ring "Ring" for user { deny "no talk" unless user.Talk, otherwise available }
feature greet "Greet" for viewer of owner {
    deny "closed"  when owner.Closed and viewer not in near
    deny "too low" when viewer.Rank < owner.Rank and not viewer is contact of owner
    otherwise available
}
feature talk "Talk" for party with peer {
    deny "no talk" unless party.Talk and peer.Talk
    deny "far"     when party.Rank < peer.Rank and party.network == peer.network
    otherwise available
}
feature record "Record" for participant of meeting {
    requires nothing_more
    allow "ranks" when participant.Rank >= organizer.Rank
    otherwise unavailable
}
feature nothing_more "Nothing" for participant of meeting {
    deny "no talk" unless organizer.Talk
    otherwise available
}
policy Presence site Redmond { Level = 7 }
policy Presence tag Loud     { Badge = true, Word = "b" }
"#;

const DIRECTORY: &str = r#"
organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com], public_cloud: [live.com] }
sites: { Redmond: { pools: [pool01.contoso.com] }, London: { pools: [pool02.contoso.com] } }
groups: { friends: [kim@fabrikam.com, bob@contoso.com] }
users:
  anna@contoso.com:
    pool: pool01.contoso.com
    contacts: [bob@contoso.com, kim@fabrikam.com]
    memberships: { known: [same_enterprise], near: ["user:kim@fabrikam.com"], out: ["domain:live.com"] }
    presence: { card.badge: green }
  bob@contoso.com:
    pool: pool02.contoso.com
    policies: { Presence: Loud }
    contacts: [anna@contoso.com]
    memberships: { near: [federated, "user:eve@live.com"] }
  carol@contoso.com:
    pool: pool02.contoso.com
    memberships: { known: [everyone] }
  dan@contoso.com: {}
meetings:
  review:
    organizer: anna@contoso.com
    participants: { bob@contoso.com: presenter, kim@fabrikam.com: attendee, anonymous: attendee, old@contoso.com: attendee }
  frozen:
    organizer: bob@contoso.com
    participants: { carol@contoso.com: presenter, dan@contoso.com: attendee }
    in_session: { Calls: { Talk: true } }
"#;

#[test]
fn an_effect_is_the_difference_of_all_decisions() {
    let project = given::set(POLICY, DIRECTORY);
    let asks = [
        "set Presence.Closed=true",
        "set Presence.Closed=true --at all",
        "set Presence.Closed=true --at tag:Loud",
        "set Presence.Badge=true Presence.Level=9",
        "set Presence.Badge=true Presence.Level=9 --at all",
        "set Presence.Level=9 --at tag:Loud",
        "set Presence.Phone=none",
        "set Presence.Phone=none --at site:Redmond",
        "set Presence.Word=\"b\"",
        "set Presence.Word=\"new\" --at all",
        "set Presence.Word=\"new\" --at tag:Loud",
        "set Calls.Rank=0",
        "set Calls.Rank=3 --at all",
        "set Calls.Talk=false",
        "set Calls.Talk=false Calls.Rank=0 Presence.Closed=true Presence.Word=\"x\" --at all",
        "new Calls --at site:London",
        "new Presence --at site:London --like tag:Loud",
        "new Presence --at tag:Quiet --like site:Redmond",
        "remove Presence --at site:Redmond",
        "remove Presence --at global",
    ];
    let all = ["gained", "lost", "altered", "open", "ring", "greet", "talk", "record", "nothing_more"];
    let (mut silent, mut seen) = (Vec::new(), BTreeMap::new());
    for ask in share(asks) {
        let changed = change(&project, ask).unwrap_or_else(|refusal| panic!("{ask}: {refusal:?}"));
        let effect = compared(&project, &changed, ask);
        let Presence { gained, lost, altered, open, .. } = effect.presence;
        for (what, count) in [("gained", gained), ("lost", lost), ("altered", altered), ("open", open.iter().sum())] {
            *seen.entry(what).or_insert(0) += count;
        }
        for of in &effect.features {
            let known = all.into_iter().find(|name| *name == of.feature).expect("a feature");
            *seen.entry(known).or_insert(0) += of.gained + of.lost;
        }
        if effect == &Effect::default() {
            silent.push(ask);
        }
        // And the way back.
        let there = &changed.project;
        for of in there.model().objects.values() {
            let class = &there.model().classes[of.class].declared.name;
            let ask = format!("remove {class} --at '{}'", of.spelt);
            if let Ok(changed) = change(there, &ask) {
                compared(there, &changed, &ask);
            }
        }
    }
    // What is declared is what holds already, or for nobody.
    let declared_already = [
        "new Calls --at site:London",
        "new Presence --at tag:Quiet --like site:Redmond",
        "remove Presence --at global",
    ];
    let due = share(asks);
    assert_eq!(silent, declared_already.into_iter().filter(|ask| due.contains(ask)).collect::<Vec<_>>());
    let unseen: Vec<&str> = all.into_iter().filter(|what| seen.get(what).is_none_or(|count| *count == 0)).collect();
    assert!(unseen.is_empty() || !is_whole(), "nothing here changes {unseen:?}");
}

/// Settings that apply to users, by name and value.
#[test]
fn settings_say_for_whom_they_change() {
    let project = given::set(POLICY, DIRECTORY);
    let said = |ask: &str| -> Vec<String> {
        let changed = change(&project, ask).unwrap_or_else(|refusal| panic!("{ask}: {refusal:?}"));
        let model = project.model();
        let user = |user: &UserId| model.people[model.users[*user].person].address.as_str().to_owned();
        let settings = changed.effect.settings.iter();
        let line = |of: &prescope::diff::SettingChange| {
            let users: Vec<String> = of.users.iter().map(user).collect();
            format!("{} {} {} {}", of.setting, of.before, of.after, users.join(" "))
        };
        settings.map(line).collect()
    };
    assert_eq!(said("set Presence.Level=6"), ["Presence.Level 5 6 carol@contoso.com dan@contoso.com"]);
    assert_eq!(
        said("set Presence.Word=\"z\" --at all"),
        [
            "Presence.Word \"a\" \"z\" anna@contoso.com carol@contoso.com dan@contoso.com",
            "Presence.Word \"b\" \"z\" bob@contoso.com",
        ]
    );
    assert_eq!(
        said("new Presence --at site:London --like tag:Loud"),
        ["Presence.Badge false true carol@contoso.com", "Presence.Word \"a\" \"b\" carol@contoso.com",]
    );
    assert_eq!(said("remove Presence --at site:Redmond"), ["Presence.Level 7 5 anna@contoso.com"]);
    assert_eq!(said("set Presence.Level=7 --at site:Redmond"), [""; 0]);
}

/// Contoso, with each of its two-valued settings turned over everywhere.
#[test]
fn effects_of_contoso_are_the_differences_of_all_decisions() {
    let project = Project::open(given::repository().join("examples/contoso"));
    let model = project.model();
    let (mut asked, mut changing) = (0, 0);
    let turned = model.parameters.values().filter_map(|parameter| {
        let ParameterOf::Setting(class) = parameter.belongs_to else { return None };
        let ours = model.objects.values().any(|of| of.class == class);
        (parameter.kind == ValueType::Bool && ours).then_some((parameter, class))
    });
    for (parameter, class) in share(turned) {
        let value = parameter.default == prescope::model::Value::TRUE;
        let (class, name) = (&model.classes[class].declared.name, &parameter.declared.name);
        let ask = format!("set {class}.{name}={} --at all", !value);
        let changed = change(&project, &ask).unwrap_or_else(|refusal| panic!("{ask}: {refusal:?}"));
        let effect = compared(&project, &changed, &ask);
        asked += 1;
        changing += usize::from(effect.presence != Presence::default() || !effect.features.is_empty());
    }
    assert!(asked >= at_least_due(20) && changing >= at_least_due(10), "{asked} {changing}");
}
