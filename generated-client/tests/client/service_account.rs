//! Tokens of a service account.

use std::error::Error as _;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use httpmock::{HttpMockRequest, HttpMockResponse, Mock, MockServer};
use lineworks_partner_client::runtime::MAX_SHOWN;
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

/// A private key that is none of RSA's.
fn elliptic() -> String {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
    let der = pair.to_pkcs8v1().expect("DER");
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()))
}

pub fn account(server: &MockServer) -> ServiceAccountBuilder {
    ServiceAccount::builder()
        .client_id("client")
        .client_secret(SECRET)
        .account("bot@example.com")
        .private_key(pem())
        .token_url(server.url("/oauth2/v2.0/token"))
}

pub fn client(server: &MockServer) -> Client {
    let account = account(server).build().expect("credentials");
    Client::builder().base_url(server.url("/v1.0")).credentials(account).retries(0).build().expect("a client")
}

/// Gives `token-1`, `token-2` and so on, and keeps the forms that were sent.
pub async fn token_server<'a>(server: &'a MockServer, expires_in: Value) -> (Mock<'a>, Arc<Mutex<Vec<String>>>) {
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

pub async fn api<'a>(server: &'a MockServer, token: &str) -> Mock<'a> {
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
async fn a_token_is_asked_for_under_the_client_s_name() {
    let server = MockServer::start_async().await;
    let named = concat!("lineworks-partner-client/", env!("CARGO_PKG_VERSION"));
    let body = json!({"access_token": "token-1", "expires_in": 3600}).to_string();
    server
        .mock_async(|when, then| drop((when.method("POST").header("user-agent", named), then.status(200).body(body))))
        .await;
    api(&server, "token-1").await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
}

