//! No token shows up in anything that can be printed.

use std::error::Error as _;
use std::fmt::Debug;

use httpmock::MockServer;
use lineworks_partner_client::types::ApiError;
use lineworks_partner_client::{Client, Error, ResponseValue, StaticCredentials, types};

use super::payloads::{TOKEN, answering, builder, customer};

fn look(shown: impl Debug) {
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

fn look_through(result: Result<ResponseValue<types::Customer>, Error<ApiError>>) {
    look(&result);
    let Err(error) = result else { return };
    let mut cause = error.source();
    look(error.to_string());
    while let Some(error) = cause {
        look(error);
        look(error.to_string());
        cause = error.source();
    }
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
    for (status, media_type, body) in [
        (200, "application/json", customer().to_string()),
        (200, "text/html", customer().to_string()),
        (200, "application/json", echo.clone()),
        (401, "application/json", echo),
        (418, "text/plain", format!("Authorization: Bearer {TOKEN}")),
    ] {
        let server = MockServer::start_async().await;
        answering(&server, status, media_type, body).await;
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
