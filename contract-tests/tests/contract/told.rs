//! What a reader is told of schemas in place: of a body that has no type, and of the parts of an `allOf`.

use contract_tests::document::{Account, Document};
use contract_tests::oracle::Findings;
use contract_tests::oracle::documentation::{Sources, judge};

use super::fixture_client::right::SUBJECT;

/// What is missing or too much at a body and a component, where these are documented so.
fn found((body, pet): (&str, &str), (told, documented): (&str, &str)) -> Vec<String> {
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: t, version: '1'}}, paths: {{/pets/{{petId}}: {{get: {{operationId: getPet, responses: {{'200': \
         {{description: A pet., content: {{application/json: {{schema: {body}}}}}}}}}}}}}}}, components: {{schemas: {{Pet: {pet}, Other: \
         {{type: object, description: Another}}}}}}}}"
    );
    let text = text.replace("/pets/{petId}:", "'/pets/{petId}':");
    let document = Document::parse("told.yaml", &text).expect("the document is well-formed");
    let client = format!(
        "pub struct Client;\nimpl Client {{\n/// `GET /pets/{{petId}}`\n///\n/// - `200`: A pet.\n///   - `application/json` {told}\npub fn \
         get_pet(&self) {{}}\n}}"
    );
    let types = format!("{documented}\npub struct Pet {{}}");
    let sources = Sources::parse(&[(String::new(), client), ("types::".to_owned(), types)]).expect("it is Rust");
    let mut found = Findings::of("documentation");
    judge(&document, &SUBJECT, &sources, &Account::default(), &mut found).expect("the document is one");
    let differences = found
        .differences
        .iter()
        .filter(|found| ["/Pet", "/schema", "application~1json"].iter().any(|end| found.place.ends_with(end)));
    differences.map(|found| format!("{:?} {}", found.problem, found.keyword).to_lowercase()).collect()
}

#[test]
fn a_body_in_place_is_described_and_deprecated_where_its_call_is_told_of() {
    let of = |body, told| found((body, "{type: object, description: A pet}"), (told, "/// A pet"));
    let plain = "{type: array, items: {type: string}}";
    let described = "{type: array, description: By age, items: {type: string}}";
    assert_eq!(of(plain, ": array of string"), [""; 0]);
    assert_eq!(of(described, "(array of string): By age"), [""; 0]);
    assert_eq!(of(described, ": array of string"), ["lost description"]);
    assert_eq!(of(plain, "(array of string): By age"), ["added description"]);
    let deprecated = "{type: array, deprecated: true, items: {type: string}}";
    assert_eq!(of(deprecated, ": array of string, obsolete"), [""; 0]);
    assert_eq!(of(deprecated, ": array of string"), ["lost deprecated"]);
    let named = "{type: array, items: {type: string, description: A name}}";
    assert_eq!(of(named, ": array of string: A name"), [""; 0]);
    assert_eq!(of(named, ": array of string"), ["lost description"]);
    assert_eq!(of(plain, ": array of string: A name"), ["added description"]);
    assert_eq!(of(described, "(array of string: A name): By age"), ["added description"]);
    let referred = "{allOf: [{$ref: '#/components/schemas/Pet'}], description: The newest, deprecated: true}";
    assert_eq!(of(referred, "(`Pet`, deprecated): The newest"), [""; 0]);
    assert_eq!(of(referred, ": `Pet`"), ["lost description", "lost deprecated"]);
}

#[test]
fn a_part_in_place_describes_and_deprecates_the_whole() {
    let of = |pet, documented| found(("{type: string}", pet), (": string", documented));
    let part = "{allOf: [{$ref: '#/components/schemas/Other'}, {type: object, description: A pet, deprecated: true}]}";
    assert_eq!(of(part, "/// A pet\n#[deprecated]"), [""; 0]);
    assert_eq!(of(part, "/// Another"), ["changed deprecated", "lost description"]);
    // What it says of itself comes first, and what a component says is told at that.
    let own = "{description: Mine, allOf: [{type: object, description: A pet}]}";
    assert_eq!(of(own, "/// Mine"), [""; 0]);
    assert_eq!(of("{allOf: [{$ref: '#/components/schemas/Other'}, {type: object}]}", "/// Another"), [""; 0]);
}
