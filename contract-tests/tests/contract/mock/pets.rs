//! The mock server of a document with what the workspace's own has none of.

use contract_tests::document::Document;
use contract_tests::mock::Mock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ask, get, header, serving};

const PETS: &str = r"
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: '{host}/api', variables: { host: { default: 'https://example.com' } } }]
security: [{ key: [], session: [] }, { basic: [] }]
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, minimum: 1 } }
        - { name: kinds, in: query, explode: false, schema: { type: array, items: { type: string, enum: [cat, dog] } } }
        - { name: ids, in: query, schema: { type: array, maxItems: 2, items: { type: integer } } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object, required: [x] } } } }
        - { name: X-Flag, in: header, schema: { type: boolean } }
        - { name: page, in: cookie, schema: { type: integer } }
      responses:
        '200':
          description: All
          headers: { Retry-After: { schema: { type: integer } }, X-Total: { schema: { type: integer, minimum: 7 } } }
          content:
            application/json:
              schema: {}
              examples: { none: { value: [] }, 'a/b, c': { $ref: '#/components/examples/Two' } }
        4XX: { description: Wrong, content: { text/plain: { schema: { type: string }, example: wrong } } }
        default: { description: Other }
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name] } } } }
      responses: { '201': { description: Made } }
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 3 } }]
      responses: { '200': { description: One, content: { application/json: { schema: { type: integer, minimum: 3 } } } } }
  /pets/mine:
    get:
      security: []
      responses: { '204': { description: None, content: { application/json: {} } } }
components:
  examples: { Two: { value: [1, 2] } }
  securitySchemes:
    key: { type: apiKey, in: query, name: key }
    session: { type: apiKey, in: cookie, name: session }
    basic: { type: http, scheme: basic }
";

