//! What could have stood where a parse failed, in the field's words: never pest's own text.

use super::ast::{ContainerFlag, Effect, Otherwise, Quantifier, Relation, Resolution, Role, SubjectKind};
use super::grammar::Rule;

/// What a rule is to somebody who reads a message.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// A keyword or a sign.
    Word(&'static str),
    /// One of several keywords.
    Words(&'static [&'static str]),
    /// Something with a name of its own.
    Thing(&'static str),
    /// Something with a name of its own, and the words it can start with, for "did you mean".
    Starts(&'static str, &'static [&'static str]),
    /// Nothing to speak of: a habit of another language, a rule that is never expected alone, or one that always
    /// starts with a keyword, which is then expected instead.
    Hidden,
}

impl Expected {
    /// True for keywords and signs, which lowering passes over.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Expected::Word(_))
    }
}

/// The block an entry stands in, by the word it starts with.
pub(super) fn home(word: &str) -> Option<&'static str> {
    match word {
        "publishes" | "withholds" | "masks" | "shows" => Some("a `container`"),
        "deny" => Some("a `feature` or a `guard`"),
        "allow" | "discloses" | "stores" | "otherwise" | "controlled" | "platform" | "requires" => Some("a `feature`"),
        "without" => Some("an `extend feature` or an `extend guard`"),
        "given" | "expect" => Some("a `test`"),
        "never" | "always" => Some("an `invariant`"),
        _ => None,
    }
}

