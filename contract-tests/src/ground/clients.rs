//! The clients that calls are made with. A client is costly to make: it reads the system's certificates.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use tokio::runtime::Runtime;

use crate::client::{Connected, Setup, Subject};

/// The runtime on which calls run, and a client for each setup that was asked for.
///
/// A client keeps connections that belong to the runtime of its first call, so both are kept together. Judging one document
/// after another, such as one mutant after another, goes faster with the same clients.
pub struct Clients {
    runtime: Runtime,
    connected: RefCell<HashMap<(&'static str, Setup), Arc<Connected>>>,
}

impl Clients {
    /// No client yet.
    pub fn new() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self { runtime, connected: RefCell::default() })
    }

    /// Runs calls, and the servers that they go to.
    pub fn run<T>(&self, calls: impl Future<Output = T>) -> T {
        self.runtime.block_on(calls)
    }

    /// A client that is set up like this; the same for the same setup.
    pub fn connect(&self, subject: &Subject, setup: &Setup) -> Result<Arc<Connected>, String> {
        let key = (subject.name, setup.clone());
        if let Some(connected) = self.connected.borrow().get(&key) {
            return Ok(Arc::clone(connected));
        }
        // Within the runtime, where a client may need one to be made.
        let entered = self.runtime.enter();
        let connected = Arc::new((subject.connect)(setup)?);
        drop(entered);
        self.connected.borrow_mut().insert(key, Arc::clone(&connected));
        Ok(connected)
    }
}
