//! The mock server and every way in which a parameter or a body can be written.

use contract_tests::document::Document;
use contract_tests::mock::Mock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ask, get, header, serving};

const KINDS: &str = r"
openapi: 3.0.3
info: { title: Kinds, version: '1' }
servers: [{ url: 'https://example.com' }]
paths:
  /deep: { get: { parameters: [{ name: d, in: query, required: true, style: deepObject, schema: { $ref: '#/components/schemas/A' } }], responses: { '204': { description: Done } } } }
  /form: { get: { parameters: [{ name: d, in: query, required: true, schema: { $ref: '#/components/schemas/A' } }], responses: { '204': { description: Done } } } }
  /packed: { get: { parameters: [{ name: d, in: query, required: true, explode: false, schema: { $ref: '#/components/schemas/A' } }], responses: { '204': { description: Done } } } }
  /pipe: { get: { parameters: [{ name: d, in: query, required: true, explode: false, style: pipeDelimited, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  /space: { get: { parameters: [{ name: d, in: query, required: true, explode: false, style: spaceDelimited, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  /comma: { get: { parameters: [{ name: d, in: query, required: true, explode: false, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  /time: { get: { parameters: [{ name: d, in: query, required: true, schema: { type: string, format: date-time } }], responses: { '204': { description: Done } } } }
  /json: { get: { parameters: [{ name: d, in: query, required: true, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }], responses: { '204': { description: Done } } } }
  /head: { get: { parameters: [{ name: X-L, in: header, required: true, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  /crumbs: { get: { parameters: [{ name: s, in: cookie, required: true, schema: { type: string, minLength: 4 } }], responses: { '204': { description: Done } } } }
  /crumbed: { get: { parameters: [{ name: s, in: cookie, required: true, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  /raw: { post: { requestBody: { required: true, content: { application/octet-stream: {}, text/plain: { schema: { type: integer } } } }, responses: { '204': { description: Done } } } }
  /cook: { get: { parameters: [{ name: c, in: cookie, required: true, schema: { type: integer } }], responses: { '204': { description: Done } } } }
  '/label/{l}': { get: { parameters: [{ name: l, in: path, required: true, style: label, schema: { $ref: '#/components/schemas/Two' } }], responses: { '204': { description: Done } } } }
  '/matrix/{m}': { get: { parameters: [{ name: m, in: path, required: true, style: matrix, schema: { type: integer } }], responses: { '204': { description: Done } } } }
  /either: { get: { parameters: [{ name: d, in: query, required: true, schema: { oneOf: [{ type: integer }, { type: string, pattern: '^x' }] } }], responses: { '204': { description: Done } } } }
  /body: { post: { requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/A' } }, application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/A' } }, multipart/form-data: { schema: { $ref: '#/components/schemas/A' } } } }, responses: { '204': { description: Done } } } }
  /merge: { post: { requestBody: { content: { application/merge-patch+json: { schema: { $ref: '#/components/schemas/A' } } } }, responses: { '204': { description: Done }, '422': { description: Refused } } } }
  '/users/{id}': { get: { parameters: [{ $ref: '#/components/parameters/Id' }], responses: { '200': { description: User, content: { application/json: { example: user } } } } } }
  '/users/{id}:suspend': { get: { parameters: [{ $ref: '#/components/parameters/Id' }], responses: { '200': { description: User, content: { application/json: { example: suspended } } } } } }
  /users/me: { get: { responses: { '200': { description: User, content: { application/json: { example: me } } } } } }
  '/range/{from}-{to}': { get: { parameters: [{ name: from, in: path, required: true, schema: { type: integer } }, { name: to, in: path, required: true, schema: { type: integer } }], responses: { '200': { description: Range, content: { application/json: { example: range } } } } } }
  /account:
    get:
      responses:
        '200':
          description: Account
          content:
            application/json: { schema: { $ref: '#/components/schemas/Account' } }
            text/csv: { schema: { type: string }, example: 'name,tom' }
  /impossible: { get: { responses: { '200': { description: None, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer, minimum: 3, maximum: 2 } } } } } } } } }
  /free: { get: { responses: { '200': { description: Any, content: { application/json: { schema: { nullable: true } } } } } } }
  /pet: { get: { responses: { '200': { description: Pet, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } } }
components:
  parameters: { Id: { name: id, in: path, required: true, schema: { type: string } } }
  schemas:
    Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, required: [lives], properties: { lives: { type: integer } } }] }
    A: { type: object, additionalProperties: false, required: [a], properties: { a: { type: integer } } }
    Two: { type: array, maxItems: 2, items: { type: integer } }
    Account:
      type: object
      required: [name, password]
      properties:
        name: { type: string }
        password: { type: string, writeOnly: true }
        keys: { type: array, minItems: 1, items: { type: object, required: [id], properties: { id: { type: integer }, secret: { type: string, writeOnly: true } } } }
      example: { name: Tom, password: secret, keys: [{ id: 1, secret: s }] }
";

async fn serving_kinds() -> Mock {
    serving(&Document::parse("kinds.yaml", KINDS).expect("a document")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_of_every_style_are_judged() {
    let running = serving_kinds().await;
    for (fits, others) in [
        ("/deep?d[a]=1", ["/deep?d[a]=x", "/deep?d[b]=1", "/deep"]),
        ("/form?a=1", ["/form?a=x", "/form?b=1", "/form"]),
        ("/packed?d=a,1", ["/packed?d=a,x", "/packed?d=a", "/packed?d=b,1"]),
        ("/pipe?d=1|2", ["/pipe?d=1|x", "/pipe?d=1|2|3", "/pipe?d=1,2"]),
        ("/pipe?d=1%7C2", ["/pipe?d=1%7Cx", "/pipe?d=1%7C2%7C3", "/pipe"]),
        ("/space?d=1%202", ["/space?d=1%20x", "/space?d=1+2+3", "/space"]),
        ("/comma?d=1%2C2", ["/comma?d=1,x", "/comma?d=1,2,3", "/comma"]),
        ("/time?d=2024-02-29T10:00:00Z", ["/time?d=2024-02-30T10:00:00Z", "/time?d=", "/time"]),
        ("/json?d=%7B%22a%22:1%7D", ["/json?d=%7B%22a%22:%22x%22%7D", "/json?d=a", "/json"]),
        ("/label/.1,2", ["/label/1,2", "/label/.1,x", "/label/.1,2,3"]),
        ("/matrix/;m=1", ["/matrix/;m=x", "/matrix/;n=1", "/matrix/1"]),
        ("/either?d=1", ["/either?d=y", "/either?d=1.5", "/either"]),
        ("/either?d=xy", ["/either?d=%20x", "/either?d=true", "/either?d="]),
    ] {
        let status = async |target: &str| ask(Method::GET, &format!("{}{target}", running.base_url), &[]).await;
        assert_eq!(status(fits).await.status(), 204, "{fits}");
        for other in others {
            let refused = status(other).await;
            assert_eq!(refused.status(), 400, "{other}");
            assert!(header(&refused, "mock-reason").is_some_and(|reason| reason.contains("parameter")), "{other}");
        }
    }
    for (path, name, value, expected) in [
        ("/head", "x-l", "1, 2", 204),
        ("/head", "x-l", "1 ,2", 204),
        ("/head", "x-l", "1, x", 400),
        ("/head", "x-l", "1, 2, 3", 400),
        ("/cook", "cookie", "b=x; c=7", 204),
        ("/cook", "cookie", "c=x", 400),
        // Without a format, the document knows no largest integer.
        ("/cook", "cookie", "c=9223372036854775808", 204),
        ("/head", "x-l", "-170141183460469231731687303715884105728, 2", 204),
        ("/crumbs", "cookie", "s=a&b=", 204),
        ("/crumbs", "cookie", "s=100%", 204),
        ("/crumbed", "cookie", "s=1&s=2", 204),
        ("/crumbed", "cookie", "s=1; s=2", 204),
        ("/cook", "cookie", "b=7", 400),
    ] {
        let found = get(&format!("{}{path}", running.base_url), &[(name, value)]).await.0;
        assert_eq!(found, expected, "{path} {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_judged_by_their_media_type() {
    let running = serving_kinds().await;
    let part = |value: &str| format!("--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n{value}\r\n--b--\r\n");
    for (path, media_type, body, expected) in [
        ("/body", "application/json", "{\"a\":1}".to_owned(), 204),
        ("/body", "application/json; charset=utf-8", "{\"a\":\"x\"}".to_owned(), 400),
        ("/body", "application/json", "{".to_owned(), 400),
        ("/body", "application/json", String::new(), 400),
        ("/body", "application/x-www-form-urlencoded", "a=1".to_owned(), 204),
        ("/body", "application/x-www-form-urlencoded", "a=x".to_owned(), 400),
        ("/body", "application/x-www-form-urlencoded", "b=1".to_owned(), 400),
        ("/body", "multipart/form-data; boundary=b", part("1"), 204),
        ("/body", "multipart/form-data; boundary=b", part("x"), 400),
        ("/body", "text/plain", "a".to_owned(), 415),
        ("/body", "application/json", "{\"a\":18446744073709551616}".to_owned(), 204),
        ("/raw", "application/octet-stream", String::new(), 204),
        ("/raw", "text/plain", String::new(), 400),
        ("/raw", "text/plain", "-9223372036854775809".to_owned(), 204),
        ("/merge", "application/merge-patch+json", "{\"a\":1}".to_owned(), 204),
        ("/merge", "application/merge-patch+json", String::new(), 204),
        // What the document has for a refusal comes before what it does not have.
        ("/merge", "application/merge-patch+json", "{\"a\":true}".to_owned(), 422),
        ("/merge", "application/json", "{\"a\":1}".to_owned(), 422),
    ] {
        let request =
            reqwest::Client::new().post(format!("{}{path}", running.base_url)).header("content-type", media_type);
        let found = request.body(body.clone()).send().await.expect("a response").status();
        assert_eq!(found, expected, "{path} {media_type} {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_most_specific_path_is_meant() {
    let running = serving_kinds().await;
    for (path, expected) in [
        ("/users/1", "user"),
        ("/users/1:suspend", "suspended"),
        ("/users/1%3Asuspend", "suspended"),
        ("/users/me", "me"),
        ("/users/mee", "user"),
        ("/range/3-5", "range"),
        ("/range/-3--5", "range"),
    ] {
        assert_eq!(get(&format!("{}{path}", running.base_url), &[]).await, (200, json!(expected)), "{path}");
    }
    assert_eq!(get(&format!("{}/range/3-x", running.base_url), &[]).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_fits_its_schema_and_what_was_asked_for() {
    let running = serving_kinds().await;
    let url = |path: &str| format!("{}{path}", running.base_url);
    let account = json!({ "name": "Tom", "keys": [{ "id": 1 }] });
    assert_eq!(get(&url("/account"), &[]).await, (200, account.clone()));
    assert_eq!(get(&url("/account"), &[("accept", "text/csv;q=0.5, */*;q=0.9")]).await, (200, account));
    let csv = ask(Method::GET, &url("/account"), &[("accept", "text/csv, */*;q=0.1")]).await;
    assert_eq!(header(&csv, "content-type").as_deref(), Some("text/csv"));
    assert_eq!(csv.text().await.expect("a body"), "name,tom");
    assert_eq!(get(&url("/account"), &[("accept", "image/png")]).await.0, 406);

    let (status, problem) = get(&url("/impossible"), &[]).await;
    assert_eq!(status, 500);
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("minimum")), "{problem}");
    let (status, any) = get(&url("/free"), &[]).await;
    assert_eq!(status, 200);
    assert_ne!(any, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_served_is_what_the_document_means_to_responses() {
    let running = serving_kinds().await;
    // A tag that names nobody would be no pet that the document knows.
    let (status, pet) = get(&format!("{}/pet", running.base_url), &[]).await;
    assert!(status == 200 && (pet["kind"] == "Pet" || pet["lives"].is_i64()), "{pet}");
}
