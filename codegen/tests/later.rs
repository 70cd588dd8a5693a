//! Every keyword of JSON Schema 2020-12 and every field of OpenAPI 3.1, as the specifications list them: each changes the client, is
//! refused by its name where it stands, or is excused for a reason that is written here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use codegen::{Layout, Level, generate, lint};
use serde_json::{Map, Value};

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The client is another one without it.
    Honoured,
    /// An error names it where it stands.
    Refused,
    /// Nothing comes of it, for this reason.
    Excused(&'static str),
}

use Fate::{Excused, Honoured, Refused};

const NAMES: Fate = Excused("it names the schema for references, and these are followed");

/// The keywords of each vocabulary, and those of OpenAPI: with what stands beside it, and with it.
const KEYWORDS: &[(&str, &str, Fate)] = &[
    // Core.
    (
        "type: object",
        "$schema: 'https://json-schema.org/draft/2020-12/schema'",
        Excused("all schemas are in this dialect"),
    ),
    ("type: object", "$schema: 'https://json-schema.org/draft/2019-09/schema'", Refused),
    (
        "type: object",
        "$vocabulary: {'https://json-schema.org/draft/2020-12/vocab/core': true}",
        Excused("it is of dialects"),
    ),
    ("type: object", "$id: 'https://pets.example/pet'", NAMES),
    ("type: object", "$anchor: pet", NAMES),
    ("type: object", "$dynamicAnchor: pet", NAMES),
    (
        "type: object, properties: {a: {$id: a, $dynamicAnchor: x}, b: {$id: b, $dynamicAnchor: x}}",
        "$dynamicRef: 'a#x'",
        Refused,
    ),
    ("$anchor: pet, type: object", "properties: {a: {$dynamicRef: '#pet'}}", Honoured),
    ("description: A pet.", "$ref: '#/components/schemas/Other'", Honoured),
    ("type: object", "$defs: {A: {type: string}}", Excused("only what refers to a definition makes use of it")),
    ("type: object", "$comment: For editors.", Excused("it is for the document's editors")),
    // Applicators.
    ("type: array", "prefixItems: [{type: string}]", Honoured),
    ("type: array", "items: {type: string}", Honoured),
    ("type: array", "contains: {type: string}", Honoured),
    ("type: object", "additionalProperties: {type: string}", Honoured),
    ("type: object", "properties: {a: {type: string}}", Honoured),
    ("type: object", "patternProperties: {'^a': {type: string}}", Honoured),
    ("type: object", "patternProperties: {'^a': {minLength: 1}}", Refused),
    ("type: object", "dependentSchemas: {a: {required: [b]}}", Honoured),
    ("type: object", "propertyNames: {pattern: '^a'}", Honoured),
    ("type: object", "if: {required: [a]}, then: {required: [b]}", Honoured),
    ("type: object, if: {required: [a]}, else: {maxProperties: 1}", "then: {required: [b]}", Honoured),
    ("type: object, if: {required: [a]}, then: {maxProperties: 1}", "else: {required: [b]}", Honoured),
    ("type: object", "then: {required: [b]}", Excused("it says nothing without `if`")),
    ("description: A pet.", "allOf: [{$ref: '#/components/schemas/Other'}]", Honoured),
    ("description: A pet.", "anyOf: [{$ref: '#/components/schemas/Other'}, {type: string}]", Honoured),
    ("description: A pet.", "oneOf: [{$ref: '#/components/schemas/Other'}, {type: string}]", Honoured),
    ("type: string", "not: {const: a}", Honoured),
    // Unevaluated.
    ("type: array, prefixItems: [{type: string}]", "unevaluatedItems: {type: string}", Honoured),
    ("type: array, contains: {type: string}", "unevaluatedItems: {type: string}", Refused),
    ("type: object, allOf: [{properties: {a: {type: string}}}]", "unevaluatedProperties: false", Honoured),
    (
        "type: object, if: {required: [a]}, then: {properties: {a: {type: string}}}",
        "unevaluatedProperties: false",
        Refused,
    ),
    // Validation.
    ("description: A pet.", "type: [string, integer, 'null']", Honoured),
    ("type: string", "enum: [a, b]", Honoured),
    ("description: A pet.", "const: {name: a}", Honoured),
    ("type: number", "multipleOf: 2", Honoured),
    ("type: number", "maximum: 2", Honoured),
    ("type: number", "exclusiveMaximum: 2", Honoured),
    ("type: number", "minimum: 2", Honoured),
    ("type: number", "exclusiveMinimum: 2", Honoured),
    ("type: string", "maxLength: 2", Honoured),
    ("type: string", "minLength: 2", Honoured),
    ("type: string", "pattern: '^a'", Honoured),
    ("type: array", "maxItems: 2", Honoured),
    ("type: array", "minItems: 2", Honoured),
    ("type: array", "uniqueItems: true", Honoured),
    ("type: array, contains: {type: string}", "maxContains: 2", Honoured),
    ("type: array, contains: {type: string}", "minContains: 2", Honoured),
    ("type: object", "maxProperties: 2", Honoured),
    ("type: object", "minProperties: 2", Honoured),
    ("type: object", "required: [a]", Honoured),
    ("type: object", "dependentRequired: {a: [b]}", Honoured),
    ("description: A pet.", "minimum: 1", Honoured),
    // Meta-data.
    ("type: string", "title: Pet", Honoured),
    ("type: string", "description: A pet.", Honoured),
    ("type: string", "default: a", Honoured),
    ("type: object", "deprecated: true", Honoured),
    ("type: object, properties: {a: {type: string}}", "readOnly: true", Honoured),
    ("type: object, properties: {a: {type: string}}", "writeOnly: true", Honoured),
    ("type: string", "examples: [a]", Honoured),
    ("type: string, example: a", "examples: [b]", Honoured),
    // Formats and contents.
    ("type: string", "format: date-time", Honoured),
    ("type: string", "contentEncoding: base64url", Honoured),
    ("type: string", "contentMediaType: text/plain", Honoured),
    ("type: string, contentMediaType: application/json", "contentSchema: {type: string}", Honoured),
    // Those of OpenAPI.
    (
        "oneOf: [{$ref: '#/components/schemas/Other'}, {$ref: '#/components/schemas/Third'}]",
        "discriminator: {propertyName: name}",
        Honoured,
    ),
    ("type: string", "xml: {name: pet}", Honoured),
    ("type: object", "externalDocs: {url: 'https://pets.example'}", Honoured),
    ("type: string", "example: a", Honoured),
];

