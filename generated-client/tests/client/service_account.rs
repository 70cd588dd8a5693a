//! Tokens of a service account.

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use httpmock::{HttpMockRequest, HttpMockResponse, Mock, MockServer};
use lineworks_partner_client::{Client, Error, ServiceAccount, ServiceAccountBuilder};
use serde_json::{Value, json};

use super::payloads::customer;

const SECRET: &str = "client-c2VjcmV0";

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).expect("a key"));

fn pem() -> String {
    let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = KEY.as_der().expect("DER");
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).expect("base64 is ASCII")).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}

fn account(server: &MockServer) -> ServiceAccountBuilder {
    ServiceAccount::builder()
        .client_id("client")
        .client_secret(SECRET)
        .account("bot@example.com")
        .private_key(pem())
        .token_url(server.url("/oauth2/v2.0/token"))
}

fn client(server: &MockServer) -> Client {
    let account = account(server).build().expect("credentials");
    Client::builder().base_url(server.url("/v1.0")).credentials(account).retries(0).build().expect("a client")
}

/// Gives `token-1`, `token-2` and so on, and keeps the forms that were sent.
async fn token_server<'a>(server: &'a MockServer, expires_in: Value) -> (Mock<'a>, Arc<Mutex<Vec<String>>>) {
    let forms = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&forms);
    let mock = server
        .mock_async(move |when, then| {
            when.method("POST").path("/oauth2/v2.0/token");
            then.respond_with(move |request: &HttpMockRequest| {
                let mut forms = kept.lock().expect("no panic elsewhere");
                forms.push(request.body_string());
                let body = json!({"access_token": format!("token-{}", forms.len()), "expires_in": expires_in});
                HttpMockResponse::builder().status(200).body(body.to_string()).build()
            });
        })
        .await;
    (mock, forms)
}

async fn api<'a>(server: &'a MockServer, token: &str) -> Mock<'a> {
    server
        .mock_async(|when, then| {
            when.method("GET").header("authorization", format!("Bearer {token}"));
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await
}

#[tokio::test]
async fn many_calls_ask_for_one_token() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!("86400")).await;
    let calls = api(&server, "token-1").await;
    let client = client(&server);
    let spawned: Vec<_> = (0..64)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get_customer().domain_id(10000001).send().await.map(drop) })
        })
        .collect();
    for call in spawned {
        call.await.expect("no panic").expect("a customer");
    }
    tokens.assert_calls_async(1).await;
    calls.assert_calls_async(64).await;
}

#[tokio::test]
async fn the_grant_is_signed_and_complete() {
    let server = MockServer::start_async().await;
    let (_, forms) = token_server(&server, json!(3600)).await;
    api(&server, "token-1").await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    let form = forms.lock().expect("no panic elsewhere").concat();
    let url = reqwest::Url::parse(&format!("http://form/?{form}")).expect("a form");
    let field = |name: &str| {
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    assert_eq!(field("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    assert_eq!((field("client_id").as_str(), field("client_secret").as_str()), ("client", SECRET));
    assert_eq!(field("scope"), "partner.read");
    let assertion = field("assertion");
    let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64");
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, KEY.public_key().as_ref())
        .verify(signed.as_bytes(), &decode(signature))
        .expect("a good signature");
    let claims: Value = serde_json::from_slice(&decode(signed.split('.').nth(1).expect("claims"))).expect("JSON");
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!("client"), &json!("bot@example.com")));
    let lifetime = claims["exp"].as_u64().expect("a number") - claims["iat"].as_u64().expect("a number");
    assert!((60..=3600).contains(&lifetime));
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_end() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(1)).await;
    api(&server, "token-1").await;
    api(&server, "token-2").await;
    let client = client(&server);
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    tokens.assert_calls_async(1).await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    tokens.assert_calls_async(2).await;
}

#[tokio::test]
async fn a_refused_token_is_fetched_anew_once() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(86400)).await;
    api(&server, "token-2").await;
    server.mock_async(|when, then| drop((when.method("GET"), then.status(401)))).await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    tokens.assert_calls_async(2).await;
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_no_secret() {
    let now = "Thu, 01 Jan 2026 00:00:00 GMT";
    for (status, body, date, expected) in [
        (
            400,
            r#"{"error": "invalid_grant", "error_description": "bad assertion"}"#,
            "",
            "invalid_grant (bad assertion)",
        ),
        (401, r#"{"returnCode": "99", "returnMessage": "no such app"}"#, "", "99 (no such app)"),
        (400, "<html>sorry</html>", "", "Check client id"),
        (400, "{}", now, "clock"),
        (200, "<html>sign in</html>", "", "proxy"),
        (200, r#"{"access_token": "token-1", "expires_in": "soon"}"#, "", "no token"),
    ] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|when, then| {
                when.method("POST");
                let then = then.status(status).body(body);
                if !date.is_empty() {
                    then.header("date", date);
                }
            })
            .await;
        let client = client(&server);
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
        assert!(matches!(error, Error::Credentials(_)) && !error.is_retryable());
        let text = format!("{error} {error:?} {client:?}");
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains(SECRET) && !text.contains("token-1"), "{text}");
    }
}

#[tokio::test]
async fn a_failure_that_may_pass_is_tried_three_times_and_told_to_all_who_wait() {
    let server = MockServer::start_async().await;
    let failing = server.mock_async(|when, then| drop((when.method("POST"), then.status(503)))).await;
    let client = client(&server);
    let call = || async { client.get_customer().domain_id(10000001).send().await.map(drop) };
    let (first, second, third) = tokio::join!(call(), call(), call());
    for result in [first, second, third] {
        assert!(result.expect_err("no token").is_retryable());
    }
    failing.assert_calls_async(3).await;
}

#[tokio::test]
async fn what_cannot_work_is_refused_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let refusal = |builder: ServiceAccountBuilder| {
        let error = builder.build().expect_err("a refusal");
        format!("{error} {error:?}")
    };
    assert!(refusal(ServiceAccount::builder()).contains("client_id"));
    assert!(refusal(account(&server).client_secret("")).contains("client_secret"));
    let key = pem();
    for wrong in ["not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", &key[..key.len() / 2]] {
        let text = refusal(account(&server).private_key(wrong));
        assert!(text.contains("no RSA key") && !text.contains(wrong), "{text}");
    }
    assert!(refusal(account(&server).token_url("http://auth.worksmobile.com/token")).contains("https://"));
    assert!(refusal(account(&server).token_url("auth.worksmobile.com/token")).contains("https://"));
    account(&server).private_key(key.replace('\n', "\\n")).build().expect("line breaks as an environment has them");
    let shown = format!("{:?} {:?}", account(&server), account(&server).build());
    assert!(!shown.contains(SECRET) && !shown.contains("PRIVATE KEY"), "{shown}");
}
