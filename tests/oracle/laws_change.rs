//! Changes of policy objects: what is set decides as in the world where it is so, the effect is the difference of all
//! decisions, and what is set back leaves the same bytes.

use proptest::prelude::*;

use super::generate::{value, worlds};
use super::subject::{MODES, Subject, answers};
use super::tape::Tape;
use super::world::*;
use super::write_condition::literal;
use crate::change::{change, compared};
use crate::given;
use crate::tries::config;
use prescope::resolve::Entries;

/// A scope as it is typed.
fn typed(scope: &Scope) -> String {
    match scope.kind {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => format!("site:{}", scope.name),
        ScopeKind::Service => format!("service:UserServer:{}", scope.name),
        ScopeKind::Tag => format!("tag:{}", scope.name),
        ScopeKind::NetworkSite => format!("network_site:{}", scope.name),
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn what_is_set_decides_as_if_it_had_been_written(
        world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)
    ) {
        let tape = &mut Tape::new(&choices);
        let class = tape.pick(&world.settings);
        let parameter = tape.pick(&class.parameters);
        let new = value(tape, &parameter.kind);
        let mut scopes = vec![Scope { kind: ScopeKind::Global, name: String::new() }];
        scopes.extend(world.policies.iter().filter(|it| it.class == class.name).map(|it| it.scope.clone()));
        let scope = tape.pick(&scopes);
        let mut so = world.clone();
        let mut old = None;
        match so.policies.iter_mut().find(|it| it.class == class.name && it.scope == scope) {
            Some(policy) => match policy.values.iter_mut().find(|(name, _)| *name == parameter.name) {
                Some((_, value)) => old = Some(std::mem::replace(value, new.clone())),
                None => policy.values.push((parameter.name.clone(), new.clone())),
            },
            None => {
                let values = vec![(parameter.name.clone(), new.clone())];
                so.policies.push(Policy { class: class.name.clone(), scope: scope.clone(), like: None, values });
            }
        }
        let (subject, so) = (Subject::of(&world), Subject::of(&so));
        let ask = |value| {
            format!("set '{}.{}={}' --at '{}'", class.name, parameter.name, literal(value), typed(&scope))
        };
        let changed = change(&subject.project, &ask(&new));
        let changed = changed.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", ask(&new)));
        for mode in MODES {
            let entries = if mode == MODES[0] { Entries::InForce } else { Entries::Recorded };
            let after = given::rules(&changed.project, entries);
            prop_assert_eq!(answers(&after, &world, mode), answers(so.rules(mode), &world, mode), "{}", ask(&new));
        }
        compared(&subject.project, &changed, &ask(&new));
        if let Some(old) = old {
            let back = change(&changed.project, &ask(&old));
            let back = back.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", ask(&old)));
            for (file, source) in subject.project.sources().files() {
                prop_assert_eq!(back.project.sources().text(file), source.text(), "{}", ask(&old));
            }
        }
    }
}