/// The objects of OpenAPI 3.1 with all their fields, and where the document has one with these.
const OBJECTS: &[(&str, &str, &str)] = &[
    ("OpenAPI", "", "openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs"),
    ("Info", "/info", "title summary description termsOfService contact license version"),
    ("Contact", "/info/contact", "name url email"),
    ("License", "/info/license", "name identifier"),
    ("Server", "/servers/0", "url description variables"),
    ("Server Variable", "/servers/0/variables/region", "enum default description"),
    (
        "Components",
        "/components",
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
    ),
    (
        "Path Item",
        "/paths/~1pets~1{id}",
        "summary description get put post delete options head patch trace servers parameters",
    ),
    ("Path Item", "/paths/~1kennels", "$ref"),
    (
        "Operation",
        "/paths/~1pets~1{id}/get",
        "tags summary description externalDocs operationId parameters responses callbacks deprecated security servers",
    ),
    ("Operation", "/paths/~1pets~1{id}/put", "requestBody"),
    ("External Documentation", "/externalDocs", "description url"),
    (
        "Parameter",
        "/paths/~1pets~1{id}/get/parameters/0",
        "name in description required deprecated allowEmptyValue explode allowReserved schema example",
    ),
    ("Parameter", "/paths/~1pets~1{id}/get/parameters/1", "style examples"),
    ("Parameter", "/paths/~1pets~1{id}/get/parameters/2", "content"),
    ("Request Body", "/paths/~1pets~1{id}/put/requestBody", "description content required"),
    ("Media Type", "/paths/~1pets~1{id}/get/responses/200/content/application~1json", "schema example"),
    ("Media Type", "/paths/~1pets~1{id}/get/responses/200/content/application~1xml", "examples"),
    ("Media Type", "/paths/~1pets~1{id}/put/requestBody/content/multipart~1form-data", "encoding"),
    (
        "Encoding",
        "/paths/~1pets~1{id}/put/requestBody/content/multipart~1form-data/encoding/photo",
        "contentType headers",
    ),
    (
        "Encoding",
        "/paths/~1pets~1{id}/patch/requestBody/content/application~1x-www-form-urlencoded/encoding/tags",
        "explode allowReserved",
    ),
    (
        "Encoding",
        "/paths/~1pets~1{id}/patch/requestBody/content/application~1x-www-form-urlencoded/encoding/toys",
        "style",
    ),
    ("Responses", "/paths/~1pets~1{id}/get/responses", "default 200"),
    ("Response", "/paths/~1pets~1{id}/get/responses/200", "description headers content links"),
    ("Callback", "/paths/~1pets~1{id}/get/callbacks/moved", "{$request.query.since}"),
    ("Example", "/paths/~1pets~1{id}/get/parameters/1/examples/old", "summary description value"),
    ("Example", "/paths/~1pets~1{id}/get/parameters/1/examples/far", "externalValue"),
    (
        "Link",
        "/paths/~1pets~1{id}/get/responses/200/links/put",
        "operationId parameters requestBody description server",
    ),
    ("Link", "/paths/~1pets~1{id}/get/responses/200/links/again", "operationRef"),
    (
        "Header",
        "/paths/~1pets~1{id}/get/responses/200/headers/Age",
        "description required deprecated allowEmptyValue style explode allowReserved schema example",
    ),
    ("Header", "/paths/~1pets~1{id}/get/responses/200/headers/Kind", "content examples"),
    ("Tag", "/tags/0", "name description externalDocs"),
    ("Reference", "/paths/~1pets~1{id}/parameters/0", "$ref summary description"),
    ("Discriminator", "/components/schemas/Pet/discriminator", "propertyName mapping"),
    ("XML", "/components/schemas/Pet/properties/name/xml", "name namespace prefix attribute wrapped"),
    ("Security Scheme", "/components/securitySchemes/oauth", "type description flows"),
    ("Security Scheme", "/components/securitySchemes/basic", "scheme bearerFormat"),
    ("Security Scheme", "/components/securitySchemes/key", "name in"),
    ("Security Scheme", "/components/securitySchemes/open", "openIdConnectUrl"),
    ("OAuth Flows", "/components/securitySchemes/oauth/flows", "implicit password clientCredentials authorizationCode"),
    (
        "OAuth Flow",
        "/components/securitySchemes/oauth/flows/authorizationCode",
        "authorizationUrl tokenUrl refreshUrl scopes",
    ),
    ("Security Requirement", "/security/0", "oauth"),
];

