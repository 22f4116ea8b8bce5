//! The documentation of rules in Markdown.

use super::registry::RULES;
use super::rule::{Example, Fixes, Rule};

/// How the page of all rules begins.
const HEAD: &str = r"# Lint rules

Generated from the rules themselves; `UPDATE=1 cargo test` rewrites it. `prescope explain NAME` prints one of them.

Levels are set in `prescope.yaml` (`lint: { NAME: off | information | warning | error }`) and with `--deny`, `--warn`, `--allow` and `--select`. A comment `// allow(NAME): reason` on a line or above it (in YAML `# allow(NAME): reason`) keeps a finding of that line back; the reason is needed.

";

/// The documentation of one rule, in Markdown.
pub fn document(rule: &Rule) -> String {
    let mut text = format!("## {}\n\n", rule.name());
    let fixes = match rule.fixes {
        Fixes::None => "no automatic fix",
        Fixes::Safe => "`--fix` mends it",
        Fixes::Unsafe => "`--fix --unsafe-fixes` mends it, and changes decisions",
    };
    text.push_str(&format!("Level: {} · {fixes}\n\n", rule.level.name()));
    text.push_str(&format!("**What it finds.** {}\n\n**Why.** {}\n\n", rule.what(), rule.why()));
    text.push_str(&format!("**How far it sees.** {}\n\n", rule.reach.words()));
    example(&mut text, "Bad", rule.bad);
    example(&mut text, "Good", rule.good);
    text
}

fn example(text: &mut String, title: &str, example: Example) {
    text.push_str(&format!("{title}:\n\n"));
    for (language, content) in [("prescope", example.policy()), ("yaml", example.directory())] {
        if !content.is_empty() {
            text.push_str(&format!("```{language}\n{content}```\n\n"));
        }
    }
}

/// The page of all rules.
pub fn document_all() -> String {
    let mut text = HEAD.to_owned();
    for rule in RULES {
        text.push_str(&format!("- [{0}](#{0}) ({1}): {2}\n", rule.name(), rule.level.name(), rule.code.title()));
    }
    for rule in RULES {
        text.push('\n');
        text.push_str(document(rule).trim_end());
        text.push('\n');
    }
    text
}
