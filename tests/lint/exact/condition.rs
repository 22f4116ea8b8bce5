//! Conditions as data, written as text and evaluated world by world: one value after the other, and nothing clever.

/// What one world says of each variable: an index into its values.
pub(super) type World = [u8; 16];

/// The variables, with how many values each has. Of somebody outside (a network other than 0) what stands behind `known
/// inside` is unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Variable {
    Network,
    ViewerA,
    ViewerColour,
    ViewerOn,
    ViewerSize,
    OwnerA,
    OwnerB,
    OwnerColour,
    OwnerOn,
    OwnerSize,
    Mood,
    Level,
    Contact,
    Group,
    ViewerSite,
    OwnerSite,
}

use Variable::{
    Contact, Group, Level, Mood, Network, OwnerA, OwnerB, OwnerColour, OwnerOn, OwnerSite, OwnerSize, ViewerA,
    ViewerColour, ViewerOn, ViewerSite, ViewerSize,
};

impl Variable {
    pub(super) const ALL: [Variable; 16] = [
        Network,
        ViewerA,
        ViewerColour,
        ViewerOn,
        ViewerSize,
        OwnerA,
        OwnerB,
        OwnerColour,
        OwnerOn,
        OwnerSize,
        Mood,
        Level,
        Contact,
        Group,
        ViewerSite,
        OwnerSite,
    ];

    pub(super) fn count(self) -> u8 {
        match self {
            Network | OwnerSize | ViewerSize => 4,
            ViewerColour | OwnerColour | Level => 3,
            // Nowhere, North, and two sites that nobody names.
            ViewerSite | OwnerSite => 4,
            _ => 2,
        }
    }

    fn of(self, world: &World) -> u8 {
        world[self as usize]
    }

    /// The value, if it is known.
    fn known(self, world: &World) -> Option<u8> {
        let outside = Network.of(world) != 0;
        let hidden = matches!(self, ViewerA | ViewerColour | ViewerOn | ViewerSize);
        (!(hidden && outside)).then(|| self.of(world))
    }
}

