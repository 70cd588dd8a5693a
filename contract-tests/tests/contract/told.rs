//! What a reader is told of schemas in place, which are a body that has no type and the parts of an `allOf`, and of names that
//! stand in addresses.

use contract_tests::difference::Difference;
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
    let client = format!(
        "pub struct Client;\nimpl Client {{\n/// `GET /pets/{{petId}}`\n///\n/// - `200`: A pet.\n///   - `application/json` {told}\npub fn \
         get_pet(&self) {{}}\n}}"
    );
    let types = format!("{documented}\npub struct Pet {{}}");
    let found = differences(&text, &[("", &client), ("types::", &types)]).into_iter();
    let within =
        |found: &Difference| ["/Pet", "/schema", "application~1json"].iter().any(|end| found.place.ends_with(end));
    found.filter(within).map(|found| format!("{:?} {}", found.problem, found.keyword).to_lowercase()).collect()
}

/// The differences between a document and sources, each with the path of its module.
fn differences(document: &str, sources: &[(&str, &str)]) -> Vec<Difference> {
    let document = Document::parse("told.yaml", document).expect("the document is well-formed");
    let files: Vec<_> = sources.iter().map(|(module, text)| ((*module).to_owned(), (*text).to_owned())).collect();
    let sources = Sources::parse(&files).expect("it is Rust");
    let mut found = Findings::of("documentation");
    judge(&document, &SUBJECT, &sources, &Account::default(), &mut found).expect("the document is one");
    found.differences
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

#[test]
fn a_default_that_is_described_by_itself_is_told_twice() {
    let of = |documented| {
        found(("{type: string}", "{type: string, description: action, default: action}"), (": string", documented))
    };
    assert_eq!(of("/// action\n///\n/// Default: `action`"), [""; 0]);
    assert_eq!(of("/// action"), ["lost default"]);
}

#[test]
fn a_name_is_not_told_by_an_address_that_has_it() {
    /// What is missing or too much where an operation has these lines.
    fn found(lines: &[&str]) -> Vec<String> {
        let document = "{openapi: 3.0.3, info: {title: t, version: '1', contact: {name: pet-api, email: pet-api@pets.example}}, tags: \
            [{name: pet-api}], paths: {/v2/pet-api/get: {get: {operationId: getPet, tags: [pet-api], externalDocs: {url: \
            'https://pets.example/v2/pet-api/#get'}, responses: {}}}}}";
        let lines: String = lines.iter().flat_map(|line| ["/// ", line, "\n///\n"]).collect();
        let client = format!(
            "/// t, 1, in OpenAPI 3.0.3\n///\n/// Contact: pet-api, pet-api@pets.example\n///\n/// Tags: `pet-api`\npub struct \
             Client;\nimpl Client {{\n{lines}pub fn get_pet(&self) {{}}\n}}"
        );
        let found = differences(document, &[("", &client)]).into_iter();
        let found = found.filter(|found| found.place.ends_with("/get") || found.place.ends_with("/externalDocs"));
        found.map(|found| format!("{:?} {}", found.problem, found.keyword).to_lowercase()).collect()
    }
    let [call, url] = ["`GET /v2/pet-api/get`", "See <https://pets.example/v2/pet-api/#get>."];
    assert_eq!(found(&[call, url, "Tags: `pet-api`"]), [""; 0]);
    assert_eq!(found(&[call, "See [its page](https://pets.example/v2/pet-api/#get)", "Tags: `pet-api`"]), [""; 0]);
    assert_eq!(found(&[call, "See `https://pets.example/v2/pet-api/#get`", "(pet-api)"]), [""; 0]);
    // Neither URL nor path nor e-mail address tells the tag, and a longer URL does not tell the path.
    assert_eq!(found(&[call, url, "(pet-api@pets.example)"]), ["lost tags"]);
    assert_eq!(found(&["`GET`", url, "Tags: `pet-api`"]), ["lost path"]);
    assert_eq!(
        found(&[call, "(<https://pets.example/v2/pet-api/#put>)", "Tags: `pet-api`"]),
        ["lost url", "added documentation"]
    );
}

#[test]
fn a_block_that_names_a_property_first_is_about_it() {
    let document = "{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {}, components: {schemas: {Pet: {type: object, description: A \
                    pet, properties: {address: {type: object, dependentRequired: {street: [city]}}}}}}}";
    let of = |told: &str| {
        let types =
            format!("/// A pet\npub struct Pet {{\n/// The address.\n///\n/// {told}\npub address: String,\n}}");
        let found = differences(document, &[("types::", &types)]).into_iter();
        let found = found.filter(|found| found.place.contains("/address"));
        found.map(|found| format!("{:?} {}", found.problem, found.keyword).to_lowercase()).collect::<Vec<_>>()
    };
    assert_eq!(of("`address`, optional; with `street` also `city`"), [""; 0]);
    assert_eq!(of("`address`; with `street` also `city`"), ["lost required"]);
    let other = of("`address`, optional; with `street` also `zip`");
    assert_eq!(other, ["lost dependentrequired", "added documentation"]);
}

#[test]
fn a_summary_may_be_what_the_description_begins_with_and_a_url_follows_its_description() {
    let of = |summary: &str, told: &str| {
        let document = format!(
            "{{openapi: 3.0.3, info: {{title: t, version: '1'}}, paths: {{'/pets': {{get: {{operationId: getPet, summary: {summary}, \
             description: All pets of a shop, externalDocs: {{description: Find out more, url: 'https://pets.example'}}, responses: \
             {{'204': {{description: None.}}}}}}}}}}}}"
        );
        let client = format!(
            "pub struct Client;\nimpl Client {{\n/// {told}\n///\n/// `GET /pets`\n///\n/// - `204`: None.\npub fn get_pet(&self) {{}}\n}}"
        );
        let builder = format!("/// {summary}\npub struct GetPet;");
        let found = differences(&document, &[("", &client), ("builder::", &builder)]).into_iter();
        let found = found.filter(|found| found.place.contains("/get") && found.keyword != "version");
        found.map(|found| format!("{:?} {}", found.problem, found.keyword).to_lowercase()).collect::<Vec<_>>()
    };
    let url = "<https://pets.example>";
    assert_eq!(of("All pets", &format!("All pets of a shop. See also: Find out more {url}")), [""; 0]);
    assert_eq!(of("Every pet", &format!("All pets of a shop. See also: Find out more {url}")), ["lost summary"]);
    assert_eq!(of("All pets", &format!("All pets. See also: Find out more {url}")), ["lost description"]);
    assert_eq!(
        of("All pets", &format!("All pets of a shop. See also: Find out more about {url}")),
        ["lost description"]
    );
}

#[test]
fn what_says_nothing_beside_its_type_need_not_be_told() {
    let of = |documented| {
        let pet = "{type: object, description: A pet, minLength: 3, items: {type: string, description: A name}}";
        found(("{type: string}", pet), (": string", documented))
    };
    assert_eq!(of("/// A pet"), [""; 0]);
    assert_eq!(of("/// A pet\n///\n/// At least `3` characters"), [""; 0]);
    assert_eq!(of("/// A pet\n///\n/// At least `4` characters"), ["added documentation"]);
    let body = "{type: object, description: A pet, items: {type: string, description: A name}}";
    assert_eq!(found((body, "{type: object, description: A pet}"), ("(object): A pet", "/// A pet")), [""; 0]);
}
