//! The mock server, asked over a socket.

use contract_tests::mock;
use serde_json::Value;

use super::own;

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served() {
    let document = own();
    let running = mock::start(&document, 0).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(running.base_url.ends_with("/v1.0"), "{}", running.base_url);
    let client = reqwest::Client::new();
    let url = format!("{}/partners/customers", running.base_url);
    let get = async |path: &str, token: Option<&str>| {
        let request = client.get(path);
        let request = match token {
            Some(token) => request.header("authorization", token),
            None => request,
        };
        let answer = request.send().await.expect("the server answers");
        let status = answer.status().as_u16();
        let body: Value = serde_json::from_str(&answer.text().await.expect("a body")).unwrap_or_default();
        (status, body)
    };
    for id in ["10000001", "1", "-1", "anything"] {
        let (status, body) = get(&format!("{url}/{id}"), Some("Bearer token")).await;
        assert_eq!((status, &body["companyName"]), (200, &Value::from("LINE WORKS Corp.")), "{id}");
    }
    for token in [None, Some("Basic dXNlcg=="), Some("Bearer")] {
        let (status, body) = get(&format!("{url}/1"), token).await;
        assert_eq!((status, &body["code"]), (401, &Value::from("UNAUTHORIZED")), "{token:?}");
    }
    for path in [
        url.clone(),
        format!("{url}/1/2"),
        format!("{url}/"),
        format!("http://{}/partners/customers/1", running.address),
    ] {
        let (status, body) = get(&path, Some("Bearer token")).await;
        assert_eq!((status, &body["code"]), (404, &Value::from("NOT_FOUND")), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let error = mock::start(&own(), port).await.err().map(|error| error.to_string());
    assert!(error.as_ref().is_some_and(|error| error.starts_with("the server does not start: ")), "{error:?}");
}
