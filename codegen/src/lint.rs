//! Finds what is wrong with a document before any source is generated from it: one rule a file.

mod ambiguous_scalar;
mod array_without_items;
mod body_without_meaning;
mod component_name;
mod conforms;
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
mod example_type;
mod extension_typo;
mod external_ref;
mod format_typo;
mod header_name;
mod ignored_header;
mod incomplete_object;
mod json_schema_dialect;
mod lost_keyword;
mod max_bytes;
mod meant;
mod misplaced_ref;
mod missing_field;
mod missing_operation_id;
mod multiple_of;
mod mutual_tls;
mod nearest;
mod newer_keyword;
mod newer_version;
mod no_responses;
mod null_enum_not_nullable;
mod nullable_enum_without_null;
mod older_keyword;
mod openapi_version;
mod other_version;
mod pagination;
mod parameter_content;
mod parameter_style;
mod path_fragment;
mod path_parameter_optional;
mod path_parameter_undeclared;
mod path_parameter_unused;
mod path_syntax;
mod path_template;
mod pattern;
mod qualified_name;
mod read_write_only;
mod reading;
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
mod unknown_rule;
mod wrong_type;

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;

pub(crate) use header_name::is_token;
pub use reading::Reading;
pub use rule::{Finding, Findings, Rule};
pub use survey::{Object, Reference, Survey};

/// Every rule, sorted by identifier.
static RULES: &[&Rule] = &[
    &ambiguous_scalar::RULE,
    &array_without_items::RULE,
    &body_without_meaning::RULE,
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
    &example_type::RULE,
    &extension_typo::RULE,
    &external_ref::RULE,
    &format_typo::RULE,
    &header_name::RULE,
    &ignored_header::RULE,
    &incomplete_object::RULE,
    &json_schema_dialect::RULE,
    &lost_keyword::RULE,
    &max_bytes::RULE,
    &misplaced_ref::RULE,
    &missing_field::RULE,
    &missing_operation_id::RULE,
    &multiple_of::RULE,
    &mutual_tls::RULE,
    &newer_keyword::RULE,
    &newer_version::RULE,
    &no_responses::RULE,
    &null_enum_not_nullable::RULE,
    &nullable_enum_without_null::RULE,
    &older_keyword::RULE,
    &openapi_version::RULE,
    &other_version::RULE,
    &pagination::RULE,
    &parameter_content::RULE,
    &parameter_style::RULE,
    &path_fragment::RULE,
    &path_parameter_optional::RULE,
    &path_parameter_undeclared::RULE,
    &path_parameter_unused::RULE,
    &path_syntax::RULE,
    &pattern::RULE,
    &qualified_name::RULE,
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
    &unknown_rule::RULE,
    &wrong_type::RULE,
];

/// Every rule, sorted by identifier.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// All that the rules find in a document, in the order of its text.
pub fn lint(document: &Document) -> Vec<Diagnostic> {
    examine(document, &[]).0
}

/// All that the rules find in a document, in the order of its text, and how it is read in spite of that. Findings of rules that
/// `allow` names, or `x-lint` of the document with a reason, are warnings where anybody could say how to read on.
fn examine(document: &Document, allow: &[String]) -> (Vec<Diagnostic>, Vec<Reading>, BTreeMap<&'static str, String>) {
    let survey = Survey::new(document);
    let mut allowed: BTreeMap<&str, String> = unknown_rule::stated(document).collect();
    allowed.extend(allow.iter().map(|rule| (rule.as_str(), "--allow".to_owned())));
    let mut found: Vec<Finding> = match openapi_version::is_foreign(document.root()) {
        true => openapi_version::RULE.findings(&survey),
        false => RULES.iter().flat_map(|rule| rule.findings(&survey)).collect(),
    };
    // What a part of a document lacks may stand in the others, so nothing else can be said of it.
    let is_elsewhere = |finding: &Finding| finding.diagnostic.rule == external_ref::RULE.id;
    if found.iter().any(is_elsewhere) && !allowed.contains_key(external_ref::RULE.id) {
        found.retain(is_elsewhere);
    }
    let mut lowered = BTreeMap::new();
    for Finding { diagnostic, reading } in &mut found {
        let Some(reason) = allowed.get(diagnostic.rule).filter(|_| diagnostic.level == Level::Error) else { continue };
        if reading.is_some() {
            diagnostic.level = Level::Warning;
            lowered.insert(diagnostic.rule, reason.clone());
        } else {
            diagnostic.help.push_str("; this cannot be allowed, since nobody could say how to read on");
        }
    }
    found.sort_by(|Finding { diagnostic: one, .. }, Finding { diagnostic: other, .. }| {
        let order = |found: &Diagnostic| (found.location.file, found.location.offset, found.rule);
        order(one).cmp(&order(other)).then_with(|| one.pointer.cmp(&other.pointer))
    });
    let readings = found.iter_mut().filter_map(|finding| finding.reading.take()).collect();
    (found.into_iter().map(|finding| finding.diagnostic).collect(), readings, lowered)
}

/// How often what is left of a document's slips is read anew. Each reading takes what it is about away, so few are needed.
const MOST_READINGS: usize = 8;

/// The document as its model is made of it: with each slip read as its warning says, and those that only show then.
///
/// # Errors
/// All that the rules find, an error among it.
pub(crate) fn read(mut document: Document, allow: &[String]) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut all: Vec<Diagnostic> = Vec::new();
    let (mut known, mut lowered) = (HashSet::new(), BTreeMap::new());
    let mut is_done = false;
    for _ in 0..MOST_READINGS {
        let (found, readings, more) = examine(&document, allow);
        lowered.extend(more);
        let is_new = |found: &Diagnostic| known.insert((found.rule, found.location, found.message.clone()));
        all.extend(found.into_iter().filter(is_new));
        if all.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            break;
        }
        is_done = readings.iter().all(|reading| *reading == Reading::AsWritten);
        if is_done {
            break;
        }
        let (root, moved) = reading::apply(document.root(), &readings);
        is_done = root == *document.root();
        if is_done {
            break;
        }
        document = document.changed(root, moved);
    }
    in_order(&mut all);
    if is_done { Ok((document.allowing(lowered), all)) } else { Err(refused(all)) }
}

/// A document of which each reading leaves something else to be read otherwise is refused, with that.
fn refused(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if all.iter().all(|diagnostic| diagnostic.level != Level::Error)
        && let Some(last) = all.last_mut()
    {
        last.level = Level::Error;
        last.message.push_str("; this and what was said before it could not all be read so");
    }
    all
}

fn in_order(found: &mut [Diagnostic]) {
    found.sort_by(|one, other| {
        let order = |found: &Diagnostic| (found.location.file, found.location.offset, found.rule);
        order(one).cmp(&order(other)).then_with(|| one.pointer.cmp(&other.pointer))
    });
}
