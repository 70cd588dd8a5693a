//! What a schema in place is described as stands where a reader looks for it, though it has no type of its own or is a part of another.

use codegen::{Layout, generate};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Boats, version: '1'}
paths:
  /:
    get:
      operationId: list
      responses:
        '200': {description: d, content: {application/json: {schema: {type: array, title: Boats, description: By age, deprecated: true, items: {$ref: '#/components/schemas/Boat'}}}}}
        '201': {description: d, content: {application/json: {schema: {type: array, items: {type: string, description: A name, deprecated: true}}}}}
        '202': {description: d, content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/Boat'}], description: The newest, deprecated: true}}}}
        '203': {description: d, content: {application/json: {schema: {type: array, title: A fleet, items: {type: integer}}}}}
components:
  schemas:
    Boat: {type: object, description: Floats, properties: {name: {type: string}}}
    Held: {type: object, properties: {boat: {allOf: [{$ref: '#/components/schemas/Boat'}, {description: The tallest, deprecated: true}]}}}
    Raft: {allOf: [{$ref: '#/components/schemas/Boat'}, {description: Is slow, deprecated: true}]}
    Scow: {allOf: [{description: Is flat, properties: {bed: {type: string}}}, {$ref: '#/components/schemas/Boat'}]}
    Various:
      anyOf:
        - {type: integer, minimum: 3, nullable: true}
        - {type: array, maxItems: 2, items: {type: string}, nullable: true}
    Beside: {allOf: [{$ref: '#/components/schemas/Either'}, {type: object, nullable: true, properties: {seen: {type: boolean}}}]}
    Either: {oneOf: [{$ref: '#/components/schemas/Boat'}, {$ref: '#/components/schemas/Held'}]}
";

fn sources() -> String {
    let generated = generate("boats.yaml", DOCUMENT.as_bytes(), Layout::Crate).unwrap();
    let sources = generated.files.iter().filter(|file| !file.path.contains("runtime/") && file.path.ends_with(".rs"));
    sources.map(|file| file.contents.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_body_is_described_with_the_response_that_has_it() {
    let sources = sources();
    for line in [
        "`application/json` (array of `Boat`, deprecated): By age ",
        "`application/json`: array of deprecated string: A name ",
        "`application/json` (`Boat`, deprecated): The newest ",
        "`application/json` (array of integer): A fleet ",
    ] {
        assert!(sources.contains(line), "{line}");
    }
}

#[test]
fn what_describes_a_part_in_place_describes_the_whole_wherever_it_stands() {
    let sources = sources();
    let field = sources.split("/// The tallest").nth(1).and_then(|rest| rest.split("pub boat").next());
    assert!(field.is_some_and(|field| field.contains("#[deprecated]")), "{field:?}");
    assert!(sources.contains("/// Is slow #[deprecated] pub type Raft"), "{sources}");
    let scow = sources.split("pub struct Scow").next().and_then(|before| before.rsplit("/// Is flat").next());
    assert!(scow.is_some_and(|scow| !scow.contains("struct") && !scow.contains("Floats")), "{scow:?}");
}

#[test]
fn alternatives_that_take_null_say_so_in_the_derived_schema() {
    let sources = sources();
    for ident in ["VariousInteger", "VariousList"] {
        let before = sources.split(&format!("pub struct {ident}(")).next();
        let attributes = before.and_then(|before| before.rsplit("#[cfg_attr(").next());
        assert!(attributes.is_some_and(|one| one.contains("transform = runtime::or_null")), "{ident}: {attributes:?}");
    }
    assert!(sources.contains(r#""type":["object","null"]"#), "what stands beside alternatives takes null");
}
