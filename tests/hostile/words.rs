//! Words that command whoever shows them, and a project that has them wherever words may stand.

use std::fs;

/// Begins a line, commands a build service in both its forms, a terminal in both of its forms, and turns the text.
/// Tests add every other control character.
pub(super) const HOSTILE: &str = "x\n::error title=evil::EVIL\r\n  ::warning::EVIL\t##[error]EVIL \u{1b}[31m\u{1b}]0;EVIL\u{7}\u{9b}2J\u{7f}\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}::error::EVIL\u{feff}";

/// The same for a text of a policy file, where a line end is written `\n`.
pub(super) fn quoted() -> String {
    // The language has no other control characters in texts.
    let text: String = HOSTILE.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    format!("\"{}\"", text.replace('\n', "\\n"))
}

/// The same for a key or value of YAML; JSON is YAML.
pub(super) fn yaml() -> String {
    yaml_text(HOSTILE)
}

pub(super) fn yaml_text(text: &str) -> String {
    let spell = |letter: char| match letter {
        '\u{7f}'..='\u{9f}' => format!("\\u{:04x}", u32::from(letter)),
        letter => letter.to_string(),
    };
    serde_json::to_string(text).expect("a text").chars().map(spell).collect()
}

pub(super) fn policy() -> String {
    let (label, comment) = (quoted(), HOSTILE.replace('\n', " "));
    format!(
        "//! Policies {comment}\nuse std/lync2013\n\n/// Kept {comment}\nplace vault {label}\n/// Who {comment}\n\
         recipient auditors {label} external\n/// Mood {comment}\ncategory mood {{ colour }} // {comment}\n\n\
         /// {comment}\ncontainer press(450) {label} visible {{ publishes mood, note }}\n\n\
         /// {comment}\nfeature dance {label} for user {{\n    deny {label} when user.inside\n    \
         discloses mood to auditors\n    otherwise available\n}}\n\n\
         policy PrivacyConfiguration global {{\n    EnablePrivacyMode = false // {comment}\n}}\n\n\
         test {label} {{\n    expect bob@contoso.com sees anna@contoso.com note\n    \
         expect bob@contoso.com cannot use dance because snapshot {label}\n    \
         expect bob@contoso.com sees anna@contoso.com note because snapshot {label}\n}}\n"
    )
}

pub(super) fn directory() -> String {
    let name = yaml();
    format!(
        "organization: {{ domains: [contoso.com] }}\nsites: {{ {name}: {{ pools: [pool.contoso.com] }}, \"::error title=evil::EVIL\": {{ pools: [] }}, \"::error::EVIL\": {{ pools: [] }} }}\n\
         users:\n  anna@contoso.com:\n    name: {name}\n    pool: pool.contoso.com\n    network_site: {name}\n    contacts: [bob@contoso.com]\n    memberships: {{ workgroup: [bob@contoso.com], blocked: [zed@fabrikam.com] }}\n    \
         presence: {{ note.personal: {name}, mood.colour: {name} }}\n  bob@contoso.com: {{ site: \"::error title=evil::EVIL\" }}\n  eve@contoso.com: {{}}\n  \
         +4930123@contoso.com: {{}}\n\
         meetings: {{ {name}: {{ organizer: anna@contoso.com, participants: {{ bob@contoso.com: presenter }} }} }}\n\
         groups: {{ {name}: [bob@contoso.com], friends: [bob@contoso.com] }}\n"
    )
}

pub(super) fn project(policy: &str, directory: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n");
    write("policy.prescope", policy);
    write("people.yaml", directory);
    // On disk a name may be anything.
    write(
        "x\n::error title=evil::EVIL\u{1b}[31m\u{202e}.prescope",
        "/// Wrongly laid\nplace  attic // \u{1b}[31m \u{202e}\n",
    );
    folder
}
