//! A server that responds as the document says, for whoever tests a program in any language against it.
//!
//! A call gets its first successful response, or any other documented one on request: `Prefer: code=404` (RFC 7240). What a
//! real server would refuse is refused: calls without credentials, and arguments that the document's schemas refuse.

mod arguments;
mod bodies;
mod offers;
mod prefer;
mod reply;
mod requests;
mod site;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::document::{Document, DocumentError};
use site::Site;

/// How long a client may take to send the head of a request.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the server doesn't run.
#[derive(Debug, thiserror::Error)]
pub enum MockError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Another program has the port.
    #[error(
        "the server does not start: port {0} of 127.0.0.1 is in use; take another, or leave it out to have a free one"
    )]
    PortInUse(u16),
    /// The operating system refuses for another reason.
    #[error("the server does not start: {0}")]
    Start(io::Error),
}

/// A server that runs until it is dropped.
pub struct Mock {
    /// Where it listens.
    pub address: SocketAddr,
    /// What a client takes for its base URL.
    pub base_url: String,
    running: JoinHandle<()>,
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// Starts the server on 127.0.0.1; port 0 takes any free one.
pub async fn start(document: &Document, port: u16) -> Result<Mock, MockError> {
    let site = Arc::new(Site::of(document)?);
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => MockError::PortInUse(port),
        _ => MockError::Start(error),
    })?;
    let address = listener.local_addr().map_err(MockError::Start)?;
    let base_url = format!("http://{address}{}", site.base);
    Ok(Mock { address, base_url, running: tokio::spawn(serve(listener, site)) })
}

async fn serve(listener: TcpListener, site: Arc<Site>) {
    // The connections end with the server.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(converse(stream, Arc::clone(&site)));
            }
            // Too many open files, for example: others will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Responds to the requests of one connection. What is no HTTP ends it, as does a client that goes away.
async fn converse(stream: TcpStream, site: Arc<Site>) {
    let service = service_fn(move |request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(requests::response(&site, request).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}
