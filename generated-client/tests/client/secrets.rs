//! No token shows up in anything that can be printed.

use std::error::Error as _;
use std::fmt::Debug;

use httpmock::MockServer;
use lineworks_partner_client::runtime::MAX_SHOWN;
use lineworks_partner_client::{Client, Error, Reason, ResponseValue, StaticCredentials, types};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::payloads::{TOKEN, builder, customer, customer_with, responding};

fn look(shown: impl Debug) {
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

fn look_through(result: Result<ResponseValue<types::Customer>, Error>) {
    look(&result);
    if let Err(error) = result {
        look(printed(&error));
    }
}

/// All that a log might show of an error.
fn printed(error: &Error) -> String {
    let mut shown = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        shown.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    shown
}

#[tokio::test]
async fn everything_printable_is_without_the_token() {
    look(StaticCredentials::token(TOKEN).with("lineworks", TOKEN));
    look(Client::builder().token(TOKEN));
    look(Client::builder().base_url("http://example.com").token(TOKEN).build());
    for base_url in [
        format!("https://{TOKEN}@example.com"),
        format!("https://me:{TOKEN}@example.com/v1.0"),
        format!("https://example.com/v1.0?key={TOKEN}"),
        format!("example.com/v1.0?key={TOKEN}"),
        format!("http://example.com/v1.0?key={TOKEN}"),
        format!("http://[?key={TOKEN}"),
        format!("https://example.com/v1.0#{TOKEN}"),
    ] {
        look(Client::builder().base_url(&base_url));
        let refusal = Client::builder().base_url(&base_url).token("another").build();
        look(&refusal);
        look(refusal.expect_err("a refusal").to_string());
    }
    let echo = format!("{{\"code\": \"{TOKEN}\"");
    let documented = format!("{{\"code\": \"{TOKEN}\", \"description\": \"Bearer {TOKEN}\"}}");
    for (status, media_type, body) in [
        (401, "application/json", documented),
        (200, "application/json", customer().to_string()),
        (200, "text/html", customer().to_string()),
        (200, "application/json", echo.clone()),
        (401, "application/json", echo),
        (418, "text/plain", format!("Authorization: Bearer {TOKEN}")),
    ] {
        let server = MockServer::start_async().await;
        responding(&server, status, media_type, body).await;
        let client = builder(&server).strict(true).build().expect("a client");
        look(&client);
        look(client.get_customer().domain_id(10000001));
        look_through(client.get_customer().domain_id(10000001).send().await);
    }
    let nobody = Client::builder().base_url("http://127.0.0.1:1").token(TOKEN).retries(0).build().expect("a client");
    look_through(nobody.get_customer().domain_id(10000001).send().await);
    let broken = Client::builder().token(format!("{TOKEN}\n")).build().expect("a client");
    look_through(broken.get_customer().domain_id(10000001).send().await);
}

#[tokio::test]
async fn no_url_is_printed() {
    let own = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let nobody = format!("http://{own}/url-7c1f");
    // A server that breaks off in the head, and one that breaks off in the body.
    for response in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let breaking = format!("http://{}/url-7c1f", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let _ = connection.read_buf(&mut Vec::new()).await;
                let _ = connection.write_all(response.as_bytes()).await;
            }
        });
        for base_url in [&nobody, &breaking] {
            let client = Client::builder().base_url(base_url).token(TOKEN).retries(0).build().expect("a client");
            let error = client.get_customer().domain_id(48151623).send().await.expect_err("a fault");
            let shown = printed(&error);
            assert!(!shown.contains("url-7c1f") && !shown.contains("48151623"), "{shown}");
        }
    }
}

#[tokio::test]
async fn what_a_server_sends_is_printed_by_its_kind_alone() {
    const MARK: &str = "jane.doe@example.com";
    let with = |pointer: &str, value: serde_json::Value| customer_with(pointer, value).to_string();
    for (status, media_type, body) in [
        (200, "application/json", with("/tenantId", MARK.into())),
        (200, "application/json", with("/tenantId", format!("{MARK}\", expected i64").into())),
        (200, "application/json", with("/domain", 48151623.into())),
        (200, "application/json", with("/administrator", MARK.into())),
        (200, "application/json", with("/administrator/privateEmail", format!("{MARK}..").into())),
        (200, "application/json", with("/locale", MARK.into())),
        (200, "application/json", format!("{{\"{MARK}\": \"{MARK}\"}}")),
        (200, "application/json", MARK.to_owned()),
        (200, "text/html", MARK.to_owned()),
        (404, "application/json", format!("{{\"code\": \"{MARK}\", \"description\": \"{MARK}\"}}")),
        (404, "application/json", format!("{{\"code\": 48151623, \"description\": \"{MARK}\"}}")),
        (500, "text/plain", MARK.to_owned()),
        (418, "application/json", format!("\"{MARK}\"")),
    ] {
        let server = MockServer::start_async().await;
        responding(&server, status, media_type, &body).await;
        let client = builder(&server).retries(0).strict(true).build().expect("a client");
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("an error");
        let shown = printed(&error);
        assert!(!shown.contains(MARK) && !shown.contains("48151623"), "{shown}");
        // The caller has all of it.
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
    }
}

#[tokio::test]
async fn a_server_can_not_flood_a_log() {
    let server = MockServer::start_async().await;
    responding(&server, 200, &format!("text/{}", "x".repeat(10_000)), "").await;
    let error = builder(&server).build().expect("a client").get_customer().domain_id(10000001).send().await;
    let error = error.expect_err("no JSON");
    let shown = printed(&error);
    let Error::UnexpectedResponse(found) = error else { panic!("{error}") };
    let Reason::ContentType { found: Some(found) } = &found.reason else { panic!("{found}") };
    assert_eq!(found.len(), MAX_SHOWN);
    assert!(shown.len() < 1500 && shown.contains(&"x".repeat(100)), "{} bytes: {shown}", shown.len());
}

#[tokio::test]
async fn headers_are_printed_by_their_number_alone() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            let then = then.status(200).header("content-type", "application/json").header("x-echo", TOKEN);
            then.body(customer().to_string());
        })
        .await;
    let client = builder(&server).build().expect("a client");
    let response = client.get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(response.headers()["x-echo"], TOKEN);
    look(response.raw());
    look(&response);
}

#[tokio::test]
async fn an_error_shows_ten_violations_and_counts_the_others() {
    let mut body = customer();
    for (object, names) in [
        ("partnership", &["status", "customerCode", "enablePartnerProfileDisplay", "memo", "useOptionPlus"][..]),
        ("administrator", &["firstName", "cellphone", "countryCode"]),
    ] {
        for name in names {
            body[object][name] = serde_json::Value::Null;
        }
    }
    body["locale"] = "no".into();
    body["domainType"] = "no".into();
    body["administrator"]["privateEmail"] = "no".into();
    let server = MockServer::start_async().await;
    responding(&server, 200, "application/json", body.to_string()).await;
    let client = builder(&server).strict(true).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("violations");
    let Error::Nonconforming(found) = error else { panic!("{error}") };
    assert_eq!(found.violations.len(), 11);
    assert!(found.to_string().ends_with("; and 1 more"), "{found}");
    assert_eq!(found.to_string().matches("found").count(), 10, "{found}");
}
