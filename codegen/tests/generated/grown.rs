//! What a document's growth is to users of its client, kind by kind: the list of all that they can name loses no line, so that a release
//! need not say that something breaks. Code of users is compiled with all of it at once, see `behaves`.

use std::sync::LazyLock;

use codegen::{Layout, generate, interface};
use serde_json::{Value, json};

use crate::fixtures;

/// Growth: what it is, and what is put where.
type Growth = (&'static str, Vec<(&'static str, Value)>);

fn string() -> Value {
    json!({ "type": "string" })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn content(name: &str) -> Value {
    json!({ "application/json": { "schema": reference(name) } })
}

fn response(name: &str) -> Value {
    json!({ "description": "One more", "content": content(name) })
}

fn bodiless() -> Value {
    json!({ "description": "One more" })
}

fn parameter(name: &str, place: &str) -> Value {
    json!({ "name": name, "in": place, "schema": string() })
}

/// Each kind of growth, at the places where it is most likely to change what was there before.
fn growth() -> Vec<Growth> {
    let token = || ("/components/securitySchemes/token", json!({ "type": "http", "scheme": "bearer" }));
    let more = || json!([{ "url": "https://more.example.com" }]);
    let postal = json!({ "type": "object", "required": ["postal"], "properties": { "postal": string() } });
    let things = json!({ "type": "array", "items": reference("Thing") });
    vec![
        ("a property", vec![("/components/schemas/Thing/properties/weight", json!({ "type": "number" }))]),
        (
            "a list",
            vec![("/components/schemas/Thing/properties/weights", json!({ "type": "array", "items": string() }))],
        ),
        (
            "a date",
            vec![("/components/schemas/Thing/properties/seen", json!({ "type": "string", "format": "date-time" }))],
        ),
        (
            "a property that may be null",
            vec![("/components/schemas/Thing/properties/height", json!({ "type": "number", "nullable": true }))],
        ),
        (
            "a property that is an object",
            vec![(
                "/components/schemas/Thing/properties/size",
                json!({ "type": "object", "properties": { "depth": { "type": "number" } } }),
            )],
        ),
        ("a property of an alternative", vec![("/components/schemas/Mail/properties/name", string())]),
        ("the same property of all", vec![("/components/schemas/Mail/properties/phone", string())]),
        ("a property of an error", vec![("/components/schemas/Problem/properties/detail", string())]),
        ("a property named like a type", vec![("/components/schemas/Thing/properties/Kind", string())]),
        ("a property named like a method", vec![("/components/schemas/Thing/properties/build", string())]),
        ("an enum value", vec![("/components/schemas/Kind/enum/-", json!("medium"))]),
        ("an enum value like another", vec![("/components/schemas/Kind/enum/-", json!("SMALL"))]),
        ("a number of an enum", vec![("/components/schemas/Thing/properties/level/enum/-", json!(3))]),
        (
            "an alternative with a tag",
            vec![
                ("/components/schemas/Triangle", json!({ "type": "object", "properties": { "form": string() } })),
                ("/components/schemas/Shape/oneOf/-", reference("Triangle")),
            ],
        ),
        (
            "an alternative",
            vec![("/components/schemas/Postal", postal), ("/components/schemas/Contact/anyOf/-", reference("Postal"))],
        ),
        ("an alternative without a name", vec![("/components/schemas/Contact/anyOf/-", json!({ "type": "boolean" }))]),
        ("a parameter", vec![("/paths/~1things~1{id}/get/parameters/-", parameter("verbose", "query"))]),
        ("a header of a request", vec![("/paths/~1things~1{id}/get/parameters/-", parameter("X-Trace", "header"))]),
        ("a cookie", vec![("/paths/~1things~1{id}/get/parameters/-", parameter("seen", "cookie"))]),
        ("a parameter named like another", vec![("/paths/~1things~1{id}/get/parameters/-", parameter("id", "query"))]),
        ("a parameter of a path", vec![("/paths/~1things/parameters", json!([parameter("verbose", "query")]))]),
        (
            "a parameter named like the body",
            vec![("/paths/~1things/post/parameters", json!([parameter("body", "query")]))],
        ),
        ("an error", vec![("/paths/~1things~1{id}/get/responses/410", response("Problem"))]),
        ("an error of another type", vec![("/paths/~1things~1{id}/get/responses/409", response("Mail"))]),
        ("a first error", vec![("/paths/~1things/post/responses/409", response("Problem"))]),
        (
            "a first error that is a list",
            vec![(
                "/paths/~1report/get/responses/409",
                json!({ "description": "One more", "content": {
                "application/json": { "schema": { "type": "array", "items": reference("Problem") } },
            } }),
            )],
        ),
        ("a range of errors", vec![("/paths/~1things~1{id}/get/responses/5XX", response("Problem"))]),
        ("all other errors", vec![("/paths/~1things~1{id}/get/responses/default", response("Problem"))]),
        ("an error without a body", vec![("/paths/~1things~1{id}/get/responses/503", bodiless())]),
        ("a first error without a body", vec![("/paths/~1things/post/responses/503", bodiless())]),
        ("a success", vec![("/paths/~1things/post/responses/200", response("Thing"))]),
        (
            "a media type",
            vec![("/paths/~1things~1{id}/get/responses/200/content/text~1csv", json!({ "schema": string() }))],
        ),
        (
            "a media type of an error",
            vec![(
                "/paths/~1things~1{id}/get/responses/404/content/application~1problem+json",
                json!({ "schema": reference("Problem") }),
            )],
        ),
        (
            "a media type of a request",
            vec![("/paths/~1things/post/requestBody/content/text~1csv", json!({ "schema": string() }))],
        ),
        (
            "another media type than JSON",
            vec![(
                "/paths/~1report/get/responses/200/content/application~1pdf",
                json!({ "schema": { "type": "string", "format": "binary" } }),
            )],
        ),
        (
            "another media type of a request than JSON",
            vec![(
                "/paths/~1report/post/requestBody/content/application~1pdf",
                json!({ "schema": { "type": "string", "format": "binary" } }),
            )],
        ),
        ("a header", vec![("/paths/~1things~1{id}/get/responses/200/headers/X-Second", json!({ "schema": string() }))]),
        (
            "a header named like another",
            vec![("/paths/~1things/post/responses/201/headers", json!({ "X-First": { "schema": string() } }))],
        ),
        ("credentials", vec![token(), ("/security/-", json!({ "token": [] }))]),
        (
            "credentials of an operation",
            vec![token(), ("/paths/~1things~1{id}/get/security", json!([{ "key": [] }, { "token": [] }]))],
        ),
        ("no credentials", vec![("/security/-", json!({}))]),
        ("a server", vec![("/servers/-", json!({ "url": "https://more.example.com" }))]),
        ("a server of an operation", vec![("/paths/~1things~1{id}/get/servers", more())]),
        (
            "an operation",
            vec![(
                "/paths/~1things/get",
                json!({ "operationId": "listThings", "responses": { "200": {
                "description": "Things", "content": { "application/json": { "schema": things } },
            } } }),
            )],
        ),
        (
            "an operation that sends what was received",
            vec![(
                "/paths/~1problems",
                json!({ "post": { "requestBody": { "content": content("Problem") }, "responses": { "200": response("Problem") } } }),
            )],
        ),
        (
            "an operation that receives what was sent",
            vec![(
                "/paths/~1kinds",
                json!({ "get": { "responses": { "200": response("Kind"), "404": response("Mail") } } }),
            )],
        ),
    ]
}

/// What a request no longer sends, or a response no longer has. Code that gives what it gave before compiles, since the one form becomes
/// the other; a type that it names is another one.
fn forms() -> Vec<Growth> {
    vec![
        (
            "a property that the server sets",
            vec![("/components/schemas/Thing/properties/made", json!({ "type": "string", "readOnly": true }))],
        ),
        (
            "a property that the server sets within another",
            vec![("/components/schemas/Circle/properties/area", json!({ "type": "integer", "readOnly": true }))],
        ),
        (
            "a property that only requests have",
            vec![("/components/schemas/Thing/properties/note", json!({ "type": "string", "writeOnly": true }))],
        ),
    ]
}

/// What changes a type that users can name, and the lines that say so.
fn changes() -> Vec<(&'static str, Growth)> {
    let json = |name: &str| json!({ "schema": reference(name) });
    let sent = "/paths/~1report/post/requestBody/content/application~1json";
    vec![
        ("MakeThing", ("a success of another type", vec![("/paths/~1things/post/responses/202", response("Mail"))])),
        ("MakeThing", ("a success without a body", vec![("/paths/~1things/post/responses/204", bodiless())])),
        ("GetThing", ("another body of an error", vec![("/paths/~1things~1{id}/get/responses/404", response("Mail"))])),
        (
            "GetReport",
            ("a first JSON", vec![("/paths/~1report/get/responses/200/content/application~1json", json("Thing"))]),
        ),
        ("SendReport", ("a first JSON of a request", vec![(sent, json("Thing"))])),
        ("ThingLevel", ("a type named like one without a name", vec![("/components/schemas/ThingLevel", string())])),
    ]
}

/// The document as it was.
fn before() -> Value {
    serde_yaml::from_slice(&fixtures::of("behaviour", "growing").bytes).unwrap()
}

fn grow(document: &mut Value, (kind, edits): &Growth) {
    for (place, value) in edits {
        let (parent, key) = place.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("{kind}: {place} is not in the document"));
        match parent {
            Value::Array(items) if key == "-" => items.push(value.clone()),
            Value::Object(members) => drop(members.insert(key.replace("~1", "/"), value.clone())),
            _ => panic!("{kind}: nothing can be put at {place}"),
        }
    }
}