async fn serving_pets() -> Mock {
    serving(&Document::parse("pets.yaml", PETS).expect("a document")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_defaults_and_named_examples_are_responses_too() {
    let running = serving_pets().await;
    let url = format!("{}/pets?limit=1&key=k", running.base_url);
    let cookie = ("cookie", "a=b; session=s");
    for (prefer, status, body) in [
        ("example=none", 200, json!([])),
        ("code=200; x=y, example=\"a/b, c\"", 200, json!([1, 2])),
        ("code=503", 503, Value::Null),
        ("code=302", 302, Value::Null),
    ] {
        assert_eq!(get(&url, &[cookie, ("prefer", prefer)]).await, (status, body), "{prefer}");
    }
    let response = ask(Method::GET, &url, &[cookie, ("prefer", "code=418")]).await;
    assert_eq!((response.status().as_u16(), header(&response, "content-type").as_deref()), (418, Some("text/plain")));
    assert_eq!(response.text().await.expect("a text"), "wrong");
    let response = ask(Method::GET, &url, &[cookie]).await;
    assert_eq!(
        (header(&response, "x-total").as_deref(), header(&response, "retry-after").as_deref()),
        (Some("7"), Some("30"))
    );
    let (_, body) = get(&url, &[cookie, ("prefer", "example=three")]).await;
    assert_eq!(body["offered"][0], json!({ "code": "200", "examples": ["none", "a/b, c"] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_asked_for_wherever_they_stand() {
    let running = serving_pets().await;
    for (query, header, expected) in [
        ("", ("x", "y"), 401),
        ("?key=k", ("x", "y"), 401),
        ("", ("cookie", "session=s"), 401),
        ("?key=k", ("cookie", "session=s"), 200),
        ("", ("authorization", "basic dXNlcg=="), 200),
        ("", ("authorization", "Bearer t"), 401),
    ] {
        let (status, _) = get(&format!("{}/pets/1{query}", running.base_url), &[header]).await;
        assert_eq!(status, expected, "{query} {header:?}");
    }
    // The concrete path wins over the one with a parameter, and its operation asks for nothing.
    let response = ask(Method::GET, &format!("{}/pets/mine", running.base_url), &[]).await;
    assert_eq!((response.status().as_u16(), response.text().await.expect("no body").as_str()), (204, ""));
    // Nothing but the schema says what a pet is.
    assert_eq!(get(&format!("{}/pets/1", running.base_url), &[("authorization", "Basic a")]).await, (200, json!(3)));
    assert_eq!(get(&format!("{}/pets/1234", running.base_url), &[("authorization", "Basic a")]).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_are_judged_in_every_place() {
    let running = serving_pets().await;
    let access = ("authorization", "Basic a");
    for (query, header, expected) in [
        ("limit=1", access, None),
        ("", access, Some("the query parameter `limit` is missing")),
        ("limit=0", access, Some("the query parameter `limit` is `0`")),
        ("limit=one", access, Some("the query parameter `limit` is `one`")),
        ("limit=1&kinds=cat,dog", access, None),
        ("limit=1&kinds=cat,cow", access, Some("the query parameter `kinds` is `[\"cat\",\"cow\"]`")),
        ("limit=1&ids=1&ids=2", access, None),
        ("limit=1&ids=1", access, None),
        ("limit=1&ids=1&ids=x", access, Some("the query parameter `ids` is `[1,\"x\"]`")),
        ("limit=1&ids=1&ids=2&ids=3", access, Some("the query parameter `ids` is `[1,2,3]`")),
        ("limit=1&filter=%7B%22x%22:1%7D", access, None),
        ("limit=1&filter=%7B%7D", access, Some("the query parameter `filter` is `{}`")),
        ("limit=1", ("x-flag", "true"), None),
        ("limit=1", ("x-flag", "yes"), Some("the header parameter `X-Flag` is `yes`")),
        ("limit=1", ("cookie", "page=2"), None),
        ("limit=1", ("cookie", "page=two"), Some("the cookie parameter `page` is `two`")),
    ] {
        let response = ask(Method::GET, &format!("{}/pets?{query}", running.base_url), &[access, header]).await;
        let reason = super::header(&response, "mock-reason");
        match expected {
            None => assert_eq!((response.status().as_u16(), reason), (200, None), "{query} {header:?}"),
            Some(expected) => {
                assert_eq!(response.status(), 400, "{query} {header:?}");
                assert!(reason.as_ref().is_some_and(|reason| reason.starts_with(expected)), "{query}: {reason:?}");
                // A range that the document has covers the refusal too.
                assert_eq!(response.text().await.expect("a text"), "wrong");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_judged() {
    let running = serving_pets().await;
    let post = async |media_type: &str, body: Vec<u8>| {
        let request = reqwest::Client::new().post(format!("{}/pets", running.base_url));
        let request = request.header("authorization", "Basic a").header("content-type", media_type).body(body);
        let response = request.send().await.expect("a response");
        (response.status().as_u16(), header(&response, "mock-reason").unwrap_or_default())
    };
    assert_eq!(post("application/json", b"{\"name\": \"Rex\"}".to_vec()).await.0, 201);
    assert_eq!(post("application/json", b"".to_vec()).await, (400, "the request has no body".to_owned()));
    let (status, reason) = post("application/json; charset=utf-8", b"{}".to_vec()).await;
    assert_eq!(status, 400);
    assert!(reason.contains("required at /name"), "{reason}");
    assert_eq!(post("application/json", b"{".to_vec()).await.0, 400);
    assert_eq!(post("application/json", vec![b' '; 5 * 1024 * 1024]).await.0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn methods_are_the_document_s_and_what_follows_from_them() {
    let running = serving_pets().await;
    let url = format!("{}/pets", running.base_url);
    for method in [Method::DELETE, Method::TRACE, Method::PATCH, Method::from_bytes(b"BREW").expect("a method")] {
        let response = ask(method.clone(), &url, &[]).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "allow").as_deref()),
            (405, Some("GET, POST, HEAD, OPTIONS")),
            "{method}"
        );
    }
    let response = ask(Method::OPTIONS, &url, &[]).await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "allow").as_deref()),
        (204, Some("GET, POST, HEAD, OPTIONS"))
    );
    let url = format!("{}/pets/1", running.base_url);
    let response = ask(Method::HEAD, &url, &[("authorization", "Basic a")]).await;
    assert_eq!((response.status().as_u16(), header(&response, "content-length").as_deref()), (200, Some("2")));
    assert_eq!(response.text().await.expect("nothing"), "");
    assert_eq!(ask(Method::HEAD, &url, &[]).await.status(), 401);
    let response = ask(Method::POST, &url, &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "allow").as_deref()), (405, Some("GET, HEAD, OPTIONS")));
}
