//! Files that somebody made to hurt, or that a program made by mistake.

use super::*;
use crate::tries::tries;

#[test]
fn deep_nesting_is_an_error() {
    let depth = tries(100_000) as usize;
    let parentheses = format!(
        "feature x for user {{ deny \"a\" when {}user.inside{} otherwise available }}\n",
        "(".repeat(depth),
        ")".repeat(depth)
    );
    assert!(refused_policy(parentheses).contains("syntax::too-deep"));
    let denials = format!("feature x for user {{ deny \"a\" when {}user.inside }}\n", "not ".repeat(depth));
    assert!(refused_policy(denials).contains("syntax::too-deep"));
    refused_policy("category a { ".repeat(depth));
    refused_policy("{".repeat(depth));
    refused_directory("[".repeat(depth));
    refused_directory("{a: ".repeat(depth));
    refused_directory("- ".repeat(depth));
    let steps: String = (0..tries(2000) as usize).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    refused_directory(steps);
}

#[test]
fn a_long_chain_is_no_deep_nesting() {
    let chain = vec!["user.inside"; 20_000].join(" and ");
    accepted(format!("feature x for user {{ deny \"a\" when {chain}\n otherwise available }}\n"), DIRECTORY);
}

#[test]
fn a_billion_laughs_are_an_error() {
    let mut text = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..30 {
        let again = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{again}]\n"));
    }
    refused_directory(text);
}

#[test]
fn control_characters_are_errors() {
    refused_policy("category a\0b { c }\n");
    refused_policy("use std/lync2013\n\u{1}\u{7f}\u{202e}\n");
    refused_directory("organization: { domains: [\"a\0b\"] }\n");
    refused_policy([0_u8; 1000]);
    refused_directory([0_u8; 1000]);
}

#[test]
fn bytes_that_are_no_utf_8_are_an_error_with_their_place() {
    let told = refused_policy(b"use std/lync2013\n// caf\xE9\n");
    assert!(told.contains("project::not-utf-8") && told.contains("policy.prescope:2:7"), "{told}");
    let told = refused_directory(b"organization: { domains: [contoso.com] }\n# \xFF\xFE\n");
    assert!(told.contains("people.yaml:2:3"), "{told}");
    let utf_16: Vec<u8> = POLICY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused_policy([vec![0xFF, 0xFE], utf_16].concat());
}

#[test]
fn a_line_of_megabytes_is_read() {
    let long = "x".repeat((tries(10) as usize) << 20);
    accepted(POLICY, format!("{DIRECTORY}# {long}\n"));
    refused_directory(format!("{long}: 1\n"));
    refused_policy(format!("{POLICY}category {long} {{ a }} }}\n"));
}

#[test]
fn a_long_line_is_read_whatever_is_in_it() {
    let long = "x".repeat(tries(1 << 20) as usize);
    accepted(format!("{POLICY}// {long}\n"), DIRECTORY);
    refused_policy(format!("{POLICY}{long}\n"));
    refused_policy(format!("{POLICY}feature x for user {{ deny \"{long}"));
    refused_policy(format!("{POLICY}category a {{ b }} {long}"));
    refused_directory(format!("organization: {{ domains: [{long}] }}\n"));
}

/// Drawing them took minutes, and a column above 65 535 ended the program.
#[test]
fn findings_in_long_lines_are_told_without_a_drawing() {
    let spaces = " ".repeat(70_000);
    let told = refused_policy(format!("category a {{ b }}{spaces}category a {{ b }}\n"));
    assert!(told.contains("policy.prescope:1:70026: error: "), "{}", excerpt(&told));
    let declarations = vec!["category a { b }"; 500].join(" ");
    assert!(refused_policy(declarations).ends_with("499 errors\n"));
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let dos = |text: &str| text.replace('\n', "\r\n");
    accepted(dos(POLICY), dos(DIRECTORY));
    accepted(format!("\u{feff}{POLICY}"), format!("\u{feff}{DIRECTORY}"));
    accepted(POLICY.replace('\n', "\r"), DIRECTORY);
}

#[test]
fn an_empty_file_says_nothing() {
    accepted("", "");
    accepted(POLICY, "");
    accepted("\n\n  \n", "# nothing\n");
    accepted("\u{feff}", "\u{feff}");
}

