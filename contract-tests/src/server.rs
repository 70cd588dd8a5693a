//! The judge's server: it sends byte by byte what it is told to, so that it can break HTTP in any way, and keeps every
//! request as it came.

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpStream as Mark};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::request::Received;

/// A request's head that is longer than this is not the client's.
const LONGEST_HEAD: usize = 1024 * 1024;

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
    /// The request.
    pub request: Received,
    /// Its head as it came.
    pub head: String,
    /// The body that was sent.
    pub body: Vec<u8>,
}

/// Says what is sent for a request: the head as it came.
pub type Director = Arc<dyn Fn(&str) -> Script + Send + Sync>;

/// A server on 127.0.0.1, which ends when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    scenes: Arc<Mutex<Scenes>>,
    task: JoinHandle<()>,
}

/// What is sent until something else is, and what was exchanged by then. A connection belongs to the scene in which it came,
/// however late it is accepted and its request is read.
#[derive(Default)]
struct Scene {
    director: Option<Director>,
    exchanges: Mutex<Vec<Exchange>>,
}

/// The scenes, of which connections that wait to be accepted may belong to several.
#[derive(Default)]
struct Scenes {
    last: Arc<Scene>,
    /// That of the connection which is accepted next.
    current: Arc<Scene>,
    /// Those that follow, each with the connection of the judge's own that stands in the queue where the scene begins.
    next: VecDeque<(Mark, Arc<Scene>)>,
}

impl Scenes {
    fn begin(&mut self, address: SocketAddr, scene: Arc<Scene>) {
        self.last = Arc::clone(&scene);
        match Mark::connect(address) {
            Ok(mark) => self.next.push_back((mark, scene)),
            // Without a mark the order of connections is unknown.
            Err(_) => (self.current, self.next) = (scene, VecDeque::new()),
        }
    }

    /// The scene of a connection; none for a mark, which is closed.
    fn of(&mut self, stream: TcpStream) -> Option<(TcpStream, Arc<Scene>)> {
        let peer = stream.peer_addr().ok();
        match self.next.pop_front_if(|(mark, _)| peer.is_some() && mark.local_addr().ok() == peer) {
            Some((mark, scene)) => {
                self.current = scene;
                // Whoever closes first keeps a port for a minute, and the server's is the same for all connections.
                drop(stream);
                drop(mark);
                None
            }
            None => Some((stream, Arc::clone(&self.current))),
        }
    }
}

impl Server {
    /// Starts a server that has nothing to say yet.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let scenes: Arc<Mutex<Scenes>> = Arc::default();
        let accepting = Arc::clone(&scenes);
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    // No file is left to open, or the peer is gone already: neither lasts.
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    continue;
                };
                let Some((stream, scene)) = lock(&accepting).of(stream) else { continue };
                tokio::spawn(async move {
                    // A client that hangs up is what half of the scripts are about.
                    let _ = attend(stream, &scene).await;
                });
            }
        });
        Ok(Self { address, scenes, task })
    }

    /// Says what is sent from now on, and forgets the requests until now.
    pub fn direct(&self, director: Director) {
        let scene = Arc::new(Scene { director: Some(director), ..Scene::default() });
        lock(&self.scenes).begin(self.address, scene);
    }

    /// What was exchanged since the last time.
    pub fn exchanges(&self) -> Vec<Exchange> {
        let scene = Arc::clone(&lock(&self.scenes).last);
        std::mem::take(&mut *lock(&scene.exchanges))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn attend(mut stream: TcpStream, scene: &Scene) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 || bytes.len() > LONGEST_HEAD {
            return Ok(());
        }
    };
    let rest = bytes.split_off(end);
    let request = Received::parse(&bytes, Vec::new());
    let body = match request.content_length() {
        Some(length) => sized(&mut stream, rest, length).await?,
        None => chunked(&mut stream, rest).await?,
    };
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let script = scene.director.as_ref().map(|director| director(&head)).unwrap_or_default();
    lock(&scene.exchanges).push(Exchange { request: Received { body, ..request }, head, body: script.body });
    for step in script.steps {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Reset => return stream.set_zero_linger(),
        }
    }
    stream.shutdown().await
}

async fn sized(stream: &mut TcpStream, mut bytes: Vec<u8>, length: usize) -> std::io::Result<Vec<u8>> {
    while bytes.len() < length && stream.read_buf(&mut bytes).await? > 0 {}
    bytes.truncate(length);
    Ok(bytes)
}

/// A body in chunks (RFC 9112, section 7.1).
async fn chunked(stream: &mut TcpStream, mut bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let Some(end) = find(&bytes, b"\r\n") else {
            if stream.read_buf(&mut bytes).await? == 0 {
                return Ok(body);
            }
            continue;
        };
        let size = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        let whole = end + 2 + size + 2;
        while bytes.len() < whole && stream.read_buf(&mut bytes).await? > 0 {}
        if size == 0 || bytes.len() < whole {
            return Ok(body);
        }
        body.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes.drain(..whole);
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// A poisoned lock holds a value that is still whole: nothing here is left half-written.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::time::{Duration, Instant};

    use super::{Arc, Mark, Script, Server};

    async fn exchanged(server: &Server, most: Duration) -> usize {
        let start = Instant::now();
        loop {
            let count = server.exchanges().len();
            if count > 0 || start.elapsed() > most {
                return count;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn a_connection_that_waits_to_be_accepted_belongs_to_the_scene_in_which_it_came() {
        let server = Server::start().await.unwrap();
        let send = || {
            let mut stream = Mark::connect(server.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\ncontent-length: 0\r\n\r\n").unwrap();
            stream
        };
        server.direct(Arc::new(|_| Script::default()));
        // Nothing is accepted until this test waits for something.
        let early = send();
        server.direct(Arc::new(|_| Script::default()));
        assert_eq!(exchanged(&server, Duration::from_millis(300)).await, 0);
        let late = send();
        assert_eq!(exchanged(&server, Duration::from_secs(30)).await, 1);
        drop((early, late));
    }
}
