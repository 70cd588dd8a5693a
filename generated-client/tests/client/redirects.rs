//! Where a redirect takes the token, and where it does not.

use httpmock::MockServer;

use super::payloads::{TOKEN, builder, customer};

async fn redirecting(server: &MockServer, status: u16, location: &str) -> usize {
    let mock = server
        .mock_async(|when, then| {
            when.path("/v1.0/partners/customers/10000001");
            then.status(status).header("location", location);
        })
        .await;
    mock.id()
}

async fn answering_elsewhere(server: &MockServer) -> usize {
    let mock = server
        .mock_async(|when, then| {
            when.path("/elsewhere").header("authorization", format!("Bearer {TOKEN}"));
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    mock.id()
}

#[tokio::test]
async fn within_the_same_server_the_token_goes_along() {
    for status in [301, 302, 303, 307, 308] {
        for absolute in [false, true] {
            let server = MockServer::start_async().await;
            let location = if absolute { server.url("/elsewhere") } else { "/elsewhere".to_owned() };
            redirecting(&server, status, &location).await;
            answering_elsewhere(&server).await;
            let client = builder(&server).build().expect("a client");
            client.get_customer().domain_id(10000001).send().await.expect("a customer");
        }
    }
}

#[tokio::test]
async fn elsewhere_nothing_goes() {
    let foreign = MockServer::start_async().await;
    let visits = foreign.mock_async(|_, then| drop(then.status(200))).await;
    let trusted_but_open = format!("http://localhost:{}/elsewhere", foreign.port());
    for location in [foreign.url("/elsewhere"), trusted_but_open, "ftp://127.0.0.1/".to_owned(), "http://[".to_owned()]
    {
        let server = MockServer::start_async().await;
        redirecting(&server, 307, &location).await;
        let client = builder(&server).trusted_domain("localhost").build().expect("a client");
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("a redirect");
        assert_eq!(error.status().expect("a status"), 307);
        assert_eq!(error.headers().expect("headers")["location"], location.as_str());
    }
    visits.assert_calls_async(0).await;
}

#[tokio::test]
async fn a_circle_ends() {
    let server = MockServer::start_async().await;
    let id = redirecting(&server, 307, "/v1.0/partners/customers/10000001").await;
    let client = builder(&server).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("a circle");
    assert_eq!(error.status().expect("a status"), 307);
    assert_eq!(httpmock::Mock::new(id, &server).calls_async().await, 11);
}