#[test]
fn what_is_no_file_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("folder.prescope")).expect("a folder");
    std::fs::write(folder.path().join("policy.prescope"), POLICY).expect("a file");
    let told = |arguments: &[&str]| {
        for command in [&["check"][..], &["show"]] {
            let ran = run_patiently(folder.path(), &[command, arguments].concat());
            assert_eq!(ran.status, 2, "{ran:?}");
        }
        run_patiently(folder.path(), &[&["check"], arguments].concat()).out
    };
    assert!(told(&["--policy", "folder.prescope"]).contains("it is a folder"));
    assert!(told(&["--policy", "missing.prescope"]).contains("there is no such file"));
    assert!(told(&["--policy", "policy.prescope", "--directory", "missing.yaml"]).contains("there is no such file"));
    assert!(told(&["--policy", "policy.prescope/inside"]).contains("cannot be read"));
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("policy.prescope");
    std::fs::write(&path, POLICY).expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).expect("permissions");
    if std::fs::read(&path).is_ok() {
        return; // whoever may read everything learns nothing here
    }
    let ran = run_patiently(folder.path(), &["check", "--policy", "policy.prescope"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.out.contains("it may not be read"), "{ran:?}");
}

#[test]
fn project_files_are_read_with_the_same_care() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile: [&[u8]; 9] = [
        b"",
        b"\0",
        b"\xFF",
        b"[]",
        b"policies: 1",
        b"policies: [\"[\"]",
        b"policies: [\"**/**/**/**/**/**/**/**/**/x\"]",
        b"policies: [\"../../../../**\"]",
        b"polices: []\npolices: []",
    ];
    for text in hostile {
        std::fs::write(folder.path().join("prescope.yaml"), text).expect("a file");
        let ran = run_patiently(folder.path(), &["check"]);
        // Of a project file that cannot be read nothing was looked at.
        let expected: &[i32] = if text == b"\xFF" { &[2] } else { &[0, 1] };
        assert!(expected.contains(&ran.status), "{text:?}: {ran:?}");
        assert_eq!(ran.err, "");
    }
}

#[test]
fn a_set_has_at_most_64_containers() {
    let containers = |count: usize| -> String {
        let one = |number: usize| format!("container c{number}({number}) {{ publishes a }}\n");
        "category a { b }\n".to_owned() + &(0..count).map(one).collect::<String>()
    };
    accepted(containers(64), DIRECTORY);
    assert!(refused_policy(containers(65)).contains("model::too-many-containers"));
    assert!(refused_policy(containers(5_000)).contains("model::too-many-containers"));
}

#[test]
fn very_long_names_are_names() {
    let long = "n".repeat(100_000);
    accepted(format!("category {long} {{ {long} }}\ncontainer c{long}(0) {{ publishes {long}.{long} }}\n"), DIRECTORY);
    refused_directory(format!("users: {{ {long}@{long}.com: {{}} }}\n"));
    refused_policy(format!("extend container {long} {{ publishes a }}\n"));
}

#[test]
fn thousands_of_errors_are_told_and_end() {
    let thousands = tries(3_000) as usize;
    let unknown: String = (0..thousands).map(|it| format!("extend category c{it} {{ a }}\n")).collect();
    refused_policy(unknown);
    refused_policy("deny\n".repeat(tries(50_000) as usize));
    refused_policy("category a { b }\n".repeat(thousands));
    let users: String = (0..thousands).map(|it| format!("  u{it}@contoso.com: {{ nane: x }}\n")).collect();
    refused_directory(format!("organization: {{ domains: [contoso.com] }}\nusers:\n{users}"));
    let same = "  u@contoso.com: {}\n".repeat(thousands);
    refused_directory(format!("organization: {{ domains: [contoso.com] }}\nusers:\n{same}"));
}

#[test]
fn large_circles_are_told_whole() {
    let features: String =
        (0..300).map(|it| format!("feature f{it} for user {{ requires f{} }}\n", (it + 1) % 300)).collect();
    assert!(refused_policy(features).contains("graph::requires-circle"));
    let groups: String = (0..300).map(|it| format!("  g{it}: [\"group:g{}\"]\n", (it + 1) % 300)).collect();
    assert!(refused_directory(format!("groups:\n{groups}")).contains("directory::group-circle"));
}
