//! The table of codes: those of everything but reading a policy, which the language has, and lints, which bring their
//! own.

use crate::language::{self, Code};

/// Every code that is no lint's: those of the language first.
pub fn all() -> impl Iterator<Item = Code> {
    language::code::TABLE.iter().chain(TABLE).copied()
}

/// Whether it says that files are not read: whatever they declare is missing.
pub(super) fn keeps_files_out(code: Code) -> bool {
    [UNREADABLE, WRONG_KIND, NOT_UTF8, NO_PROJECT, UNFINISHED, NO_MATCH].contains(&code)
}

language::codes! {
    // ── directory
    Error YAML "directory::yaml" "YAML that cannot be read";
    Error JSON "directory::json" "a line of JSON that cannot be read";
    Error CSV "directory::csv" "a table that cannot be read";
    Error MISSING_KEY "directory::missing-key" "a line that does not say who it is about";
    Error LIST_WITHOUT_USER "directory::list-without-user" "a list of somebody who is not among the users";
    Error UNKNOWN_KEY "directory::unknown-key" "a key the directory does not have";
    Error DUPLICATE_KEY "directory::duplicate-key" "a key given twice";
    Error BAD_ADDRESS "directory::bad-address" "an address that is not of the form name@domain";
    Error BAD_DOMAIN "directory::bad-domain" "a domain name that is none";
    Error BAD_ENTRY "directory::bad-entry" "a membership entry of no known type";
    Error BAD_VALUE "directory::bad-value" "a value of the wrong kind";
    Error DUPLICATE_USER "directory::duplicate-user" "the same user, site, group or meeting twice";
    Error DUPLICATE_ENTRY "directory::duplicate-entry" "the same entry twice in one container";
    Error ENTRY_IN_FALLBACK "directory::entry-in-fallback" "an entry recorded in container 0";
    Error UNKNOWN_SITE "directory::unknown-site" "a site that is not among the sites";
    Error UNKNOWN_POOL "directory::unknown-pool" "a pool that no site lists";
    Error UNKNOWN_GROUP "directory::unknown-group" "a group that is not among the groups";
    Error UNKNOWN_TAG "directory::unknown-tag" "a policy tag that no policy declares";
    Error GROUP_CIRCLE "directory::group-circle" "groups that contain each other";
    Warning UNKNOWN_USER "directory::unknown-user" "an address of the organisation that is not among the users";
    Error NOT_EDITABLE "directory::not-editable" "a user whose place in a file cannot be edited";
    Error NOT_A_USER "directory::not-a-user" "somebody who has to be a user and is not";

    // ── model
    Error DUPLICATE_NAME "model::duplicate-name" "a name declared twice within a kind";
    Error DUPLICATE_ID "model::duplicate-id" "two containers with one id";
    Error ID_OUT_OF_RANGE "model::id-out-of-range" "a container id above 32767";
    Error TOO_MANY_CONTAINERS "model::too-many-containers" "more than 64 containers in one set";
    Error UNKNOWN_CATEGORY "model::unknown-category" "a category that is not declared";
    Error UNKNOWN_FIELD "model::unknown-field" "a field the category does not have";
    Error UNKNOWN_CONTAINER "model::unknown-container" "a container that is not declared";
    Error UNKNOWN_MANIFEST "model::unknown-manifest" "a manifest that is not declared";
    Error UNKNOWN_CLASS "model::unknown-class" "a settings class that is not declared";
    Error UNKNOWN_SETTING "model::unknown-setting" "a setting or attribute that is not declared";
    Error AMBIGUOUS_SETTING "model::ambiguous-setting" "a setting that several classes declare";
    Error UNKNOWN_FEATURE "model::unknown-feature" "a feature that is not declared";
    Error UNKNOWN_RECIPIENT "model::unknown-recipient" "a recipient that is not declared";
    Error UNKNOWN_PLACE "model::unknown-place" "a place that is not declared";
    Error UNKNOWN_DATA "model::unknown-data" "data that is not declared";
    Error UNKNOWN_PERSON "model::unknown-person" "an address of the organisation in a test that nobody has";
    Warning DOUBTFUL_ADDRESS "model::doubtful-address" "an address or domain in a test that is nearly a known one";
    Warning DOUBTFUL_SITE "model::doubtful-site" "a site in a test that is nearly a known one";
    Warning REPEATED_FACT "model::repeated-fact" "a fact that a test gives twice";
    Error PROVES_NOTHING "model::proves-nothing" "a test without an expectation, or an invariant without a clause";
    Error UNKNOWN_ROLE "model::unknown-role" "a role that cannot be read here";
    Error UNKNOWN_VALUE "model::unknown-value" "a value the type does not have";
    Error UNKNOWN_LIBRARY "model::unknown-library" "a library that is not shipped";
    Error MISSING_USE "model::missing-use" "names of a shipped library that the set does not use";
    Error UNKNOWN_LABEL "model::unknown-label" "a rule label that is not there";
    Error UNKNOWN_NAME "model::unknown-name" "a name that is not declared";
    Error WRONG_SCOPE "model::wrong-scope" "a scope the settings class does not have";
    Error WRONG_TYPE "model::wrong-type" "a comparison or value of another type";
    Error NOT_HERE "model::not-here" "a condition that cannot stand here";
    Error PUBLISHES_AND_MASKS "model::publishes-and-masks" "a category both published and masked in one declaration";
    Error FALLBACK_ENTRY "model::fallback-entry" "an entry given to container 0";
    Error FLAG_AS_NAME "model::flag-as-name" "a container named like a flag";
    Error IDLE_ALLOW "model::idle-allow" "an allow beside `otherwise available`";
    Error CONTRADICTION "model::contradiction" "disclosures that contradict each other";
    Error EXTEND_NOTHING "model::extend-nothing" "an extend of what is not declared elsewhere";
    Error NO_DEFAULT "model::no-default" "a rule that needs a default container";
    Error LAST_MANIFEST "model::last-manifest" "no manifest, or several, without a condition";
    Error MANIFEST_ORDER "model::manifest-order" "two manifests whose order is not said";
    Error MANIFEST_SUBJECT "model::manifest-subject" "a manifest rule for a subject it cannot have";
    Error CONFLICTING_STATEMENT "model::conflicting-statement" "two statements that say opposite things";
    Error LIKE_CIRCLE "model::like-circle" "policy objects that start from each other";
    Error BLOCKED_DOMAIN "directory::blocked-domain" "a blocked domain that another list names too";
    Error OUTSIDE_USER "directory::outside-user" "a user in a domain that is not the organisation's";
    Error MANIFEST_CIRCLE "graph::manifest-circle" "manifests that come before each other";
    Error REQUIRES_CIRCLE "graph::requires-circle" "features that require each other";

    // ── proofs
    Error REFUTED "proof::refuted" "a clause of an invariant that some world or somebody in the directory breaks";
    Error UNDECIDED "proof::undecided" "a clause of an invariant that needs more nodes than the limit allows";
    Warning VACUOUS "proof::vacuous" "a clause of an invariant that applies in no world or to nobody in the directory";
    Information WIDER_RECIPIENT "proof::wider-recipient" "a wider recipient, of whom the opposite of a clause is so";

    // ── project
    Error UNREADABLE "project::unreadable" "a file that cannot be read";
    Error WRONG_KIND "project::wrong-kind" "a file of another kind than it is read as";
    Error NOT_UTF8 "project::not-utf-8" "a file that is not UTF-8";
    Error NO_PROJECT "project::none" "no project file";
    Error BAD_PROJECT "project::bad-file" "a project file that cannot be understood";
    Error UNKNOWN_LINT "project::unknown-lint" "a level for a lint that does not exist";
    Error CHANGED "project::changed" "a file that is not what was read any more";
    Error UNWRITABLE "project::unwritable" "a file or a set that cannot be written";
    Error UNFINISHED "project::unfinished" "files that another command has not finished writing";
    Error NO_POLICY "project::no-policy" "a project without a policy file";
    Error FOLDER_PATTERN "project::folder-pattern" "a pattern that is the name of a folder";
    Error OLDER_PROGRAM "project::older-program" "a project that requires a later prescope";
    Warning NO_MATCH "project::no-match" "a pattern that matches no file";
    Information UNREAD "project::unread" "a file of the project that no pattern matches";
    Information OTHER_VERSION "project::other-version" "a project that is written for another prescope";
}
