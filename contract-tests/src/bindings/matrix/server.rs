//! A server that says byte by byte what it is told to, so that it can break HTTP in any way.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request longer than this is not the client's.
const LONGEST_REQUEST: usize = 64 * 1024;

/// What is done with a connection, one after the other; then it is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// These bytes are sent.
    Send(Vec<u8>),
    /// Nothing is done for so long.
    Wait(Duration),
    /// The connection is reset: whatever is under way is lost.
    Reset,
}

/// What is sent for a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// What is done.
    pub steps: Vec<Step>,
    /// The body in it, as far as a reader can know where it ends.
    pub body: Vec<u8>,
}

/// A request, and what was sent for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The head of the request.
    pub request: String,
    /// The body that was sent.
    pub body: Vec<u8>,
}

/// Says what is sent for a request, whose head it gets.
pub type Director = Arc<dyn Fn(&str) -> Script + Send + Sync>;

/// A server on 127.0.0.1, which ends when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    director: Arc<Mutex<Option<Director>>>,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that has nothing to say yet.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let director: Arc<Mutex<Option<Director>>> = Arc::default();
        let exchanges: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let (told, seen) = (Arc::clone(&director), Arc::clone(&exchanges));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (told, seen) = (Arc::clone(&told), Arc::clone(&seen));
                tokio::spawn(async move {
                    // A client that hangs up is what half of the scripts are about.
                    let _ = attend(stream, &told, &seen).await;
                });
            }
        });
        Ok(Self { address, director, exchanges, task })
    }

    /// Says what is sent from now on, and forgets the requests until now.
    pub fn direct(&self, director: Director) {
        *self.director.lock().unwrap_or_else(PoisonError::into_inner) = Some(director);
        self.exchanges();
    }

    /// What was exchanged since the last time.
    pub fn exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.exchanges.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn attend(
    mut stream: TcpStream,
    director: &Mutex<Option<Director>>,
    exchanges: &Mutex<Vec<Exchange>>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 || head.len() > LONGEST_REQUEST {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let director = director.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let script = director.map(|director| director(&head)).unwrap_or_default();
    let exchange = Exchange { request: head, body: script.body };
    exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    for step in script.steps {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Reset => return stream.set_zero_linger(),
        }
    }
    stream.shutdown().await
}
