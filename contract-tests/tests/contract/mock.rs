//! The mock server, asked over a socket.

mod kinds;
mod pets;

use contract_tests::document::Document;
use contract_tests::mock::{self, Mock};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::own;

const TOKEN: (&str, &str) = ("authorization", "Bearer token");

async fn serving(document: &Document) -> Mock {
    mock::start(document, 0).await.unwrap_or_else(|error| panic!("{error}"))
}

async fn ask(method: Method, url: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers
        .iter()
        .fold(reqwest::Client::new().request(method, url), |request, (name, value)| request.header(*name, *value));
    request.send().await.expect("the server responds")
}

async fn get(url: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let response = ask(Method::GET, url, headers).await;
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.expect("a body")).unwrap_or_default())
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).map(|value| value.to_str().expect("a text").to_owned())
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
        let response = ask(Method::GET, &format!("{}/partners/customers/{id}", running.base_url), &[TOKEN]).await;
        assert_eq!(response.status(), 400, "{id}");
        let reason = header(&response, "mock-reason").expect("a reason");
        assert!(reason.contains("the path parameter `domainId`"), "{id}: {reason}");
        assert_eq!(header(&response, "content-type").as_deref(), Some("application/problem+json"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_response_can_be_asked_for() {
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
        let response = ask(Method::GET, &url, &[TOKEN, ("prefer", &preference)]).await;
        assert_eq!(response.status().as_str(), code);
        assert_eq!(header(&response, "preference-applied"), Some(preference));
        let body: Value = response.json().await.expect("JSON");
        assert_eq!(body["code"], name);
    }
    let response = ask(Method::GET, &url, &[TOKEN, ("Prefer", "wait=1, code=\"200\"")]).await;
    assert_eq!(response.status(), 200);
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
        let response = ask(Method::GET, &url, &[TOKEN, ("prefer", &format!("code={code}"))]).await;
        assert_eq!(names.map(|name| header(&response, name)), expected.map(|value| value.map(str::to_owned)), "{code}");
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
        assert!(body["detail"].as_str().expect("a text").contains("no response with the code"), "{body}");
    }
    let (status, body) = get(&url, &[TOKEN, ("prefer", "example=none")]).await;
    assert_eq!((status, &body["detail"]), (400, &json!("the response 200 has no example called `none`")));
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
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response).await;
        let response = String::from_utf8_lossy(&response);
        assert!(response.is_empty() || response.starts_with("HTTP/1."), "{response}");
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
