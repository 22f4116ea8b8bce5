//! Small random sets of features that disclose, and everybody there could be: what the law asks one by one.
//!
//! Beside the directory itself stands a larger one, with somebody for each combination of values that a person or a
//! meeting to come can have. Every reading of such a value is used once in a feature, so that each can be chosen
//! freely.

use prescope::project::Project;
use prescope::resolve::{Context, Entries, RuleSet};
use proptest::sample::Index;

use crate::given;
use crate::oracle::tape::Tape;

pub(super) const ROLES: [&str; 3] = ["organizer", "presenter", "attendee"];
const NETWORKS: [&str; 4] = ["same_enterprise", "public_cloud", "federated", "other"];
/// Who belongs to recipients, and the name of each.
const RECIPIENTS: [(&str, &str); 9] = [
    ("vendor", "external"),
    ("colleagues", "is network same_enterprise"),
    ("partners", "is network federated"),
    ("outside", "is network federated or public_cloud or other"),
    ("board", "is group board"),
    ("public", "is everyone"),
    ("presenters", "is role organizer or presenter"),
    ("attendees", "is role attendee"),
    ("participants", "is role organizer or presenter or attendee"),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    User,
    Viewer,
    Participant,
    Party,
}

impl Shape {
    const ALL: [Shape; 4] = [Shape::User, Shape::Viewer, Shape::Participant, Shape::Party];

    fn words(self) -> &'static str {
        match self {
            Shape::User => "user",
            Shape::Viewer => "viewer of owner",
            Shape::Participant => "participant of meeting",
            Shape::Party => "party with peer",
        }
    }

    /// Whose values rules read, and whose data there is.
    fn roles(self) -> &'static [&'static str] {
        match self {
            Shape::User => &["user"],
            Shape::Viewer => &["viewer", "owner"],
            Shape::Participant => &["participant", "organizer"],
            Shape::Party => &["party", "peer"],
        }
    }
}

/// A disclosure, and where it stands: `FEATURE` discloses `item` `of` to a recipient.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) feature: String,
    pub(super) shape: Shape,
    pub(super) of: Option<&'static str>,
    pub(super) to: &'static str,
    /// The number of the line in the feature.
    pub(super) number: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Meeting {
    pub(super) name: String,
    pub(super) organizer: String,
    pub(super) participants: Vec<(String, &'static str)>,
}

pub(crate) struct World {
    pub(super) lines: Vec<Line>,
    pub(super) users: Vec<String>,
    pub(super) board: Vec<String>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) policy: String,
    pub(crate) project: Project,
    pub(super) larger: Project,
    /// Everybody of the larger directory who is not in the smaller one.
    pub(super) everybody: Vec<String>,
    /// Of the users among them, one of each kind.
    pub(super) to_come: Vec<String>,
}

/// The meetings of the larger directory that one of those users has convened.
pub(super) fn convened(user: &str) -> [String; 2] {
    let local = user.split('@').next().expect("an address");
    ["no", "yes"].map(|open| format!("m_{local}_{open}"))
}

/// Conditions over readings, each open one used once.
struct Readings {
    left: Vec<String>,
    free: Vec<String>,
}

impl Readings {
    fn of(shape: Shape) -> Readings {
        let mut readings = Readings { left: Vec::new(), free: Vec::new() };
        for role in shape.roles() {
            readings.left.extend([format!("{role}.a"), format!("{role}.b"), format!("{role} in group board")]);
            readings.free.extend(NETWORKS.map(|network| format!("{role}.network == {network}")));
        }
        if shape == Shape::Participant {
            readings.left.push("meeting.open".to_owned());
            readings.free.extend(ROLES.map(|role| format!("participant.role == {role}")));
        }
        readings
    }

    fn one(&mut self, tape: &mut Tape<'_>) -> String {
        let part = if !self.left.is_empty() && tape.chance(60) {
            let at = tape.below(self.left.len());
            self.left.remove(at)
        } else {
            tape.pick(&self.free)
        };
        if tape.chance(30) { format!("not ({part})") } else { part }
    }

