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

async fn responding_elsewhere(server: &MockServer) -> usize {
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
            responding_elsewhere(&server).await;
            let client = builder(&server).build().expect("a client");
            client.get_customer().domain_id(10000001).send().await.expect("a customer");
        }
    }
}

#[tokio::test]
async fn a_location_is_relative_to_where_the_redirect_came_from() {
    let server = MockServer::start_async().await;
    redirecting(&server, 307, "/other/first").await;
    server
        .mock_async(|when, then| drop((when.path("/other/first"), then.status(307).header("location", "second"))))
        .await;
    let second = server
        .mock_async(|when, then| {
            when.path("/other/second").header("authorization", format!("Bearer {TOKEN}"));
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    let client = builder(&server).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    second.assert_calls_async(1).await;
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

/// A host that `resolve` leads to this machine, so that a connection to it is seen.
#[cfg(feature = "rustls")]
async fn is_followed(host: &str) -> bool {
    let elsewhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = elsewhere.local_addr().expect("an address");
    let server = MockServer::start_async().await;
    redirecting(&server, 307, &format!("https://{host}:{}/elsewhere", address.port())).await;
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).resolve(host, address);
    let client = builder(&server).retries(0).http_client(http.build().expect("an HTTP client"));
    let client = client.build().expect("a client");
    let call = tokio::spawn(async move { client.get_customer().domain_id(10000001).send().await.map(drop) });
    tokio::select! {
        // What it would say over TLS needs a certificate; that it comes is enough.
        connection = elsewhere.accept() => connection.is_ok(),
        result = call => {
            let error = result.expect("no panic").expect_err("a redirect");
            assert_eq!(error.status().expect("a status"), 307, "{host}");
            false
        }
    }
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn only_line_works_itself_is_trusted() {
    for host in ["worksapis.com", "www.worksapis.com", "kr.worksapis.com", "WorksMobile.com", "auth.worksmobile.com"] {
        assert!(is_followed(host).await, "{host}");
    }
    for host in [
        "example.com",
        "evilworksapis.com",
        "evil-worksapis.com",
        "worksapis.com.evil.example",
        "worksapis.comevil.example",
        "worksapis.co",
        "apis.com",
        "xworksmobile.com",
    ] {
        assert!(!is_followed(host).await, "{host}");
    }
}
