//! Every rule, by name.

use super::rule::Rule;
use super::rules;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &rules::block_bypass::RULE,
    &rules::blocked_reveals::RULE,
    &rules::blocked_without_effect::RULE,
    &rules::conflicting_membership::RULE,
    &rules::constant_condition::RULE,
    &rules::contact_without_entry::RULE,
    &rules::custom_container_outranks::RULE,
    &rules::delegate_outside_workgroup::RULE,
    &rules::entry_without_contact::RULE,
    &rules::everyone_outside_default::RULE,
    &rules::guard_without_publication::RULE,
    &rules::hidden_character::RULE,
    &rules::legacy_client_bypass::RULE,
    &rules::level_lost_by_move::RULE,
    &rules::levels_not_nested::RULE,
    &rules::lookalike_name::RULE,
    &rules::manifest_outranks_block::RULE,
    &rules::missing_documentation::RULE,
    &rules::missing_mask::RULE,
    &rules::mode_mismatch::RULE,
    &rules::network_entry_in_private_mode::RULE,
    &rules::own_domain_entry::RULE,
    &rules::partial_block::RULE,
    &rules::privacy_mode_reveals::RULE,
    &rules::redundant_condition::RULE,
    &rules::redundant_membership::RULE,
    &rules::scope_resets_setting::RULE,
    &rules::self_membership::RULE,
    &rules::setting_without_effect::RULE,
    &rules::shadowed_membership::RULE,
    &rules::unexplained_suppression::RULE,
    &rules::unreachable_rule::RULE,
    &rules::unread_file::RULE,
    &rules::unused_declaration::RULE,
    &rules::unused_suppression::RULE,
];

/// The rule of a name, with or without `lint::`.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = name.strip_prefix("lint::").unwrap_or(name);
    RULES.iter().find(|rule| rule.name() == name).copied()
}
