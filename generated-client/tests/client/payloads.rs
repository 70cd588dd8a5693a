//! What the server of these tests responds with.

use httpmock::{Mock, MockServer};
use lineworks_partner_client::{Client, ClientBuilder};
use serde_json::{Value, json};

/// A customer with everything that the document describes.
pub fn customer() -> Value {
    json!({
        "tenantId": 10000001,
        "domainId": 10000001,
        "domain": "example.com",
        "productId": "STD_T",
        "companyName": "LINE WORKS Corp.",
        "phoneNumber": "03-0000-0000",
        "timeZone": "Asia/Tokyo",
        "locale": "ja_JP",
        "enableActiveMxrecord": true,
        "enableActiveDomain": true,
        "domainType": "DOMAIN",
        "administrator": {
            "lastName": "Works",
            "firstName": "Administrator",
            "id": "admin",
            "privateEmail": "private.works@example.com",
            "cellphone": "090-0000-0000",
            "countryCode": "+81"
        },
        "partnership": {
            "status": "TRANSFER_READY",
            "customerCode": "asd123ada11",
            "enablePartnerProfileDisplay": true,
            "memo": "Memo",
            "enableDeveloperConsoleAccessControl": true,
            "enableAdminConsoleAccessControl": true,
            "useOptionPlus": true
        }
    })
}

/// A customer that differs from the usual one in one place.
pub fn customer_with(pointer: &str, value: Value) -> Value {
    let mut customer = customer();
    if let Some(place) = customer.pointer_mut(pointer) {
        *place = value;
    }
    customer
}

/// A server that responds to the one call with this.
pub async fn responding<'a>(server: &'a MockServer, status: u16, media_type: &str, body: impl AsRef<[u8]>) -> Mock<'a> {
    server
        .mock_async(|when, then| {
            when.method("GET").path("/v1.0/partners/customers/10000001");
            let then = then.status(status).body(body);
            if !media_type.is_empty() {
                then.header("content-type", media_type);
            }
        })
        .await
}

/// A server that responds to the one call with JSON.
pub async fn responding_json<'a>(server: &'a MockServer, status: u16, body: &Value) -> Mock<'a> {
    responding(server, status, "application/json", body.to_string()).await
}

/// A client of the server that holds a token and tries everything once.
pub fn client(server: &MockServer) -> Client {
    builder(server).retries(0).build().expect("a client")
}

/// A client of the server that holds responses against the document.
pub fn strict_client(server: &MockServer) -> Client {
    builder(server).strict(true).build().expect("a client")
}

/// What the token of these tests is made of; it must show up nowhere.
pub const TOKEN: &str = "c3VwZXItc2VjcmV0";

/// A client to be of the server, with a token and short waits.
pub fn builder(server: &MockServer) -> ClientBuilder {
    let wait = std::time::Duration::from_millis(1);
    Client::builder().base_url(server.url("/v1.0")).token(TOKEN).backoff(wait, wait)
}
