//! What is the same on both sides is not done twice.

use std::sync::Arc;

use prescope::project::directory_texts;
use prescope::project::side::{Base, Compared, Means, Request, compare, sides};

use super::repository::write;
use super::{BROKEN, OPENED, PROJECT, opened};
use crate::given;

/// A set with errors would end the command if it were compiled.
#[test]
fn equal_files_are_not_compiled() {
    let repository = opened();
    repository.commit("broken", &[BROKEN, ("README.md", "Broken.\n")]);
    repository.commit("still", &[("README.md", "Broken still.\n")]);
    let folder = repository.exported("HEAD");
    let lines =
        ["HEAD~1 HEAD".to_owned(), "HEAD".to_owned(), "--staged".to_owned(), format!("HEAD {}", folder.display())];
    for line in lines {
        let ran = repository.prescope(&format!("diff {line}")).clean();
        assert!(ran.out.ends_with("\nno difference: both sides have the same 3 files\n"), "{line}: {ran:?}");
    }
    assert_eq!(repository.prescope("diff HEAD~2 HEAD").status, 2);
    // A file that has another name, or is read as something else, is another one.
    repository.git(&["mv", "policies/ours.prescope", "policies/theirs.prescope"]);
    assert_eq!(repository.prescope("diff --staged").status, 2);
}

#[test]
fn equal_directories_are_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two, three, four] = ["one", "two", "three", "four"].map(|name| folder.path().join(name));
    for side in [&one, &two, &three, &four] {
        write(side, &PROJECT);
    }
    write(&two, &[OPENED, ("policies/aaa.prescope", "// another file before it\n")]);
    write(&three, &[("people/all.yaml", "organization: { domains: [contoso.com] }\n")]);
    write(&four, &[OPENED, ("people/all.yaml", "users: [")]);
    let compared = |others: &std::path::Path, people: bool| {
        let people = people.then(|| directory_texts(&[one.join("people/all.yaml")]));
        let [base, head] = [&one, others].map(|side| side.to_string_lossy().into_owned());
        let request = Request {
            base: Base::Typed(&base),
            head: Some(&head),
            means: Means::Folders,
            staged: false,
            merge_base: false,
            project: None,
            here: folder.path(),
        };
        let sides = sides(&request).expect("two sides");
        match compare(&sides, people.as_ref(), &Arc::default()) {
            Compared::Different(both) => both.map(|project| (project.set().directory.clone(), project.has_errors())),
            Compared::Same { files } => panic!("{files} equal files"),
        }
    };
    let shared = |[(one, broken), (other, _)]: [(Option<Arc<_>>, bool); 2]| {
        assert!(!broken);
        Arc::<prescope::directory::Directory>::ptr_eq(&one.expect("people"), &other.expect("people"))
    };
    assert!(shared(compared(&two, false)));
    assert!(!shared(compared(&three, false)));
    assert!(shared(compared(&four, true)), "people who were named");
    let [_, (_, broken)] = compared(&four, false);
    assert!(broken, "what is wrong with a directory is wrong");
    assert!(given::repository().is_dir());
}
