//! The headers that the document describes, as typed values.

use httpmock::MockServer;
use lineworks_partner_client::{RateLimit, ResponseHeaders};

use super::payloads::{client, customer};

#[tokio::test]
async fn a_response_has_typed_headers_and_so_has_an_error() {
    for (status, body) in [(200, customer().to_string()), (429, r#"{"code":"A","description":"B"}"#.to_owned())] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|_, then| {
                let then = then.status(status).header("content-type", "application/json").body(body);
                then.header("rateLimit-limit", " 240 ")
                    .header("RATELIMIT-REMAINING", "-1")
                    .header("ratelimit-reset", "soon");
            })
            .await;
        let outcome = client(&server).get_customer().domain_id(10000001).send().await;
        let (limit, remaining, reset, all) = match &outcome {
            Ok(customer) => {
                let limits =
                    (customer.rate_limit_limit(), customer.rate_limit_remaining(), customer.rate_limit_reset());
                (limits.0, limits.1, limits.2, RateLimit::of(customer))
            }
            Err(error) => {
                let limits = (error.rate_limit_limit(), error.rate_limit_remaining(), error.rate_limit_reset());
                (limits.0, limits.1, limits.2, RateLimit::of(error))
            }
        };
        assert_eq!((limit, remaining), (Ok(Some(240)), Ok(Some(-1))));
        let error = reset.expect_err("no number");
        assert_eq!(error.to_string(), "the header `rateLimit-reset` is not an integer of its range");
        assert_eq!((all.limit, all.remaining, all.reset), (Some(240), None, None));
    }
}

#[tokio::test]
async fn a_header_that_is_not_there_is_none() {
    let server = MockServer::start_async().await;
    super::payloads::responding_json(&server, 200, &customer()).await;
    let customer = client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(customer.rate_limit_limit(), Ok(None));
    assert_eq!(customer.raw().rate_limit_reset(), Ok(None));
}
