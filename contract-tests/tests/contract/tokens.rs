//! Tokens by a client's own credentials: the rows of the failure matrix about where they come from, against a client that requests
//! and keeps them as RFC 6749 has it, and against those that do not keep one, go on without one, or print what was said of the secret.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract_tests::client::{Called, Connected, Kind, Subject, TokenSource};
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan, Scope};
use contract_tests::judge::judge;
use contract_tests::matrix::Tried;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use serde_json::Value;
use tokio::sync::Mutex;

use super::exchange::{Received, attempt};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Words, version: '1'}
paths:
  /word:
    get:
      operationId: word
      security: [{own: []}]
      responses: {'204': {description: A word}}
components:
  securitySchemes:
    own: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://words.example/token', scopes: {}}}}
";

/// What a client does wrong.
const NOTHING: u8 = 0;
const FORGETS: u8 = 1;
const GOES_ON: u8 = 2;
const PRINTS: u8 = 3;

/// The most bytes of a response that holds a token.
const MOST: usize = 1 << 20;

struct Client {
    api: String,
    tokens: String,
    basic: String,
    kept: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    text: String,
    /// Whether it came in place of one that the API refused.
    renewed: bool,
}

/// Why there is no token.
struct Missing {
    retryable: bool,
    said: String,
}

impl Client {
    async fn token<const DOES: u8>(&self, refused: Option<&Token>) -> Result<Token, Missing> {
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.as_ref().filter(|kept| refused.is_none_or(|refused| refused.text != kept.text)) {
            return Ok(token.clone());
        }
        let (token, lives) = self.requested().await?;
        let token = Token { text: token, renewed: refused.is_some() };
        *kept = (lives && DOES != FORGETS).then(|| token.clone());
        Ok(token)
    }

    /// A new token, and whether it lasts.
    async fn requested(&self) -> Result<(String, bool), Missing> {
        let (basic, form) = (&self.basic, "grant_type=client_credentials");
        let request = format!(
            "POST /token HTTP/1.1\r\nhost: judge\r\nauthorization: Basic {basic}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\nconnection: close\r\n\r\n{form}",
            form.len()
        );
        let received = attempt(&self.tokens, &request).await.filter(|received| received.status < Some(500));
        let Some(Received { body, .. }) = received else {
            return Err(Missing { retryable: true, said: String::new() });
        };
        let granted: Value = serde_json::from_slice(&body).unwrap_or_default();
        let Some(token) = granted["access_token"].as_str().filter(|_| body.len() <= MOST) else {
            return Err(Missing { retryable: false, said: String::from_utf8_lossy(&body).into_owned() });
        };
        let lifetime = &granted["expires_in"];
        let lifetime = lifetime.as_f64().or_else(|| lifetime.as_str()?.parse().ok());
        Ok((token.to_owned(), lifetime.is_some_and(|lifetime| lifetime > 0.0)))
    }

    /// The status of a call with this token.
    async fn status(&self, token: Option<&Token>) -> Option<u16> {
        let token = token.map_or_else(String::new, |token| format!("authorization: Bearer {}\r\n", token.text));
        let request = format!("GET /word HTTP/1.1\r\nhost: judge\r\n{token}connection: close\r\n\r\n");
        attempt(&self.api, &request).await?.status
    }

    async fn call<const DOES: u8>(&self) -> Called {
        let status = match self.token::<DOES>(None).await {
            Err(_) if DOES == GOES_ON => self.status(None).await,
            Err(missing) => return without(missing),
            Ok(token) => match self.status(Some(&token)).await {
                Some(401) if !token.renewed => match self.token::<DOES>(Some(&token)).await {
                    Err(missing) => return without(missing),
                    Ok(token) => self.status(Some(&token)).await,
                },
                status => status,
            },
        };
        let kind = if status == Some(204) { Kind::Value } else { Kind::Status };
        Called { kind, status, ..Called::default() }
    }
}

fn without(missing: Missing) -> Called {
    Called { retryable: missing.retryable, printed: missing.said, ..Called::without_response(Kind::Credentials, None) }
}

fn subject<const DOES: u8>() -> Subject {
    let operation = super::operation("word", |connected, _| {
        let client = connected.client::<Arc<Client>>().expect("it is one of these");
        Box::pin(async move {
            let called = client.call::<DOES>().await;
            let printed = if DOES == PRINTS { called.printed } else { String::new() };
            Called { printed, ..called }
        })
    });
    let source = TokenSource {
        scheme: "own",
        url: "https://words.example/token",
        connect: |setup, url, [id, secret]| {
            let authority = |url: &str| url.trim_start_matches("http://").trim_end_matches("/token").to_owned();
            Ok(Connected::new(Arc::new(Client {
                api: authority(&setup.base_url),
                tokens: authority(url),
                basic: STANDARD.encode(format!("{id}:{secret}")),
                kept: Mutex::new(None),
            })))
        },
    };
    Subject {
        operations: vec![operation].leak(),
        tokens: vec![source].leak(),
        connect: |_| Ok(Connected::new(())),
        ..super::subject(Vec::new())
    }
}

/// What the rows find, each with its name.
fn found(subject: &Subject) -> Vec<String> {
    let document = Document::parse("words.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 0, seed: 0 }, &clients).expect("there is ground");
    let scope = Scope { only: Some("word: tokens".into()), ..Scope::default() };
    let ground = ground.within(scope).expect("there is such an operation");
    let report = judge(&ground, &[named("matrix").expect("it is registered")], &Progress::hidden())
        .unwrap_or_else(|error| panic!("{error}"));
    let tried: Vec<_> = report.oracles.iter().flat_map(|oracle| &oracle.tried).collect();
    assert!(tried.len() > 15 && tried.iter().all(|row| row.name.starts_with("tokens: ")), "{report}");
    let wrong = |row: &Tried| row.wrong.iter().map(|wrong| format!("{}: {wrong}", row.name)).collect::<Vec<_>>();
    tried.into_iter().flat_map(wrong).collect()
}

#[test]
fn a_client_that_asks_for_tokens_and_keeps_them_is_not_found_to_differ() {
    assert_eq!(found(&subject::<NOTHING>()), Vec::<String>::new());
}

#[test]
fn one_that_asks_for_each_call_is() {
    let details = found(&subject::<FORGETS>());
    for row in ["one for several calls", "one for all who wait"] {
        let asks = |detail: &&String| detail.contains(row) && detail.contains("were requested");
        assert!(details.iter().any(|detail| asks(&detail)), "{row}: {details:#?}");
    }
}

#[test]
fn one_that_goes_on_without_a_token_is() {
    let details = found(&subject::<GOES_ON>());
    assert!(details.iter().any(|detail| detail.contains("a request to the API came without it")), "{details:#?}");
    assert!(details.iter().any(|detail| detail.contains("instead of `credentials`")), "{details:#?}");
}

#[test]
fn one_that_prints_what_was_said_of_the_secret_is() {
    let details = found(&subject::<PRINTS>());
    assert!(details.iter().any(|detail| detail.contains("secret: it is printed")), "{details:#?}");
}
