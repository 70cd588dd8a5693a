//! One request over a connection of its own, as a client without a library sends it.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What comes back for a request.
pub struct Received {
    pub status: Option<u16>,
    /// The lines of its head, in small letters.
    pub head: String,
    pub body: Vec<u8>,
}

/// Sends a request to an authority, and reads whatever comes until the connection ends.
pub async fn exchange(authority: &str, request: &str) -> Received {
    attempt(authority, request).await.expect("the judge responds")
}

/// The same where no response may come.
pub async fn attempt(authority: &str, request: &str) -> Option<Received> {
    let mut stream = TcpStream::connect(authority).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.ok()?;
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&received[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Some(Received { status, head, body: received.split_off(end + 4) })
}

/// Asks for a path.
pub async fn got(authority: &str, path: &str, accept: &str) -> Received {
    let request = format!("GET {path} HTTP/1.1\r\nhost: judge\r\naccept: {accept}\r\nconnection: close\r\n\r\n");
    exchange(authority, &request).await
}
