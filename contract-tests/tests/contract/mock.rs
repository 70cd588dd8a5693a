//! The mock server, asked over a socket.

use contract_tests::document::Document;
use contract_tests::mock::{self, Mock};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::own;

const TOKEN: (&str, &str) = ("authorization", "Bearer token");

/// A document with what the workspace's own has none of.
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

async fn serving(document: &Document) -> Mock {
    mock::start(document, 0).await.unwrap_or_else(|error| panic!("{error}"))
}

async fn serving_pets() -> Mock {
    serving(&Document::parse("pets.yaml", PETS).expect("a document")).await
}

async fn ask(method: Method, url: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers
        .iter()
        .fold(reqwest::Client::new().request(method, url), |request, (name, value)| request.header(*name, *value));
    request.send().await.expect("the server answers")
}

async fn get(url: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let answer = ask(Method::GET, url, headers).await;
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.expect("a body")).unwrap_or_default())
}

fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).map(|value| value.to_str().expect("a text").to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served() {
    let running = serving(&own()).await;
    assert!(running.base_url.ends_with("/v1.0"), "{}", running.base_url);
    let url = format!("{}/partners/customers", running.base_url);
    for id in ["10000001", "1", "-1", "9223372036854775807"] {
        let (status, body) = get(&format!("{url}/{id}"), &[TOKEN]).await;
        assert_eq!((status, &body["companyName"]), (200, &Value::from("LINE WORKS Corp.")), "{id}");
    }
    for token in [None, Some("Basic dXNlcg=="), Some("Bearer"), Some("Bearer ")] {
        let headers: Vec<(&str, &str)> = token.map(|token| ("authorization", token)).into_iter().collect();
        let (status, body) = get(&format!("{url}/1"), &headers).await;
        assert_eq!((status, &body["code"]), (401, &Value::from("UNAUTHORIZED")), "{token:?}");
    }
    for path in [
        url.clone(),
        format!("{url}/1/2"),
        format!("{url}/"),
        format!("http://{}/partners/customers/1", running.address),
    ] {
        let (status, body) = get(&path, &[TOKEN]).await;
        assert_eq!((status, &body["code"]), (404, &Value::from("NOT_FOUND")), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_that_the_document_refuses_are_400_with_the_reason() {
    let running = serving(&own()).await;
    for id in ["anything", "1.5", "9223372036854775808", "0x1", "+1", "01", "1e3", "%20", "1%00", "%FF", "null", "true"]
    {
        let answer = ask(Method::GET, &format!("{}/partners/customers/{id}", running.base_url), &[TOKEN]).await;
        assert_eq!(answer.status(), 400, "{id}");
        let reason = header(&answer, "mock-reason").expect("a reason");
        assert!(reason.contains("the path parameter `domainId`"), "{id}: {reason}");
        assert_eq!(header(&answer, "content-type").as_deref(), Some("application/problem+json"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_answer_can_be_asked_for() {
    let running = serving(&own()).await;
    let url = format!("{}/partners/customers/1", running.base_url);
    for (code, name) in [
        ("401", "UNAUTHORIZED"),
        ("403", "ACCESS_DENIED"),
        ("404", "NOT_FOUND"),
        ("429", "TOO_MANY_REQUESTS"),
        ("500", "INTERNAL_SERVER_ERROR"),
    ] {
        let preference = format!("code={code}");
        let answer = ask(Method::GET, &url, &[TOKEN, ("prefer", &preference)]).await;
        assert_eq!(answer.status().as_str(), code);
        assert_eq!(header(&answer, "preference-applied"), Some(preference));
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(body["code"], name);
    }
    let answer = ask(Method::GET, &url, &[TOKEN, ("Prefer", "wait=1, code=\"200\"")]).await;
    assert_eq!(answer.status(), 200);
    // Without a token there is nothing to prefer.
    assert_eq!(get(&url, &[("prefer", "code=404")]).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn rate_limits_are_told_where_the_document_describes_them() {
    let running = serving(&own()).await;
    let url = format!("{}/partners/customers/1", running.base_url);
    let names = ["rateLimit-limit", "rateLimit-remaining", "rateLimit-reset"];
    for (code, expected) in [
        ("200", [Some("240"), Some("239"), Some("30")]),
        ("429", [Some("240"), Some("0"), Some("30")]),
        ("404", [None, None, None]),
    ] {
        let answer = ask(Method::GET, &url, &[TOKEN, ("prefer", &format!("code={code}"))]).await;
        assert_eq!(names.map(|name| header(&answer, name)), expected.map(|value| value.map(str::to_owned)), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_document_does_not_offer_is_400_with_what_it_offers() {
    let running = serving(&own()).await;
    let url = format!("{}/partners/customers/1", running.base_url);
    for code in ["418", "abc", "\"\"", "99999999999", "100", "-1"] {
        let (status, body) = get(&url, &[TOKEN, ("prefer", &format!("code={code}"))]).await;
        assert_eq!(status, 400, "{code}");
        assert_eq!(
            body["offered"],
            json!([{"code": "200"}, {"code": "401"}, {"code": "403"}, {"code": "404"}, {"code": "429"}, {"code": "500"}])
        );
        assert!(body["detail"].as_str().expect("a text").contains("no answer with the code"), "{body}");
    }
    let (status, body) = get(&url, &[TOKEN, ("prefer", "example=none")]).await;
    assert_eq!((status, &body["detail"]), (400, &json!("the answer 200 has no example called `none`")));
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_defaults_and_named_examples_are_answers_too() {
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
    let answer = ask(Method::GET, &url, &[cookie, ("prefer", "code=418")]).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_deref()), (418, Some("text/plain")));
    assert_eq!(answer.text().await.expect("a text"), "wrong");
    let answer = ask(Method::GET, &url, &[cookie]).await;
    assert_eq!(
        (header(&answer, "x-total").as_deref(), header(&answer, "retry-after").as_deref()),
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
    let answer = ask(Method::GET, &format!("{}/pets/mine", running.base_url), &[]).await;
    assert_eq!((answer.status().as_u16(), answer.text().await.expect("no body").as_str()), (204, ""));
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
        ("limit=1&kinds=cat,cow", access, Some("the query parameter `kinds` is `cat,cow`")),
        ("limit=1&ids=1&ids=2", access, None),
        ("limit=1&ids=1", access, None),
        ("limit=1&ids=1&ids=x", access, Some("the query parameter `ids` is `1,x`")),
        ("limit=1&ids=1&ids=2&ids=3", access, Some("the query parameter `ids` is `1,2,3`")),
        ("limit=1&filter=%7B%22x%22:1%7D", access, None),
        ("limit=1&filter=%7B%7D", access, Some("the query parameter `filter` is `{}`")),
        ("limit=1", ("x-flag", "true"), None),
        ("limit=1", ("x-flag", "yes"), Some("the header parameter `X-Flag` is `yes`")),
        ("limit=1", ("cookie", "page=2"), None),
        ("limit=1", ("cookie", "page=two"), Some("the cookie parameter `page` is `two`")),
    ] {
        let answer = ask(Method::GET, &format!("{}/pets?{query}", running.base_url), &[access, header]).await;
        let reason = self::header(&answer, "mock-reason");
        match expected {
            None => assert_eq!((answer.status().as_u16(), reason), (200, None), "{query} {header:?}"),
            Some(expected) => {
                assert_eq!(answer.status(), 400, "{query} {header:?}");
                assert!(reason.as_ref().is_some_and(|reason| reason.starts_with(expected)), "{query}: {reason:?}");
                // A range that the document has covers the refusal too.
                assert_eq!(answer.text().await.expect("a text"), "wrong");
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
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), header(&answer, "mock-reason").unwrap_or_default())
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
        let answer = ask(method.clone(), &url, &[]).await;
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "allow").as_deref()),
            (405, Some("GET, POST, HEAD, OPTIONS")),
            "{method}"
        );
    }
    let answer = ask(Method::OPTIONS, &url, &[]).await;
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "allow").as_deref()),
        (204, Some("GET, POST, HEAD, OPTIONS"))
    );
    let url = format!("{}/pets/1", running.base_url);
    let answer = ask(Method::HEAD, &url, &[("authorization", "Basic a")]).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-length").as_deref()), (200, Some("2")));
    assert_eq!(answer.text().await.expect("nothing"), "");
    assert_eq!(ask(Method::HEAD, &url, &[]).await.status(), 401);
    let answer = ask(Method::POST, &url, &[]).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "allow").as_deref()), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_is_survived() {
    let running = serving(&own()).await;
    let host = "Host: localhost\r\n";
    let requests: Vec<Vec<u8>> = vec![
        b"\x16\x03\x01\x02\x00\x01\x00".to_vec(),
        b"\0\0\0\0\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(200_000)).into_bytes(),
        format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(1_000_000)).into_bytes(),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n").into_bytes(),
        format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nZZ\r\n").into_bytes(),
        format!("CONNECT a:1 HTTP/1.1\r\n{host}\r\n").into_bytes(),
        format!("OPTIONS * HTTP/1.1\r\n{host}\r\n").into_bytes(),
        format!("GET http://other/v1.0/partners/customers/1 HTTP/1.1\r\n{host}\r\n").into_bytes(),
        [
            format!("GET /v1.0/partners/customers/1 HTTP/1.1\r\n{host}Prefer: code=").as_bytes(),
            b"\xff\xfe\r\nAuthorization: \xff\r\nCookie: \xff\r\n\r\n",
        ]
        .concat(),
        format!("GET /v1.0/partners/customers/%zz%00%ff HTTP/1.1\r\n{host}Authorization: Bearer t\r\n\r\n")
            .into_bytes(),
    ];
    for request in requests {
        let mut stream = TcpStream::connect(running.address).await.expect("a connection");
        // The server may have had enough before everything is sent.
        let _ = stream.write_all(&request).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1."), "{answer}");
    }
    let (status, _) = get(&format!("{}/partners/customers/1", running.base_url), &[TOKEN]).await;
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let error = mock::start(&own(), port).await.err().map(|error| error.to_string()).expect("an error");
    assert!(error.starts_with("the server does not start: "), "{error}");
    assert!(error.contains(&format!("port {port} of 127.0.0.1 is in use")), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_port_is_free_again_once_the_server_is_dropped() {
    let running = serving(&own()).await;
    let port = running.address.port();
    drop(running);
    for _ in 0..100 {
        match mock::start(&own(), port).await {
            Ok(_) => return,
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
    panic!("port {port} stays taken");
}
