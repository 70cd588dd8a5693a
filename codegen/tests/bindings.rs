//! The lines that tie a client to the judge: what each kind of schema, parameter, body and response is written as.
#![allow(clippy::expect_used, reason = "a test that cannot go on must fail")]

use codegen::{Bindings, Input, Layout};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Things, version: '1'}
servers: [{url: 'https://things.example/v1'}]
paths:
  /things/{id}:
    post:
      operationId: change
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
        - {name: tag, in: query, schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}}
        - {name: X-Mark, in: header, schema: {type: string}}
        - {name: theme, in: cookie, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '204': {description: none}
        default: {description: error, content: {application/problem+json: {schema: {type: object}}}}
  /files:
    get:
      responses:
        '200': {description: ok, content: {image/png: {schema: {type: string, format: binary}}}}
    put:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema: {properties: {file: {type: string, format: binary}, note: {type: string}}}
            encoding: {file: {headers: {X-Taken: {schema: {type: string}}}}}
    delete:
      operationId: drop
      parameters: [{name: q, in: query, content: {application/json: {schema: {type: integer, nullable: true}}}}]
      requestBody: {content: {application/json: {schema: {type: boolean, nullable: true}}}}
      responses: {'204': {description: none}}
    patch:
      operationId: mark
      requestBody: {required: true, content: {application/json: {schema: {type: boolean, nullable: true}}}}
      responses: {'204': {description: none}}
components:
  schemas:
    Kind: {type: string, enum: [a-b, "c\"d"]}
    Count: {type: integer, nullable: true, enum: [-1, 2, null]}
    Thing:
      type: object
      required: [kind]
      properties:
        kind: {$ref: '#/components/schemas/Kind'}
        count: {$ref: '#/components/schemas/Count'}
        parent: {$ref: '#/components/schemas/Thing'}
        sizes: {type: array, items: {type: string, enum: [small, big]}}
      additionalProperties: {type: string}
    Name: {type: string, maxLength: 3}
"##;

#[test]
fn every_kind_has_its_line() {
    let bindings = Some(Bindings { client: "things_client", sources: "../src/generated" });
    let input = Input { bindings, ..Input::new("things.yaml", DOCUMENT.as_bytes()) };
    let generated = input.generate(Layout::Module).expect("the document generates");
    let text = generated.bindings.expect("bindings were asked for");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        r#"things_client, "../src/generated", DEFAULT_BASE_URL;"#,
        r#""Kind" Both => types::Kind, variants { "a-b" => Ab, "c\"d" => Cd, };"#,
        r#""Count" Both => types::Count | null, variants { (-1_i64) => "#,
        r#""Thing" Both => types::Thing, properties { "kind" => kind: types::Kind, "count" => count: types::Count | null, "parent" => parent: types::Thing, "sizes" => sizes: Vec<types::ThingSizesItem>, }, extra String;"#,
        r#""Name" Both => types::Name;"#,
        r#"enumerations { "/components/schemas/Thing/properties/sizes/items" => types::ThingSizesItem, variants { "small" => Small, "big" => Big, }; } operations {"#,
        r#""change" => change Change(Path "id" => id: i64, Query "tag" => tag: Vec<types::Kind>, Header "X-Mark" => x_mark: String, Cookie "theme" => theme: String), Value "application/json": types::Thing"#,
        r#"=> Several types::ChangeSuccess { "200" Status200 One "application/json", "204" Status204 None }"#,
        r#"else { "default" "application/problem+json" One std::collections::BTreeMap<String, serde_json::Value> };"#,
        r#""get /files" => "#,
        r#"=> Stream { "200" "image/png" } else {};"#,
        r#""upload" => upload Upload(), Parts "multipart/form-data": types::UploadParts { File "file" => file ["X-Taken" => file_x_taken], Value "note" => note: String }"#,
        r#""drop" => drop Drop(Query "q" => q: i64 | null), Value "application/json": bool | null"#,
        r#""mark" => mark Mark(), Value "application/json": Option<bool>"#,
    ] {
        assert!(flat.contains(line), "{line} is not in:\n{text}");
    }
}

#[test]
fn nobody_has_bindings_who_did_not_ask_for_them() {
    let generated = Input::new("things.yaml", DOCUMENT.as_bytes()).generate(Layout::Module).expect("it generates");
    assert_eq!(generated.bindings, None);
}