    fn condition(&mut self, tape: &mut Tape<'_>) -> String {
        let first = self.one(tape);
        match tape.below(3) {
            0 => first,
            1 => format!("{first} and {}", self.one(tape)),
            _ => format!("{first} or {}", self.one(tape)),
        }
    }
}

fn feature(name: &str, tape: &mut Tape<'_>, policy: &mut String, lines: &mut Vec<Line>) {
    let shape = tape.pick(&[&Shape::ALL[..], &[Shape::Participant, Shape::Participant]].concat());
    let mut readings = Readings::of(shape);
    let mut body = String::new();
    let mut allows = false;
    for number in 0..tape.below(3) {
        let effect = tape.pick(&["allow", "deny"]);
        allows |= effect == "allow";
        body.push_str(&format!("  {effect} \"r{number}\" when {}\n", readings.condition(tape)));
    }
    let mut shadows = String::new();
    for number in 0..tape.between(1, 3) {
        let when = if tape.chance(50) { readings.condition(tape) } else { "true".to_owned() };
        let of = tape.maybe(70, |tape| tape.pick(shape.roles()));
        let (to, _) = tape.pick(&RECIPIENTS);
        let whose = of.map(|of| format!(" of {of}")).unwrap_or_default();
        body.push_str(&format!("  discloses c{number}{whose} to {to} when {when}\n"));
        // What the condition comes to, as features that can be asked for.
        let (words, is, gone) = (shape.words(), format!("{name}_is_{number}"), format!("{name}_gone_{number}"));
        shadows.push_str(&format!("feature {is} for {words} {{ allow \"x\" when {when} }}\n"));
        shadows.push_str(&format!("feature {gone} for {words} {{ allow \"x\" when not ({when}) }}\n"));
        lines.push(Line { feature: name.to_owned(), shape, of, to, number });
    }
    let otherwise = if allows || tape.chance(30) { "unavailable" } else { "available" };
    policy.push_str(&format!("feature {name} for {} {{\n{body}  otherwise {otherwise}\n}}\n{shadows}", shape.words()));
}

const USERS: [&str; 3] = ["anna@contoso.com", "bob@contoso.com", "cem@contoso.com"];
const OUTSIDE: [&str; 3] = ["kim@fabrikam.com", "joe@live.com", "zoe@elsewhere.example"];

/// Bytes of which one is another: of a set that differs in little.
pub(crate) fn near(bytes: &[u8], at: Index, byte: u8) -> Vec<u8> {
    let mut near = bytes.to_vec();
    if !near.is_empty() {
        let at = at.index(near.len());
        near[at] = byte;
    }
    near
}

