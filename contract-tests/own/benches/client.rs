//! How the client compares with what one would write by hand: decoding, conformance and whole calls, in one run.
//!
//! `cargo bench -p contract-tests-own --bench client`.

#![allow(clippy::expect_used, reason = "a benchmark that cannot go on must stop")]
#![allow(deprecated, dead_code, reason = "the structs hold what the document describes, read or not")]

#[path = "../../../codegen/benches/turns/mod.rs"]
mod turns;

use std::hint::black_box;

use contract_tests::document::Document;
use lineworks_partner_client::runtime::{Conformance, decode, violations_of};
use lineworks_partner_client::{Client, types};
use serde::Deserialize;

use crate::turns::compare;

/// A customer as one would write it by hand.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    tenant_id: i64,
    domain_id: i64,
    domain: String,
    product_id: Option<String>,
    company_name: String,
    phone_number: String,
    time_zone: String,
    locale: String,
    enable_active_mxrecord: bool,
    enable_active_domain: bool,
    domain_type: String,
    administrator: Option<Administrator>,
    partnership: Option<Partnership>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Administrator {
    last_name: String,
    first_name: Option<String>,
    id: String,
    private_email: String,
    cellphone: Option<String>,
    country_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Partnership {
    status: Option<String>,
    customer_code: Option<String>,
    enable_partner_profile_display: Option<bool>,
    memo: Option<String>,
    enable_developer_console_access_control: Option<bool>,
    enable_admin_console_access_control: Option<bool>,
    use_option_plus: Option<bool>,
}

fn main() {
    let document = Document::own().expect("the workspace has a document");
    let operation = document.operations().expect("it is read").into_iter().next().expect("there is an operation");
    let example = operation.responses[0].bodies[0].example.expect("there is an example");
    let text = example.to_string().into_bytes();

    let by_hand = || drop(black_box(serde_json::from_slice::<Customer>(black_box(&text)).expect("a customer")));
    let generated = || decode::<types::Customer>(black_box(&text)).expect("a customer");
    compare("decoding a full customer", "1.05", 200, by_hand, || drop(black_box(generated())));
    compare("decoding and conformance", "1.2", 200, by_hand, || {
        assert!(generated().conformance().is_empty());
    });
    compare("decoding and strict checking", "none", 200, by_hand, || {
        assert!(violations_of(&generated(), &text).is_empty());
    });

    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let address = runtime.block_on(serve(kept_alive(&text)));
    let base_url = format!("http://{address}/v1.0");
    let bare = reqwest::Client::new();
    let client = Client::builder().base_url(&base_url).token("token").build().expect("a client");
    let url = format!("{base_url}/partners/customers/10000001");
    compare(
        "a call over loopback",
        "1.1",
        20,
        || {
            runtime.block_on(async {
                let request = bare.get(&url).bearer_auth("token").header("accept", "application/json");
                let response = request.send().await.expect("a response").error_for_status().expect("success");
                black_box(response.json::<Customer>().await.expect("a customer"));
            });
        },
        || {
            runtime.block_on(async {
                black_box(client.get_customer().domain_id(10000001).send().await.expect("a customer"));
            });
        },
    );
}

fn kept_alive(text: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", text.len());
    [head.as_bytes(), text].concat()
}

/// A server that keeps its connections and responds to each request with the same bytes.
async fn serve(bytes: Vec<u8>) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let _ = stream.set_nodelay(true);
                let mut head = Vec::new();
                while stream.read_buf(&mut head).await.is_ok_and(|count| count > 0) {
                    if head.ends_with(b"\r\n\r\n") {
                        head.clear();
                        if stream.write_all(&bytes).await.is_err() {
                            break;
                        }
                    }
                }
            });
        }
    });
    address
}
