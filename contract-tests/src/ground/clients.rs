//! The clients that calls are made with. A client is costly to make: it reads the system's certificates.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::client::{Arguments, Called, Connected, Kind, Mocked, Mocking, Operation, Setup, Subject};
use crate::prepared::Memories;
use crate::server::Server;

/// Longer than any call takes: one that is still in progress then hangs.
const HANGS: Duration = Duration::from_secs(30);

/// The runtime on which calls run, and a client for each setup that was asked for.
///
/// A client keeps connections that belong to the runtime of its first call, so both are kept together. Judging one document
/// after another, such as one mutant after another, goes faster with the same clients.
pub struct Clients {
    runtime: Runtime,
    connected: RefCell<HashMap<(&'static str, Setup), Arc<Connected>>>,
    servers: OnceCell<Servers>,
    mocking: RefCell<HashMap<&'static str, Arc<Mocking>>>,
    lanes: Mutex<Vec<Clients>>,
    /// What was made of the schemas of the documents that were judged with these clients.
    pub(super) memories: Arc<Memories>,
}

/// Two servers of the judge: the one that is called, and one with another origin. A client belongs to the address that it
/// calls, so the servers last as long as the clients.
pub struct Servers {
    /// The server that is called.
    pub own: Server,
    /// A server that is nobody's business.
    pub other: Server,
}

impl Clients {
    /// No client yet.
    pub fn new() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (connected, servers, mocking) = (RefCell::default(), OnceCell::new(), RefCell::default());
        Ok(Self { runtime, connected, servers, mocking, lanes: Mutex::default(), memories: Arc::default() })
    }

    /// The servers, which are started when they are first asked for.
    pub fn servers(&self) -> std::io::Result<&Servers> {
        if let Some(servers) = self.servers.get() {
            return Ok(servers);
        }
        let started = self.run(async { Ok::<_, std::io::Error>((Server::start().await?, Server::start().await?)) });
        let (own, other) = started?;
        Ok(self.servers.get_or_init(|| Servers { own, other }))
    }

    /// The mock server of a client, which is started when it is first asked for.
    pub fn mocking(&self, subject: &Subject, mocked: &Mocked) -> Arc<Mocking> {
        let mut known = self.mocking.borrow_mut();
        Arc::clone(known.entry(subject.name).or_insert_with(|| Arc::new((mocked.start)())))
    }

    /// Runs calls, and the servers that they go to.
    pub fn run<T>(&self, calls: impl Future<Output = T>) -> T {
        self.runtime.block_on(calls)
    }

    /// One call to its end, whatever that is: a panic, and a call that outlasts every time limit, are results like others.
    pub fn call(&self, operation: &Operation, client: &Arc<Connected>, arguments: Arguments) -> Called {
        let (call, client) = (operation.call, Arc::clone(client));
        let calling = async move { call(&client, arguments).await };
        self.run(async { ended(calling).await })
    }

    /// Something made within the runtime, as a client may have to be.
    pub fn within<T>(&self, make: impl FnOnce() -> T) -> T {
        let _entered = self.runtime.enter();
        make()
    }

    /// A client that is set up like this; the same for the same setup.
    pub fn connect(&self, subject: &Subject, setup: &Setup) -> Result<Arc<Connected>, String> {
        let key = (subject.name, setup.clone());
        if let Some(connected) = self.connected.borrow().get(&key) {
            return Ok(Arc::clone(connected));
        }
        let connected = Arc::new(self.within(|| (subject.connect)(setup))?);
        self.connected.borrow_mut().insert(key, Arc::clone(&connected));
        Ok(connected)
    }

    /// The same. That none can be made is a fault of the client, which every call with it shows.
    pub fn connected(&self, subject: &Subject, setup: &Setup) -> Arc<Connected> {
        self.connect(subject, setup).unwrap_or_else(|_| Arc::new(Connected::new(())))
    }

    /// Clients for calls that are made beside those with these, each lane with servers of its own.
    pub fn lanes(&self, count: usize) -> std::io::Result<Vec<Self>> {
        let mut kept = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        (0..count).map(|_| kept.pop().map_or_else(Self::new, Ok)).collect()
    }

    /// Keeps lanes for the next time.
    pub fn keep(&self, lanes: Vec<Self>) {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).extend(lanes);
    }
}

/// The end of a call that runs in a task of its own.
pub async fn ended(calling: impl Future<Output = Called> + Send + 'static) -> Called {
    match tokio::time::timeout(HANGS, tokio::spawn(calling)).await {
        Ok(Ok(called)) => called,
        Ok(Err(error)) => Called { printed: error.to_string(), ..Called::without_response(Kind::Panic, None) },
        Err(_) => Called::without_response(Kind::Hangs, None),
    }
}