const NETWORKS: [&str; 4] = ["same_enterprise", "federated", "public_cloud", "other"];
const COLOURS: [&str; 3] = ["red", "green", "blue"];

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Leaf {
    Constant(bool),
    /// A variable of two values by itself.
    Holds(Variable),
    /// Whether a variable has one of these values.
    Among(Variable, bool, Vec<u8>),
    /// A number against another.
    Number(Variable, &'static str, u8),
    /// Two variables of the same kind.
    Same(Variable, bool, Variable),
    /// Whether `private` is the mode.
    Private(bool),
}

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Tree {
    Leaf(Leaf),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

/// True, false, or (none) unknown.
pub(super) type Truth = Option<bool>;

/// `when A unless B`, and where each part of it stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct When {
    pub(super) when: Option<Tree>,
    pub(super) unless: Option<Tree>,
}

/// What decides which mode it is: the condition of `private`, if there is such a manifest.
pub(super) type Modes<'a> = Option<&'a When>;

fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn not(truth: Truth) -> Truth {
    truth.map(|known| !known)
}

impl Leaf {
    fn truth(&self, world: &World, modes: Modes<'_>) -> Truth {
        match self {
            Leaf::Constant(truth) => Some(*truth),
            Leaf::Holds(variable) => variable.known(world).map(|value| value == 1),
            Leaf::Among(variable, negated, values) => {
                variable.known(world).map(|value| values.contains(&value) != *negated)
            }
            Leaf::Number(variable, order, number) => variable.known(world).map(|value| match *order {
                "<" => value < *number,
                "<=" => value <= *number,
                ">" => value > *number,
                _ => value >= *number,
            }),
            Leaf::Same(left, equal, right) => {
                let (left_value, right_value) = (left.known(world)?, right.known(world)?);
                // Nowhere is not the same as nowhere.
                let nowhere = *left == ViewerSite && left_value == 0;
                Some((left_value == right_value && !nowhere) == *equal)
            }
            Leaf::Private(equal) => {
                let when = modes.expect("only where there are manifests");
                // The first manifest whose condition is true.
                Some((when.truth(world, None) == Some(true)) == *equal)
            }
        }
    }

    fn text(&self) -> String {
        let site = |value: &u8| if *value == 1 { "North" } else { panic!("nobody names it") };
        match self {
            Leaf::Constant(truth) => truth.to_string(),
            Leaf::Holds(variable) => path(*variable).to_owned(),
            Leaf::Among(Network, negated, values) if values == &[0] => {
                if *negated {
                    "viewer.inside == false".to_owned()
                } else {
                    "viewer.inside".to_owned()
                }
            }
            Leaf::Among(Level, negated, values) => {
                let name = match values.as_slice() {
                    [1, 2] => "visible",
                    [2] => "blocking",
                    [1] => "some",
                    _ => "zero",
                };
                format!("viewer {}in {name}", if *negated { "not " } else { "" })
            }
            Leaf::Among(Contact, negated, _) => {
                format!("viewer is {}contact of owner", if *negated { "not " } else { "" })
            }
            Leaf::Among(Group, negated, _) => format!("viewer {}in group staff", if *negated { "not " } else { "" }),
            Leaf::Among(variable, negated, values) => {
                let word = |value: &u8| match variable {
                    Network => NETWORKS[usize::from(*value)].to_owned(),
                    ViewerColour | OwnerColour => COLOURS[usize::from(*value)].to_owned(),
                    Mood => ["calm", "cross"][usize::from(*value)].to_owned(),
                    ViewerSite | OwnerSite => site(value).to_owned(),
                    _ => panic!("{variable:?} has no words"),
                };
                match values.as_slice() {
                    [one] => format!("{} {} {}", path(*variable), if *negated { "!=" } else { "==" }, word(one)),
                    several => {
                        let list = several.iter().map(word).collect::<Vec<_>>().join(", ");
                        format!("{} {}in {{ {list} }}", path(*variable), if *negated { "not " } else { "" })
                    }
                }
            }
            Leaf::Number(variable, order, number) => format!("{} {order} {number}", path(*variable)),
            Leaf::Same(left, equal, right) => {
                format!("{} {} {}", path(*left), if *equal { "==" } else { "!=" }, path(*right))
            }
            Leaf::Private(equal) => format!("owner.mode {} private", if *equal { "==" } else { "!=" }),
        }
    }

    fn variables(&self) -> Vec<Variable> {
        match self {
            Leaf::Constant(_) | Leaf::Private(_) => Vec::new(),
            Leaf::Holds(of) | Leaf::Among(of, ..) | Leaf::Number(of, ..) => vec![*of],
            Leaf::Same(left, _, right) => vec![*left, *right],
        }
    }
}

fn path(variable: Variable) -> &'static str {
    match variable {
        Network => "viewer.network",
        ViewerA => "viewer.a",
        ViewerColour => "viewer.colour",
        ViewerOn => "viewer.On",
        ViewerSize => "viewer.Size",
        OwnerA => "owner.a",
        OwnerB => "owner.b",
        OwnerColour => "owner.colour",
        OwnerOn => "owner.On",
        OwnerSize => "owner.Size",
        Mood => "owner.state.mood",
        ViewerSite => "viewer.site",
        OwnerSite => "owner.site",
        Level | Contact | Group => panic!("nothing that is compared"),
    }
}

impl Tree {
    pub(super) fn truth(&self, world: &World, modes: Modes<'_>) -> Truth {
        match self {
            Tree::Leaf(leaf) => leaf.truth(world, modes),
            Tree::Not(of) => not(of.truth(world, modes)),
            Tree::And(of) => all(of.iter().map(|of| of.truth(world, modes))),
            Tree::Or(of) => not(all(of.iter().map(|of| not(of.truth(world, modes))))),
        }
    }

    fn write(&self, text: &mut String, way: &mut Vec<usize>, parts: &mut Vec<Part>) {
        match self {
            Tree::Leaf(leaf) => text.push_str(&leaf.text()),
            Tree::Not(of) => {
                text.push_str("not ");
                way.push(0);
                operand(of, !matches!(**of, Tree::Leaf(_)), text, way, parts);
                way.pop();
            }
            Tree::And(of) | Tree::Or(of) => {
                let word = if matches!(self, Tree::And(_)) { " and " } else { " or " };
                for (at, one) in of.iter().enumerate() {
                    text.push_str(if at == 0 { "" } else { word });
                    way.push(at);
                    let (start, end) = operand(one, matches!(one, Tree::And(_) | Tree::Or(_)), text, way, parts);
                    parts.push(Part { way: way.clone(), start, end });
                    way.pop();
                }
            }
        }
    }

    fn variables(&self, found: &mut Vec<Variable>, reads_mode: &mut bool) {
        match self {
            Tree::Leaf(leaf) => {
                found.extend(leaf.variables());
                *reads_mode |= matches!(leaf, Leaf::Private(_));
            }
            Tree::Not(of) => of.variables(found, reads_mode),
            Tree::And(of) | Tree::Or(of) => of.iter().for_each(|of| of.variables(found, reads_mode)),
        }
    }

