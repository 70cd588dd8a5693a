//! Responses that carry a customer.

use httpmock::MockServer;
use lineworks_partner_client::types::{Customer, Locale, PartnershipStatus};
use lineworks_partner_client::{Client, Error, Reason};
use serde_json::{Value, json};

use super::payloads::{TOKEN, client, customer, customer_with, responding, responding_json, strict_client};

async fn received(body: &Value) -> Customer {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, body).await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer").into_inner()
}

#[tokio::test]
async fn a_customer_comes_back_whole() {
    let server = MockServer::start_async().await;
    let mock = responding_json(&server, 200, &customer()).await;
    let response = client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    mock.assert_async().await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.domain_id, 10000001);
    assert_eq!(response.locale, Locale::JaJp);
    let partnership = response.partnership.as_ref().expect("a partnership");
    assert_eq!(partnership.status, Some(PartnershipStatus::TransferReady));
    assert_eq!(partnership.memo.as_ref().map(|memo| memo.as_str()), Some("Memo"));
    assert_eq!(serde_json::to_value(response.into_inner()).expect("JSON"), customer());
}

#[tokio::test]
async fn a_base_url_may_end_in_a_slash() {
    let server = MockServer::start_async().await;
    let mock = responding_json(&server, 200, &customer()).await;
    for base_url in [server.url("/v1.0"), server.url("/v1.0/")] {
        let client = Client::builder().base_url(base_url).token(TOKEN).build().expect("a client");
        client.get_customer().domain_id(10000001).send().await.expect("a customer");
    }
    mock.assert_calls_async(2).await;
}

#[tokio::test]
#[allow(deprecated, reason = "deprecated properties are received all the same")]
async fn null_and_absence_are_told_apart_where_the_document_allows_null() {
    let null = received(&customer_with("/productId", Value::Null)).await;
    assert_eq!(null.product_id, Some(None));
    assert_eq!(serde_json::to_value(&null).expect("JSON")["productId"], Value::Null);
    let mut body = customer();
    body.as_object_mut().expect("an object").remove("productId");
    let absent = received(&body).await;
    assert_eq!(absent.product_id, None);
    assert_eq!(serde_json::to_value(&absent).expect("JSON"), body);
}

#[tokio::test]
#[allow(deprecated, reason = "deprecated properties are received all the same")]
async fn an_unlisted_plan_survives_and_prints_itself() {
    let body = customer_with("/productId", json!("JP_PPO_STD"));
    let customer = received(&body).await;
    let plan = customer.product_id.clone().flatten().expect("a plan");
    assert_eq!(plan.to_string(), "JP_PPO_STD");
    assert_eq!(serde_json::to_value(&customer).expect("JSON"), body);
}

#[tokio::test]
async fn strict_mode_lists_every_deviation_and_keeps_the_value() {
    let mut body = customer_with("/administrator/privateEmail", json!("foo..bar@docomo.ne.jp"));
    body["locale"] = json!("fr_FR");
    body["partnership"]["memo"] = json!("x".repeat(701));
    body["administrator"]["cellphone"] = Value::Null;
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &body).await;
    let error = strict_client(&server).get_customer().domain_id(10000001).send().await.expect_err("deviations");
    assert!(!error.is_retryable());
    let Error::Nonconforming(found) = error else { panic!("{error}") };
    let mut places: Vec<(&str, &str)> =
        found.violations.iter().map(|violation| (violation.pointer.as_str(), violation.keyword)).collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            ("/administrator/cellphone", "type"),
            ("/administrator/privateEmail", "format"),
            ("/locale", "enum"),
            ("/partnership/memo", "maxLength"),
        ]
    );
    assert!(!format!("{found} {found:?}").contains("docomo"));
    assert_eq!(found.response.body().as_ref(), body.to_string().as_bytes());
    assert_eq!(found.response.headers()["content-type"], "application/json");
    assert_eq!(found.value::<Customer>().map(|customer| customer.locale.to_string()).as_deref(), Some("fr_FR"));
    assert!(found.value::<Locale>().is_none());
    let found = found.into_value::<Locale>().expect_err("another type");
    assert_eq!((found.violations.len(), found.response.status().as_u16()), (4, 200));
    let customer = found.into_value::<Customer>().expect("the customer");
    assert_eq!(customer.locale.to_string(), "fr_FR");
}

#[tokio::test]
async fn strict_mode_takes_what_conforms() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    strict_client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
}

#[tokio::test]
async fn what_no_type_can_hold_is_an_error_with_its_place() {
    let cases = [
        (json!([]), ""),
        (customer_with("/administrator", json!(["Works", "admin", "a@example.com"])), "/administrator"),
        (customer_with("/administrator/lastName", json!(1)), "/administrator/lastName"),
        (customer_with("/partnership/useOptionPlus", json!("yes")), "/partnership/useOptionPlus"),
        (customer_with("/domainId", json!("10000001")), "/domainId"),
    ];
    for (body, pointer) in cases {
        let server = MockServer::start_async().await;
        responding_json(&server, 200, &body).await;
        let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("a fault");
        assert_eq!(error.status().expect("a status"), 200);
        let Error::UnexpectedResponse(found) = error else { panic!("{error}") };
        let Reason::Body(fault) = &found.reason else { panic!("{found}") };
        assert_eq!(fault.pointer, pointer, "{found}");
        assert_eq!(found.response.body().as_ref(), body.to_string().as_bytes());
    }
}

#[tokio::test]
async fn other_content_is_not_taken_for_json() {
    for (media_type, taken) in [
        ("application/json; charset=utf-8", true),
        ("APPLICATION/JSON", true),
        ("application/problem+json", true),
        ("application/jsonl", false),
        ("application/json-seq", false),
        ("text/html", false),
        ("", false),
    ] {
        let server = MockServer::start_async().await;
        responding(&server, 200, media_type, customer().to_string()).await;
        let result = client(&server).get_customer().domain_id(10000001).send().await;
        match result {
            Ok(_) => assert!(taken, "{media_type}"),
            Err(Error::UnexpectedResponse(found)) => {
                assert!(!taken && matches!(found.reason, Reason::ContentType { .. }), "{media_type}: {found}");
                assert_eq!(found.response.status(), 200);
            }
            Err(error) => panic!("{media_type}: {error}"),
        }
    }
}

#[tokio::test]
async fn broken_or_missing_json_keeps_the_response() {
    for body in ["", "{", "null", "{\"tenantId\": 1", "\u{0}"] {
        let server = MockServer::start_async().await;
        responding(&server, 200, "application/json", body).await;
        let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("a fault");
        assert_eq!(error.status().expect("a status"), 200, "{body:?}");
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
    }
}
