//! What clients that are written by hand for these tests have in common: one request, and the response as it comes.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A response.
pub struct Received {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request, and reads what comes until the connection ends. Without a head there is no response.
pub async fn sent(authority: &str, request: &str) -> Option<Received> {
    let mut stream = TcpStream::connect(authority).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.ok()?;
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&received[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Received { status, head, body: received.split_off(end + 4) })
}

/// Asks for a path.
pub async fn got(authority: &str, path: &str, accept: &str) -> Option<Received> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: judge\r\naccept: {accept}\r\nconnection: close\r\n\r\n");
    sent(authority, &request).await
}
