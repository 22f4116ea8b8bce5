//! The list of hooks itself, which needs no pre-commit to be looked at.

use std::collections::BTreeMap;

use crate::given;

/// The hooks by their ids, each with its keys and values as they are written, names for a value resolved.
fn hooks() -> BTreeMap<String, BTreeMap<String, String>> {
    let text = given::text_of(".pre-commit-hooks.yaml");
    let (mut hooks, mut named, mut id) = (BTreeMap::new(), BTreeMap::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (key, value) = line.trim_start_matches(['-', ' ']).split_once(": ").unwrap();
        let mut value = value.split(" #").next().unwrap().to_owned();
        if let Some((name, rest)) = value.strip_prefix('&').and_then(|value| value.split_once(' ')) {
            named.insert(name.to_owned(), rest.to_owned());
            value = rest.to_owned();
        } else if let Some(name) = value.strip_prefix('*') {
            value = named[name].clone();
        }
        if key == "id" {
            id = value;
        } else {
            hooks.entry(id.clone()).or_insert_with(BTreeMap::new).insert(key.to_owned(), value);
        }
    }
    hooks
}

#[test]
fn hooks_on_the_path_do_what_those_built_from_source_do() {
    let hooks = hooks();
    let verbs = ["check", "diff", "fmt", "lint", "prove", "test"];
    let ids = verbs.iter().flat_map(|verb| [format!("prescope-{verb}"), format!("prescope-{verb}-system")]);
    assert_eq!(hooks.keys().cloned().collect::<Vec<_>>(), ids.collect::<Vec<_>>());
    for verb in verbs {
        let mut built = hooks[&format!("prescope-{verb}")].clone();
        let mut on_the_path = hooks[&format!("prescope-{verb}-system")].clone();
        let of_push = if verb == "diff" { " --pre-push" } else { "" };
        assert_eq!(built["entry"], format!("prescope {verb}{of_push}"));
        assert_eq!(built["stages"].contains("pre-commit"), verb != "diff", "a commit is not what is pushed");
        let languages =
            [&mut built, &mut on_the_path].map(|hook| (hook.remove("language"), hook.remove("description")).0);
        assert_eq!(languages, [Some("rust".to_owned()), Some("system".to_owned())]);
        assert_eq!(built, on_the_path);
        // What looks at everything is run whatever changed, and takes no names.
        let everything = ["check", "diff", "prove", "test"].contains(&verb);
        let is_set = |key: &str, value: &str| built.get(key).is_some_and(|it| it == value);
        assert_eq!(is_set("always_run", "true"), everything, "{verb}");
        assert_eq!(is_set("pass_filenames", "false"), everything, "{verb}");
    }
}
