//! A server that responds at once, or sheds load at random, and counts.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CUSTOMER: &str = concat!(
    r#"{"tenantId":10000001,"domainId":10000001,"domain":"example.com","productId":"STD_T","companyName":"LINE WORKS Corp.","#,
    r#""phoneNumber":"03-0000-0000","timeZone":"Asia/Tokyo","locale":"ja_JP","enableActiveMxrecord":true,"#,
    r#""enableActiveDomain":true,"domainType":"DOMAIN","administrator":{"lastName":"Works","firstName":"Administrator","#,
    r#""id":"admin","privateEmail":"private.works@example.com","cellphone":"090-0000-0000","countryCode":"+81"},"#,
    r#""partnership":{"status":"TRANSFER_READY","customerCode":"asd123ada11","enablePartnerProfileDisplay":true,"#,
    r#""memo":"Memo","enableDeveloperConsoleAccessControl":true,"enableAdminConsoleAccessControl":true,"#,
    r#""useOptionPlus":true}}"#
);

/// The server, on a port of its own.
pub struct Server {
    address: SocketAddr,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    requests: AtomicUsize,
    tokens: Mutex<Vec<Instant>>,
}

/// What is wrong with a server.
#[derive(Debug, Clone, Copy)]
pub struct Trouble {
    /// It sheds one call in so many, at random.
    pub sheds_one_in: Option<u64>,
    /// How many seconds its tokens are good for; a call with an older one is refused.
    pub lifetime: u64,
}

impl Default for Trouble {
    /// None: every call is served.
    fn default() -> Self {
        Self { sheds_one_in: None, lifetime: 86_400 }
    }
}

impl Server {
    /// Starts one.
    pub async fn start(trouble: Trouble) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let counts = Arc::<Counts>::default();
        let counted = Arc::clone(&counts);
        tokio::spawn(async move {
            let mut seed = 0x2545_f491_4f6c_dd1d;
            while let Ok((connection, _)) = listener.accept().await {
                seed = next(seed);
                tokio::spawn(serve(connection, Arc::clone(&counted), trouble, seed));
            }
        });
        Self { address, counts }
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::Relaxed)
    }

    /// How many tokens were given.
    pub fn tokens(&self) -> usize {
        self.counts.tokens().len()
    }
}

impl Counts {
    /// When each token was given.
    fn tokens(&self) -> MutexGuard<'_, Vec<Instant>> {
        self.tokens.lock().expect("no panic elsewhere")
    }

    /// Whether a request carries a token that is still good, or one that never ends.
    fn admits(&self, request: &[u8], lifetime: u64) -> bool {
        let request = String::from_utf8_lossy(request);
        let number = request.lines().find_map(|line| line.strip_prefix("authorization: Bearer token-"));
        let given = number.and_then(|number| self.tokens().get(number.parse::<usize>().ok()?).copied());
        given.is_none_or(|given| given.elapsed() < Duration::from_secs(lifetime))
    }
}

async fn serve(mut connection: TcpStream, counts: Arc<Counts>, trouble: Trouble, mut seed: u64) {
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = connection.read(&mut buffer).await {
        received.extend_from_slice(&buffer[..count]);
        let is_grant = received.starts_with(b"POST");
        // The form's last field is the scope.
        let end = if is_grant { b"partner.read".as_slice() } else { b"\r\n\r\n" };
        if !received.ends_with(end) {
            continue;
        }
        let is_admitted = is_grant || counts.admits(&received, trouble.lifetime);
        received.clear();
        seed = next(seed);
        let shed = trouble.sheds_one_in.filter(|one_in| (seed >> 33).is_multiple_of(*one_in)).map(|_| (seed >> 20) % 4);
        let response = if is_grant {
            let mut tokens = counts.tokens();
            tokens.push(Instant::now());
            ok(&format!(r#"{{"access_token":"token-{}","expires_in":"{}"}}"#, tokens.len() - 1, trouble.lifetime))
        } else if !is_admitted {
            "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n".to_owned()
        } else {
            counts.requests.fetch_add(1, Ordering::Relaxed);
            match shed {
                Some(0) => {
                    "HTTP/1.1 429 Too Many Requests\r\nratelimit-reset: 0\r\ncontent-length: 0\r\n\r\n".to_owned()
                }
                Some(1) => "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n".to_owned(),
                Some(2) => {
                    // Whatever is under way is lost, in both directions.
                    let _ = connection.set_zero_linger();
                    return;
                }
                Some(_) => {
                    let whole = ok(CUSTOMER);
                    let _ = connection.write_all(&whole.as_bytes()[..whole.len() - CUSTOMER.len() / 2]).await;
                    return;
                }
                None => ok(CUSTOMER),
            }
        };
        if connection.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The next of a row of numbers that look like chance (xorshift), the same in every run.
fn next(mut seed: u64) -> u64 {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^ (seed << 17)
}

/// A private key, made for the occasion.
pub fn key() -> String {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der: Pkcs8V1Der<'_> = pair.as_der().expect("DER");
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()))
}