/// The next version of the document, with all that code of users stands.
pub fn after() -> Value {
    let mut document = before();
    growth().iter().chain(&forms()).for_each(|growth| grow(&mut document, growth));
    document
}

/// The list of what users can name. What is the same for every document is left out, save macros, which write what is not.
fn list(document: &Value) -> String {
    let made = generate("things.json", document.to_string().as_bytes(), Layout::Crate);
    let mut files = made.unwrap_or_else(|found| panic!("{found:#?}")).files;
    files.retain(|file| !file.path.contains("runtime/") || file.contents.contains("macro_rules!"));
    interface::list(&files).unwrap()
}

/// The lines that the list loses.
fn lost(growth: &Growth) -> Vec<String> {
    static OLD: LazyLock<String> = LazyLock::new(|| list(&before()));
    let mut document = before();
    grow(&mut document, growth);
    assert_ne!(document, before(), "{}", growth.0);
    let new = list(&document);
    let new: Vec<&str> = new.lines().collect();
    OLD.lines().filter(|line| !new.contains(line)).map(str::to_owned).collect()
}

#[test]
fn nothing_that_users_can_name_goes_away_where_a_document_grows() {
    let lost = growth().into_iter().map(|growth| (growth.0, lost(&growth))).filter(|(_, lost)| !lost.is_empty());
    let lost: Vec<(&str, Vec<String>)> = lost.collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn a_request_s_own_form_changes_what_bodies_are_and_nothing_else() {
    for growth in forms() {
        let lost = lost(&growth);
        let is_of_body = |line: &String| line.contains("::body");
        assert!(!lost.is_empty() && lost.iter().all(is_of_body), "{}: {lost:#?}", growth.0);
    }
}

#[test]
fn what_changes_a_type_is_a_change_that_the_version_says() {
    for (of, growth) in changes() {
        let lost = lost(&growth);
        assert!(!lost.is_empty() && lost.iter().all(|line| line.contains(of)), "{}: {lost:#?}", growth.0);
    }
}