/// What a rule is called.
#[rustfmt::skip] // A table reads best as a table.
pub(super) fn expected(what: Rule) -> Expected {
    use Expected::{Hidden, Starts, Thing, Word, Words};
    match what {
        Rule::kw_use => Word("use"),
        Rule::kw_resolve => Word("resolve"),
        Rule::kw_per => Word("per"),
        Rule::kw_match => Word("match"),
        Rule::kw_domains => Word("domains"),
        Rule::kw_by => Word("by"),
        Rule::kw_suffix => Word("suffix"),
        Rule::kw_exactly => Word("exactly"),
        Rule::kw_extend => Word("extend"),
        Rule::kw_category => Word("category"),
        Rule::kw_also => Word("also"),
        Rule::kw_container => Word("container"),
        Rule::kw_publishes => Word("publishes"),
        Rule::kw_withholds => Word("withholds"),
        Rule::kw_masks => Word("masks"),
        Rule::kw_shows => Word("shows"),
        Rule::kw_as => Word("as"),
        Rule::kw_membership => Word("membership"),
        Rule::kw_has => Word("has"),
        Rule::kw_group => Word("group"),
        Rule::kw_domain => Word("domain"),
        Rule::kw_manifest => Word("manifest"),
        Rule::kw_before => Word("before"),
        Rule::kw_from => Word("from"),
        Rule::kw_in => Word("in"),
        Rule::kw_default => Word("default"),
        Rule::kw_else => Word("else"),
        Rule::kw_one => Word("one"),
        Rule::kw_at => Word("at"),
        Rule::kw_most => Word("most"),
        Rule::kw_make => Word("make"),
        Rule::kw_move => Word("move"),
        Rule::kw_remove => Word("remove"),
        Rule::kw_contact => Word("contact"),
        Rule::kw_attributes => Word("attributes"),
        Rule::kw_settings => Word("settings"),
        Rule::kw_global => Word("global"),
        Rule::kw_service => Word("service"),
        Rule::kw_site => Word("site"),
        Rule::kw_bool => Word("bool"),
        Rule::kw_text => Word("text"),
        Rule::kw_aka => Word("aka"),
        Rule::kw_policy => Word("policy"),
        Rule::kw_like => Word("like"),
        Rule::kw_feature => Word("feature"),
        Rule::kw_for => Word("for"),
        Rule::kw_user => Word("user"),
        Rule::kw_viewer => Word("viewer"),
        Rule::kw_owner => Word("owner"),
        Rule::kw_participant => Word("participant"),
        Rule::kw_meeting => Word("meeting"),
        Rule::kw_party => Word("party"),
        Rule::kw_peer => Word("peer"),
        Rule::kw_of => Word("of"),
        Rule::kw_with => Word("with"),
        Rule::kw_controlled => Word("controlled"),
        Rule::kw_platform => Word("platform"),
        Rule::kw_requires => Word("requires"),
        Rule::kw_discloses => Word("discloses"),
        Rule::kw_disclose => Word("disclose"),
        Rule::kw_nothing => Word("nothing"),
        Rule::kw_to => Word("to"),
        Rule::kw_stores => Word("stores"),
        Rule::kw_store => Word("store"),
        Rule::kw_through => Word("through"),
        Rule::kw_until => Word("until"),
        Rule::kw_otherwise => Word("otherwise"),
        Rule::kw_without => Word("without"),
        Rule::kw_guard => Word("guard"),
        Rule::kw_data => Word("data"),
        Rule::kw_recipient => Word("recipient"),
        Rule::kw_external => Word("external"),
        Rule::kw_network => Word("network"),
        Rule::kw_role => Word("role"),
        Rule::kw_everyone => Word("everyone"),
        Rule::kw_place => Word("place"),
        Rule::kw_when => Word("when"),
        Rule::kw_unless => Word("unless"),
        Rule::kw_and => Word("and"),
        Rule::kw_or => Word("or"),
        Rule::kw_not => Word("not"),
        Rule::kw_is => Word("is"),
        Rule::kw_invariant => Word("invariant"),
        Rule::kw_under => Word("under"),
        Rule::kw_policies => Word("policies"),
        Rule::kw_sees => Word("sees"),
        Rule::kw_see => Word("see"),
        Rule::kw_does => Word("does"),
        Rule::kw_some => Word("some"),
        Rule::kw_disclosed => Word("disclosed"),
        Rule::kw_test => Word("test"),
        Rule::kw_given => Word("given"),
        Rule::kw_person => Word("person"),
        Rule::kw_expect => Word("expect"),
        Rule::kw_nobody => Word("nobody"),
        Rule::kw_any => Word("any"),
        Rule::kw_use_of => Word("use"),
        Rule::kw_because => Word("because"),
        Rule::kw_snapshot => Word("snapshot"),
        Rule::brace_open => Word("{"),
        Rule::brace_close => Word("}"),
        Rule::paren_open => Word("("),
        Rule::paren_close => Word(")"),
        Rule::comma => Word(","),
        Rule::colon => Word(":"),
        Rule::pipe => Word("|"),
        Rule::dots => Word(".."),
        Rule::equals => Word("="),
        Rule::resolution => Words(Resolution::WORDS),
        Rule::relation => Words(Relation::WORDS),
        Rule::flag => Words(ContainerFlag::WORDS),
        Rule::entry_kind => Words(&["same_enterprise", "federated", "public_cloud", "authenticated", "everyone"]),
        Rule::attribute_role => Words(Role::WORDS),
        Rule::scope_word => Words(&["global", "site", "tag", "network_site"]),
        Rule::scope_kind => Words(&["site", "service", "tag", "network_site"]),
        Rule::effect => Words(Effect::WORDS),
        Rule::outcome => Words(Otherwise::WORDS),
        Rule::quantifier => Words(Quantifier::WORDS),
        Rule::can => Words(&["can", "cannot"]),
        Rule::subject | Rule::subject_kind | Rule::manifest_rule => {
            Starts("a subject, as `contact` or `federated`", SubjectKind::WORDS)
        }
        Rule::manifest_part => Starts(
            "`exactly one`, `at most one`, `default` or `else`",
            &["exactly", "at", "default", "else"],
        ),
        Rule::cardinality => Starts("`exactly one` or `at most one`", &["exactly", "at"]),
        Rule::remedy => Starts("`move`, `remove` or `make contact`", &["move", "remove", "make"]),
        Rule::shape => Starts(
            "`user`, `viewer of owner`, `participant of meeting` or `party with peer`",
            &["user", "viewer", "participant", "party"],
        ),
        Rule::scope => Starts(
            "`global`, `site`, `service`, `tag` or `network_site`",
            &["global", "site", "service", "tag", "network_site"],
        ),
        Rule::given_scope => Starts(
            "`global`, `site`, `service`, `tag`, `network_site` or `of`",
            &["global", "site", "service", "tag", "network_site", "of"],
        ),
        Rule::settings_scope => Starts(
            "`global`, `site`, `service`, `tag` or `network_site`",
            &["global", "site", "service", "tag", "network_site"],
        ),
        Rule::item_probe => Starts("a declaration, as `category` or `feature`", super::ITEM_WORDS),
        Rule::container_probe => Starts(
            "`publishes`, `withholds`, `masks` or `shows`",
            &["publishes", "withholds", "masks", "shows"],
        ),
        Rule::feature_probe => Starts(
            "`allow`, `deny` or another line of a feature",
            &["allow", "deny", "controlled", "platform", "requires", "discloses", "stores", "otherwise", "without"],
        ),
        Rule::guard_probe => Starts("a denial, as `deny \"…\" when …`", &["deny", "without"]),
        Rule::test_probe => Starts("`given` or `expect`", &["given", "expect"]),
        Rule::invariant_probe => Starts("`never` or `always`", Quantifier::WORDS),
        Rule::value_type => Starts("a type, as `bool`, `2..1000` or `a | b`", &["bool", "text"]),
        Rule::entry => Starts(
            "an address, `group`, `domain`, a network, `authenticated` or `everyone`",
            &["group", "domain", "same_enterprise", "federated", "public_cloud", "authenticated", "everyone"],
        ),
        Rule::expect => Starts("an expectation", &["sees", "does", "can", "cannot", "discloses", "stores", "in", "not"]),
        Rule::recipient_is => Starts(
            "`network`, `group`, `role` or `everyone`",
            &["network", "group", "role", "everyone"],
        ),
        Rule::tail => Starts("a comparison", &["in", "is", "not"]),
        Rule::category_name => Thing("a category name"),
        Rule::field_name | Rule::field => Thing("a field name"),
        Rule::container_name | Rule::grant => Thing("a container name"),
        Rule::manifest_name => Thing("a manifest name"),
        Rule::class_name => Thing("a class of settings"),
        Rule::setting_name | Rule::assigned_name | Rule::parameter | Rule::assignment => Thing("the name of a setting"),
        Rule::service_role => Thing("the role of a service"),
        Rule::feature_name | Rule::feature_claim => Thing("a feature name"),
        Rule::platform_name => Thing("a platform"),
        Rule::controller => Thing("who controls it"),
        Rule::data_name | Rule::data_part => Thing("a name for data"),
        Rule::recipient_name => Thing("a recipient"),
        Rule::place_name => Thing("a place"),
        Rule::role_name => Thing("a role"),
        Rule::value_name | Rule::value | Rule::operand => Thing("a value"),
        Rule::network_name => Thing("a network"),
        Rule::group_name => Thing("a group"),
        Rule::meeting_name => Thing("a meeting"),
        Rule::scope_value => Thing("a name, quoted if it is no plain word"),
        Rule::domain_name => Thing("a domain"),
        Rule::person => Thing("an address"),
        Rule::target | Rule::published => Thing("a category or a field"),
        Rule::field_target => Thing("a field, as `state.location`"),
        Rule::data_target => Thing("a category, a field or declared data"),
        Rule::library_path => Thing("a library, as `std/lync2013`"),
        Rule::path => Thing("a reading, as `owner.EnablePrivacyMode`"),
        Rule::label => Thing("a label in double quotes"),
        Rule::title => Thing("a title in double quotes"),
        Rule::text => Thing("a text in double quotes"),
        Rule::integer => Thing("a number"),
        Rule::boolean => Thing("`true` or `false`"),
        Rule::conjunction | Rule::term | Rule::negation | Rule::group | Rule::simple | Rule::condition =>
            Thing("a condition"),
        Rule::value_set => Thing("values in braces"),
        Rule::comparison | Rule::comparison_tail => Thing("a comparison"),
        Rule::field_list => Thing("fields in braces"),
        Rule::container_id => Thing("the id in parentheses"),
        Rule::bool_type => Thing("`bool`"),
        Rule::text_type => Thing("`text`"),
        Rule::range => Thing("a range, as `2..1000`"),
        Rule::enumeration => Thing("values with `|` between"),
        Rule::rule_line => Thing("`allow` or `deny`"),
        Rule::data_list => Thing("data"),
        Rule::domain_match => Thing("`exactly` or `by suffix`"),
        Rule::given => Thing("a fact"),
        Rule::fact => Starts(
            "an address, `policy`, `meeting` or another fact",
            &["policy", "meeting", "group", "domain"],
        ),
        Rule::feature_entry_start | Rule::container_entry_start => Thing("the rest of this entry"),
        Rule::in_meeting | Rule::membership_tail | Rule::is_in => Thing("`in`"),
        Rule::with_peer => Thing("`with`"),
        Rule::of_owner | Rule::of_person => Thing("`of`"),
        Rule::exactly => Thing("`exactly`"),
        Rule::any_network => Thing("`any`"),
        Rule::sees => Thing("`sees`"),
        Rule::sees_nothing => Thing("`does not see`"),
        Rule::uses => Thing("`can use`"),
        Rule::discloses_to => Thing("`discloses`"),
        Rule::stores_at => Thing("`stores`"),
        Rule::in_claim => Thing("`viewer in`"),
        Rule::sees_claim => Thing("`viewer sees`"),
        Rule::sees_nothing_claim => Thing("`viewer does not see`"),
        Rule::disclosed_claim => Thing("`disclosed to`"),
        Rule::invariant_clause => Thing("`never` or `always`"),
        Rule::relation_tail => Thing("`is`"),
        Rule::file | Rule::use_library | Rule::resolve | Rule::match_domains | Rule::when_clause
        | Rule::unless_clause | Rule::foreign_comparison | Rule::foreign_and | Rule::foreign_or | Rule::foreign_not | Rule::foreign_in
        | Rule::category | Rule::category_open | Rule::extend_category | Rule::extend_category_open
        | Rule::category_body | Rule::field_type | Rule::also | Rule::container | Rule::container_open
        | Rule::extend_container | Rule::extend_container_open | Rule::container_body | Rule::publishes
        | Rule::withholds | Rule::masks | Rule::shows | Rule::membership | Rule::membership_open
        | Rule::membership_body | Rule::group_entry | Rule::domain_entry | Rule::manifest | Rule::manifest_open
        | Rule::before | Rule::manifest_body | Rule::subject_from | Rule::default_part | Rule::else_part
        | Rule::attributes | Rule::attributes_open | Rule::extend_attributes | Rule::extend_attributes_open
        | Rule::settings | Rule::settings_open | Rule::extend_settings | Rule::extend_settings_open
        | Rule::parameter_body | Rule::parameter_type | Rule::aka | Rule::policy | Rule::policy_open | Rule::like
        | Rule::assignment_body | Rule::foreign_equals | Rule::feature | Rule::feature_open | Rule::user_shape
        | Rule::viewer_shape | Rule::participant_shape | Rule::party_shape | Rule::extend_feature
        | Rule::extend_feature_open | Rule::guard | Rule::guard_open | Rule::extend_guard | Rule::extend_guard_open
        | Rule::feature_body | Rule::controlled | Rule::platform | Rule::requires | Rule::no_label | Rule::discloses
        | Rule::of_role | Rule::stores | Rule::retention | Rule::otherwise | Rule::without | Rule::data
        | Rule::data_body | Rule::recipient | Rule::network_is | Rule::group_is | Rule::role_is | Rule::place
        | Rule::invariant | Rule::invariant_open | Rule::under_policies | Rule::invariant_body | Rule::some_of
        | Rule::shown_as | Rule::test | Rule::test_open | Rule::test_body | Rule::given_policy | Rule::given_meeting
        | Rule::given_participants | Rule::given_participant | Rule::as_role | Rule::given_relation
        | Rule::given_group | Rule::given_site | Rule::given_network | Rule::given_policy_open | Rule::given_entry | Rule::given_person | Rule::given_values | Rule::given_directory | Rule::because
        | Rule::unclosed | Rule::item_start | Rule::line_start | Rule::bad_entry | Rule::bad_item
        | Rule::broken_head | Rule::broken_category | Rule::broken_container | Rule::broken_membership
        | Rule::broken_manifest | Rule::broken_parameters | Rule::broken_policy | Rule::broken_feature
        | Rule::broken_invariant | Rule::broken_test | Rule::category_probe | Rule::membership_probe
        | Rule::manifest_probe | Rule::parameter_probe | Rule::assignment_probe | Rule::data_probe
        | Rule::WHITESPACE | Rule::idc | Rule::reserved | Rule::word | Rule::quoted | Rule::plain
        | Rule::rest_of_line | Rule::address
        | Rule::local_start | Rule::local_char | Rule::domain | Rule::domain_label | Rule::item | Rule::circumstance
        | Rule::container_entry | Rule::feature_entry | Rule::used | Rule::end | Rule::entry_start | Rule::blank | Rule::remark
        | Rule::space | Rule::line_break | Rule::continuation | Rule::open_end | Rule::torn_text | Rule::chunk
        | Rule::scrap | Rule::parens | Rule::braces | Rule::junk | Rule::header_set | Rule::EOI => Hidden,
    }
}