/// The fields without which the client is the same, and why.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("OpenAPI", "jsonSchemaDialect", "another dialect is refused"),
    ("Reference", "summary", "a parameter has no summary"),
    ("Header", "style", "there is one style of headers"),
];

/// All files of the client, without the headers, which have a digest of the document; nothing where the document is refused.
fn client(document: &[u8]) -> Option<Vec<(String, String)>> {
    let generated = generate("pets.yaml", document, Layout::Crate).ok()?;
    let bodies = generated.files.into_iter().filter(|file| file.path != "LEDGER.md");
    Some(bodies.map(|file| (file.path, file.contents.lines().skip(3).collect())).collect())
}

#[test]
fn every_keyword_of_2020_12_is_honoured_refused_or_excused() {
    let mut wrong = Vec::new();
    for (beside, keyword, expected) in KEYWORDS {
        let document = |schema: &str| {
            format!(
                "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\ncomponents:\n  schemas:\n    Pet: {{{schema}}}\n    Other: \
                 {{type: object, properties: {{name: {{type: string}}}}}}\n    Third: {{type: object, properties: {{name: \
                 {{type: string}}}}}}\n    Holder: {{type: object, properties: {{pet: {{$ref: '#/components/schemas/Pet'}}}}}}\n"
            )
        };
        let (without, with) = (document(beside), document(&format!("{beside}, {keyword}")));
        let errors: Vec<_> =
            lint("pets.yaml", with.as_bytes()).into_iter().filter(|found| found.level == Level::Error).collect();
        let fate = match (client(without.as_bytes()), client(with.as_bytes())) {
            (None, _) => panic!("{beside}: {:?}", lint("pets.yaml", without.as_bytes())),
            (_, None) => {
                let name = keyword.split(':').next().unwrap().trim_start_matches('$');
                assert!(errors.iter().all(|error| error.location.line == 5), "{keyword}: {errors:?}");
                assert!(
                    errors.iter().any(|error| error.message.contains(name)
                        || error.pointer.as_str().contains(name)
                        || error.message.contains("no Rust type")),
                    "{errors:?}"
                );
                Refused
            }
            (Some(without), Some(with)) if without != with => Honoured,
            _ => match expected {
                Excused(_) => *expected,
                _ => Excused("nobody knows why"),
            },
        };
        if fate != *expected {
            wrong.push(format!("{beside}, {keyword}: {fate:?}: {errors:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_field_of_3_1_is_honoured_or_excused() {
    let text = include_bytes!("fixtures/whole/later.yaml");
    let root = codegen::Document::parse("later.yaml", text).unwrap().root().clone();
    let whole = client(root.to_string().as_bytes()).unwrap();
    let mut lost = Vec::new();
    for (object, pointer, fields) in OBJECTS {
        for field in fields.split(' ') {
            let mut root = root.clone();
            let held =
                root.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap_or(&mut Map::new()).shift_remove(field);
            assert!(held.is_some(), "the document has no {field} at {pointer}");
            let is_excused = EXCUSED.iter().any(|(known, name, _)| known == object && *name == field);
            // Without a field that must be there, it is no document.
            let is_same = client(root.to_string().as_bytes()).is_some_and(|without| without == whole);
            if is_same != is_excused {
                lost.push(format!("{object}: {field}, excused: {is_excused}"));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn path_items_among_the_components_of_a_3_0_document_are_found_by_references() {
    let document = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {/pets: {$ref: '#/components/pathItems/Pets'}}\ncomponents:\n  \
                    pathItems: {Pets: {get: {operationId: getPets, responses: {'200': {description: Pets.}}}}}\n";
    let generated = generate("pets.yaml", document.as_bytes(), Layout::Crate).unwrap();
    let client = generated.files.iter().map(|file| file.contents.as_str()).collect::<String>();
    assert!(client.contains("fn get_pets"));
}
