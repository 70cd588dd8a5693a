//! A proxy that the environment names never sees what goes over plain http.

use std::io::Read;
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use httpmock::MockServer;
use lineworks_partner_client::{Client, Credentials, Requirement};
use serde_json::json;

use super::payloads::{TOKEN, customer, responding_json};
use super::service_account::{account, api, client, token_server};

/// What the process below this one is told by.
const BEHIND: &str = "LINEWORKS_TEST_BEHIND_A_PROXY";

/// The calls themselves; by itself this is a test without a proxy.
#[tokio::test]
async fn calls_over_plain_http() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let builder = || Client::builder().token(TOKEN).retries(0);
    for host in ["127.0.0.1", "localhost", "x.localhost"] {
        let base_url = format!("http://{host}:{}/v1.0", server.port());
        let client = builder().base_url(base_url).build().expect("a client");
        client.get_customer().domain_id(10000001).send().await.expect(host);
    }
    // No name server knows this one, and the proxy must not hear of it either.
    let open = builder().base_url("http://api.invalid").allow_plain_http().build().expect("a client");
    open.get_customer().domain_id(10000001).send().await.expect_err("no such host");

    let server = MockServer::start_async().await;
    token_server(&server, json!(3600)).await;
    api(&server, "token-1").await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a token and a customer");
    let requirement: &'static Requirement = &lineworks_partner_client::builder::GetCustomer::SECURITY[0][0];
    let url = format!("http://token.localhost:{}/oauth2/v2.0/token", server.port());
    let account = account(&server).token_url(url).build().expect("credentials");
    account.token(requirement).await.expect("a token");
    // Whoever set the proxy up is there, or all of this shows nothing.
    if std::env::var_os(BEHIND).is_some() {
        let own = reqwest::Client::builder().build().expect("an HTTP client");
        let _ = own.get(server.url("/seen")).send().await;
    }
}

#[test]
fn a_proxy_of_the_environment_is_passed_by() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", proxy.local_addr().expect("an address"));
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&seen);
    std::thread::spawn(move || {
        for connection in proxy.incoming() {
            let mut request = [0; 4096];
            let length = connection.and_then(|mut connection| connection.read(&mut request)).unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            assert!(!request.contains(TOKEN), "{request}");
            // The probe is seen, and nothing else may be.
            counted.fetch_add(if request.contains("/seen ") { 1 } else { 100 }, Ordering::SeqCst);
        }
    });
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "proxies::calls_over_plain_http"]).env(BEHIND, "yes");
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, &address);
    }
    command.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD");
    let output = command.output().expect("the test runs");
    let shown = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && shown.contains("1 passed"), "{shown}");
    assert_eq!(seen.load(Ordering::SeqCst), 1, "the proxy saw more, or less, than the probe");
}
