//! What the server sees of a call.

use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, MockServer};

use super::payloads::{client, customer};

/// The names of all headers of one call.
async fn headers_of_a_call() -> Vec<(String, String)> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let server = MockServer::start_async().await;
    let noted = Arc::clone(&seen);
    server
        .mock_async(|when, then| {
            when.is_true(move |request: &HttpMockRequest| {
                let headers = request.headers();
                let texts = headers.iter().map(|(name, value)| {
                    (name.to_string().to_ascii_lowercase(), String::from_utf8_lossy(value.as_bytes()).into_owned())
                });
                *noted.lock().expect("no panic elsewhere") = texts.collect();
                true
            });
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    let mut headers = seen.lock().expect("no panic elsewhere").clone();
    headers.sort();
    headers
}

#[tokio::test]
async fn no_header_goes_along_that_has_no_business() {
    let headers = headers_of_a_call().await;
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accept", "host"]);
    assert_eq!(headers[0].1, "application/json");
}