    /// The tree without the operand at the end of a way.
    fn without(&self, way: &[usize]) -> Tree {
        let inner = |of: &[Tree]| -> Vec<Tree> {
            match way {
                [at] => of.iter().enumerate().filter(|(other, _)| other != at).map(|(_, of)| of.clone()).collect(),
                [at, rest @ ..] => {
                    let step = |(other, of): (usize, &Tree)| if other == *at { of.without(rest) } else { of.clone() };
                    of.iter().enumerate().map(step).collect()
                }
                [] => of.to_vec(),
            }
        };
        match self {
            Tree::Leaf(_) => self.clone(),
            Tree::Not(of) => Tree::Not(Box::new(of.without(&way[1..]))),
            Tree::And(of) => Tree::And(inner(of)),
            Tree::Or(of) => Tree::Or(inner(of)),
        }
    }
}

fn operand(
    of: &Tree,
    parenthesized: bool,
    text: &mut String,
    way: &mut Vec<usize>,
    parts: &mut Vec<Part>,
) -> (usize, usize) {
    let start = text.len();
    text.push_str(if parenthesized { "(" } else { "" });
    of.write(text, way, parts);
    text.push_str(if parenthesized { ")" } else { "" });
    (start, text.len())
}

/// A part of a condition that could be left out: the way to it, and where it stands in the text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Part {
    pub(super) way: Vec<usize>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl When {
    /// `A and not B`; nothing is true.
    pub(super) fn truth(&self, world: &World, modes: Modes<'_>) -> Truth {
        let when = self.when.as_ref().map_or(Some(true), |of| of.truth(world, modes));
        let unless = self.unless.as_ref().map_or(Some(false), |of| of.truth(world, modes));
        all([when, not(unless)].into_iter())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.when.is_none() && self.unless.is_none()
    }

    /// Writes ` when A unless B`; returns where the conditions stand from first to last, and their parts.
    pub(super) fn write(&self, text: &mut String) -> ((usize, usize), Vec<Part>) {
        let mut parts = Vec::new();
        let mut spans = Vec::new();
        for (half, word, of) in [(0, " when ", &self.when), (1, " unless ", &self.unless)] {
            let Some(of) = of else { continue };
            text.push_str(word);
            let start = text.len();
            of.write(text, &mut vec![half], &mut parts);
            spans.push(Part { way: vec![half], start, end: text.len() });
        }
        let whole = (spans.first().map_or(0, |it| it.start), spans.last().map_or(0, |it| it.end));
        if spans.len() == 2 {
            parts.extend(spans);
        }
        (whole, parts)
    }

    /// The same without some parts; none of them lies inside another.
    pub(super) fn without(&self, ways: &[Vec<usize>]) -> When {
        let mut left = self.clone();
        // From the last operand to the first, so that the ways of the others stay what they are.
        let mut ways = ways.to_vec();
        ways.sort();
        for way in ways.iter().rev() {
            let half = if way[0] == 0 { &mut left.when } else { &mut left.unless };
            *half = match (way.len(), half.take()) {
                (1, _) => None,
                (_, of) => of.map(|of| of.without(&way[1..])),
            };
        }
        left
    }

    /// The variables it reads, those of the manifests included where it reads the mode.
    pub(super) fn variables(&self, modes: Modes<'_>, found: &mut Vec<Variable>) {
        let mut reads_mode = false;
        for half in [&self.when, &self.unless].into_iter().flatten() {
            half.variables(found, &mut reads_mode);
        }
        if let (true, Some(when)) = (reads_mode, modes) {
            when.variables(None, found);
        }
    }
}

/// Every possible world of some variables; the others have their first value.
pub(super) fn worlds(mut variables: Vec<Variable>) -> Vec<World> {
    let depends_on_network = |of: &Variable| matches!(of, ViewerA | ViewerColour | ViewerOn | ViewerSize | ViewerSite);
    if variables.iter().any(depends_on_network) {
        variables.push(Network);
    }
    variables.sort();
    variables.dedup();
    let mut worlds = vec![World::default()];
    for variable in variables {
        let grown = worlds.iter().flat_map(|world| {
            (0..variable.count()).map(move |value| {
                let mut world = *world;
                world[variable as usize] = value;
                world
            })
        });
        worlds = grown.collect();
    }
    // Nobody outside has a site.
    worlds.retain(|world| Network.of(world) == 0 || ViewerSite.of(world) == 0);
    worlds
}
