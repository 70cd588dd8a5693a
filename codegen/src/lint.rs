//! Finds what is wrong with a document before any source is generated from it: one rule a file.

mod array_without_items;
mod component_name;
mod crossed_bounds;
mod dangling_ref;
mod default_type;
mod discriminator_mapping;
mod duplicate_enum;
mod duplicate_operation_id;
mod duplicate_parameter;
mod duplicate_path;
mod duplicate_required;
mod empty_enum;
mod empty_union;
mod endless_schema;
mod enum_type;
mod example_exclusive;
mod external_ref;
mod ignored_header;
mod incomplete_object;
mod json_schema_dialect;
mod lost_keyword;
mod max_bytes;
mod missing_field;
mod missing_operation_id;
mod multiple_of;
mod mutual_tls;
mod nearest;
mod newer_version;
mod no_responses;
mod null_enum_not_nullable;
mod nullable_enum_without_null;
mod older_keyword;
mod openapi_version;
mod parameter_content;
mod parameter_style;
mod path_fragment;
mod path_parameter_optional;
mod path_parameter_undeclared;
mod path_parameter_unused;
mod path_syntax;
mod path_template;
mod pattern;
mod read_write_only;
mod ref_cycle;
mod ref_kind;
mod ref_siblings;
mod required_undeclared;
mod reserved_extension;
mod rule;
mod scope_undeclared;
mod security_scheme_undeclared;
mod server_variable;
mod status_code;
mod survey;
mod unknown_field;
mod wrong_type;

use crate::diagnostic::Diagnostic;
use crate::document::Document;

pub use rule::{Findings, Rule};
pub use survey::{Object, Reference, Survey};

/// Every rule, sorted by identifier.
static RULES: &[&Rule] = &[
    &array_without_items::RULE,
    &component_name::RULE,
    &crossed_bounds::RULE,
    &dangling_ref::RULE,
    &default_type::RULE,
    &discriminator_mapping::RULE,
    &duplicate_enum::RULE,
    &duplicate_operation_id::RULE,
    &duplicate_parameter::RULE,
    &duplicate_path::RULE,
    &duplicate_required::RULE,
    &empty_enum::RULE,
    &empty_union::RULE,
    &endless_schema::RULE,
    &enum_type::RULE,
    &example_exclusive::RULE,
    &external_ref::RULE,
    &ignored_header::RULE,
    &incomplete_object::RULE,
    &json_schema_dialect::RULE,
    &lost_keyword::RULE,
    &max_bytes::RULE,
    &missing_field::RULE,
    &missing_operation_id::RULE,
    &multiple_of::RULE,
    &mutual_tls::RULE,
    &newer_version::RULE,
    &no_responses::RULE,
    &null_enum_not_nullable::RULE,
    &nullable_enum_without_null::RULE,
    &older_keyword::RULE,
    &openapi_version::RULE,
    &parameter_content::RULE,
    &parameter_style::RULE,
    &path_fragment::RULE,
    &path_parameter_optional::RULE,
    &path_parameter_undeclared::RULE,
    &path_parameter_unused::RULE,
    &path_syntax::RULE,
    &pattern::RULE,
    &read_write_only::RULE,
    &ref_cycle::RULE,
    &ref_kind::RULE,
    &ref_siblings::RULE,
    &required_undeclared::RULE,
    &reserved_extension::RULE,
    &scope_undeclared::RULE,
    &security_scheme_undeclared::RULE,
    &server_variable::RULE,
    &status_code::RULE,
    &unknown_field::RULE,
    &wrong_type::RULE,
];

/// Every rule, sorted by identifier.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// All that the rules find in a document, in the order of its text.
pub fn lint(document: &Document) -> Vec<Diagnostic> {
    let survey = Survey::new(document);
    if openapi_version::is_foreign(document.root()) {
        return openapi_version::RULE.findings(&survey);
    }
    let mut diagnostics: Vec<Diagnostic> = RULES.iter().flat_map(|rule| rule.findings(&survey)).collect();
    diagnostics.sort_by(|one, other| {
        (one.location.offset, one.rule, &one.pointer).cmp(&(other.location.offset, other.rule, &other.pointer))
    });
    diagnostics
}