#[tokio::test]
async fn a_response_that_is_too_long_holds_no_token() {
    let server = MockServer::start_async().await;
    let body = json!({"access_token": "token-1", "expires_in": 3600, "more": "x".repeat(70_000)}).to_string();
    server.mock_async(|when, then| drop((when.method("POST"), then.status(200).body(body)))).await;
    let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("no token");
    assert!(error.to_string().contains("too long") && !error.is_retryable(), "{error}");
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

/// What comes of a call where the server responds so when it is asked for a token.
async fn refused(
    status: u16,
    date: Option<SystemTime>,
    body: impl Fn(&str) -> String + Send + Sync + 'static,
) -> String {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("POST");
            then.respond_with(move |request: &HttpMockRequest| {
                let response = HttpMockResponse::builder().status(status).body(body(&request.body_string()));
                match date {
                    Some(date) => response.header("date", httpdate::fmt_http_date(date)).build(),
                    None => response.build(),
                }
            });
        })
        .await;
    let api = server.mock_async(|when, then| drop((when.method("GET"), then.status(200)))).await;
    let client = client(&server);
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
    api.assert_calls_async(0).await;
    assert!(matches!(error, Error::Credentials(_)) && !error.is_retryable(), "{error}");
    let text = format!("{error} {error:?} {client:?}");
    assert!(!text.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{text:?}");
    text
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_no_secret() {
    let bodies = [
        (
            400,
            r#"{"error": "invalid_grant", "error_description": "bad assertion"}"#,
            "invalid_grant (bad assertion). Check client id, client secret, service account, key and scope",
        ),
        (401, r#"{"error": "invalid_client"}"#, "invalid_client. Check client id"),
        (401, r#"{"returnCode": "99", "returnMessage": "no such app"}"#, "99 (no such app). Check client id"),
        (401, r#"{"returnCode": 99}"#, "99. Check client id"),
        (
            400,
            r#"{"error": "no\n2026-01-01 ERROR \u001b[31m\u202eforged"}"#,
            r"no\n2026-01-01 ERROR \u{1b}[31m\u{202e}forged",
        ),
        (403, r#"{"code": "FORBIDDEN", "description": "no"}"#, "FORBIDDEN (no). Check client id"),
        (400, "<html>sorry</html>", "status 400 Bad Request. Check client id"),
        (302, "", "status 302 Found"),
        (200, "<html>sign in</html>", "is there a proxy in between, or another token URL?"),
        (200, r#"{"access_token": "token-1", "expires_in": "soon"}"#, "no token"),
        (200, r#"{"access_token": "", "expires_in": 86400}"#, "no token"),
        (200, r#"["token-1"]"#, "no token"),
    ];
    for (status, body, expected) in bodies {
        let text = refused(status, None, |_| body.to_owned()).await;
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains(SECRET) && !text.contains("token-1") && !text.contains("html"), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_shows_no_more_than_the_beginning_of_what_the_server_says() {
    let body = json!({ "error": "\u{e9}".repeat(1000) }).to_string();
    let text = refused(400, None, move |_| body.clone()).await;
    assert!(text.contains(&format!("{}\u{2026}", "\u{e9}".repeat(MAX_SHOWN))), "{text}");
    assert!(!text.contains(&"\u{e9}".repeat(MAX_SHOWN + 1)), "{text}");
}

#[tokio::test]
async fn a_token_server_that_is_not_there_is_named_without_its_url() {
    let server = MockServer::start_async().await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let credentials = account(&server).token_url(format!("http://{unused}/url-7c1f")).build().expect("credentials");
    let client = Client::builder().base_url(server.url("/v1.0")).credentials(credentials).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("127.0.0.1") && !shown.contains("url-7c1f"), "{shown}");
    let cause = error.source().and_then(|credentials| credentials.source()).expect("a cause");
    let cause = cause.downcast_ref::<Arc<reqwest::Error>>().map(|cause| cause.is_connect());
    assert_eq!(cause, Some(true), "{shown}");
}

#[tokio::test]
async fn a_clock_that_is_off_is_what_the_refusal_speaks_of() {
    let hour = Duration::from_secs(3600);
    let now = SystemTime::now();
    for (date, expected) in
        [(now - hour, "seconds ahead of the server's: set it"), (now + hour, "seconds behind the server's")]
    {
        let text = refused(400, Some(date), |_| r#"{"error": "invalid_grant"}"#.to_owned()).await;
        assert!(text.contains("This machine's clock is 3") && text.contains(expected), "{text}");
    }
    let text = refused(400, Some(now), |_| r#"{"error": "invalid_grant"}"#.to_owned()).await;
    assert!(!text.contains("clock"), "{text}");
}

#[tokio::test]
async fn a_server_that_repeats_what_it_was_sent_gives_nothing_away() {
    let assertion = |form: &str| form.split(['=', '&']).nth(3).unwrap_or_default().to_owned();
    let text = refused(400, None, move |form| {
        let words = format!("{} is no assertion, {SECRET} no secret", assertion(form));
        json!({ "error": "invalid_grant", "error_description": words }).to_string()
    })
    .await;
    assert!(text.contains("[REDACTED] is no assertion, [REDACTED] no secret"), "{text}");
    let text =
        refused(400, None, |form| json!({ "error": form.chars().take(20).collect::<String>() }).to_string()).await;
    assert!(text.contains("Check client id"), "{text}");
}

#[tokio::test]
async fn a_failure_that_may_pass_is_tried_three_times_and_told_to_all_who_wait() {
    let server = MockServer::start_async().await;
    let failing = server.mock_async(|when, then| drop((when.method("POST"), then.status(503)))).await;
    let client = client(&server);
    let call = || async { client.get_customer().domain_id(10000001).send().await.map(drop) };
    let began = Instant::now();
    let (first, second, third) = tokio::join!(call(), call(), call());
    // Half a second, and then twice as long.
    assert!((Duration::from_millis(1450)..Duration::from_secs(5)).contains(&began.elapsed()), "{:?}", began.elapsed());
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
    for missing in ["", " \n"] {
        assert!(refusal(account(&server).client_secret(missing)).contains("client_secret"));
        assert!(refusal(account(&server).private_key(missing)).contains("private_key"));
        assert!(refusal(account(&server).account(missing)).contains("`account` is missing"));
    }
    let key = pem();
    let public = key.replace("PRIVATE", "PUBLIC");
    let encrypted = key.replace("PRIVATE", "ENCRYPTED PRIVATE");
    let cut = &key[..key.len() / 2];
    for wrong in [
        "not a key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        cut,
        &public,
        &encrypted,
        &elliptic(),
    ] {
        let text = refusal(account(&server).private_key(wrong));
        assert!(text.contains("no RSA key") && !text.contains(wrong), "{text}");
    }
    assert!(refusal(account(&server).token_url("http://auth.worksmobile.com/token")).contains("https://"));
    assert!(refusal(account(&server).token_url("auth.worksmobile.com/token")).contains("https://"));
    account(&server).private_key(key.replace('\n', "\\n")).build().expect("line breaks as an environment has them");
    let url = format!("http://me:{SECRET}@127.0.0.1/token?key={SECRET}");
    let elsewhere = account(&server).token_url(url);
    let shown = format!("{:?} {:?} {elsewhere:?} {:?}", account(&server), account(&server).build(), account(&server));
    let shown = format!("{shown} {:?}", elsewhere.build());
    assert!(!shown.contains(SECRET) && !shown.contains("PRIVATE KEY"), "{shown}");
}