impl World {
    pub(crate) fn of(bytes: &[u8]) -> World {
        let tape = &mut Tape::new(bytes);
        let mut policy = String::from(
            "attributes user { a: bool = false, b: bool = false }\nattributes meeting { open: bool = false }\n\
             attributes participant { role: organizer | presenter | attendee = attendee }\n\
             category c0 { f }\ncategory c1 { f }\ncategory c2 { f }\n",
        );
        for (name, is) in RECIPIENTS {
            policy.push_str(&format!("recipient {name} {is}\n"));
        }
        let users: Vec<String> = USERS[..tape.between(1, 3)].iter().map(|user| (*user).to_owned()).collect();
        let people: Vec<String> = users.iter().cloned().chain(OUTSIDE.map(str::to_owned)).collect();
        let board = tape.some(&people, 35);
        let written = |a: usize, b: usize| format!("{{ attributes: {{ a: {}, b: {} }} }}", a == 1, b == 1);
        let mut directory: String =
            users.iter().map(|user| format!("  {user}: {}\n", written(tape.below(2), tape.below(2)))).collect();
        let mut meetings = Vec::new();
        let mut convening = String::new();
        for name in &["m0", "m1"][..tape.below(3)] {
            let organizer = tape.pick(&users);
            let mut listed: Vec<(String, &'static str)> = Vec::new();
            for person in people.iter().cloned().chain(["anonymous".to_owned()]) {
                let percent = if person == organizer { 15 } else { 40 };
                listed.extend(tape.maybe(percent, |tape| (person, tape.pick(&ROLES))));
            }
            let names: Vec<String> = listed.iter().map(|(person, role)| format!("{person}: {role}")).collect();
            let open = tape.chance(50);
            convening.push_str(&format!(
                "  {name}: {{ organizer: {organizer}, attributes: {{ open: {open} }}, participants: {{ {} }} }}\n",
                names.join(", ")
            ));
            if !listed.iter().any(|(person, _)| *person == organizer) {
                listed.push((organizer.clone(), "organizer"));
            }
            meetings.push(Meeting { name: (*name).to_owned(), organizer, participants: listed });
        }
        let mut lines = Vec::new();
        for name in &["p", "q", "r", "s"][..tape.between(1, 4)] {
            feature(name, tape, &mut policy, &mut lines);
        }
        let (mut more, mut more_meetings) = (String::new(), String::new());
        let (mut everybody, mut to_come, mut in_board) = (Vec::new(), Vec::new(), Vec::new());
        // Two of each kind, since nobody is their own peer.
        for number in 0..16 {
            let user = format!("x{number}@contoso.com");
            more.push_str(&format!("  {user}: {}\n", written(number & 1, number >> 1 & 1)));
            in_board.extend((number >> 2 & 1 == 1).then(|| user.clone()));
            for (name, open) in convened(&user).iter().zip([false, true]) {
                let of = format!("organizer: {user}, attributes: {{ open: {open} }}");
                more_meetings.push_str(&format!("  {name}: {{ {of} }}\n"));
            }
            everybody.push(user.clone());
            to_come.extend((number < 8).then_some(user));
        }
        for domain in ["fabrikam.com", "live.com", "elsewhere.example"] {
            everybody.extend(["y0", "y1", "y2", "y3"].map(|local| format!("{local}@{domain}")));
            in_board.extend(["y2", "y3"].map(|local| format!("{local}@{domain}")));
        }
        let whole = |users: &str, meetings: &str, board: &[String]| {
            let board: Vec<String> = board.iter().map(|person| format!("\"{person}\"")).collect();
            let meetings = if meetings.is_empty() { String::new() } else { format!("meetings:\n{meetings}") };
            given::set(
                &policy,
                &format!(
                    "organization: {{ domains: [contoso.com] }}\n\
                     federation: {{ partners: [fabrikam.com], public_cloud: [live.com] }}\n\
                     users:\n{users}{meetings}groups: {{ board: [{}] }}\n",
                    board.join(", ")
                ),
            )
        };
        let project = whole(&directory, &convening, &board);
        let all = [board.clone(), in_board].concat();
        directory.push_str(&more);
        let larger = whole(&directory, &format!("{convening}{more_meetings}"), &all);
        World { lines, users, board, meetings, project, larger, everybody, to_come, policy }
    }

    pub(super) fn rules(&self) -> [RuleSet; 2] {
        [&self.project, &self.larger].map(|project| given::rules(project, Entries::InForce))
    }
}

impl Meeting {
    pub(super) fn role(&self, person: &str) -> Option<&'static str> {
        self.participants.iter().find(|(name, _)| name == person).map(|(_, role)| *role)
    }
}

/// Whether a line certainly comes about when somebody uses its feature, and whether it may.
pub(super) fn comes_about(rules: &RuleSet, line: &Line, who: &str, context: Context<'_>) -> (bool, bool) {
    use prescope::resolve::decide_use;
    let may = |feature: &str| {
        let question = rules.use_feature(who, feature, context).unwrap_or_else(|it| panic!("{feature}: {it}"));
        decide_use(rules, question.feature(), question.cast()).available
    };
    let Line { feature, number, .. } = line;
    if !may(feature) {
        return (false, false);
    }
    (may(&format!("{feature}_is_{number}")), !may(&format!("{feature}_gone_{number}")))
}
