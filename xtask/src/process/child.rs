//! A process that ends when this one is told to end.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

/// How often is looked whether a process has ended. It is next to nothing beside starting one.
const INTERVAL: Duration = Duration::from_millis(5);

/// Whether this process was told to end, and whether nothing is to be done about it but that.
struct Signals {
    told: Arc<AtomicBool>,
    alone: Arc<AtomicBool>,
}

/// The signals are watched from the first child on. While no child runs they do what they always do.
static SIGNALS: LazyLock<io::Result<Signals>> = LazyLock::new(|| {
    let signals = Signals { told: Arc::default(), alone: Arc::new(AtomicBool::new(true)) };
    for signal in ENDING {
        signal_hook::flag::register_conditional_default(*signal, Arc::clone(&signals.alone))?;
        signal_hook::flag::register(*signal, Arc::clone(&signals.told))?;
    }
    Ok(signals)
});

#[cfg(unix)]
const ENDING: &[i32] = &[signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];
#[cfg(not(unix))]
const ENDING: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// Runs a process to its end, and ends it where this process is told to end, or where it takes longer than the limit.
///
/// `started` gets the process before anything is waited for. Once this process was told to end, nothing is started and no
/// status is returned: that of a process that was cut short says nothing about its work.
pub fn run(command: &mut Command, limit: Option<Duration>, started: impl FnOnce(&mut Child)) -> io::Result<ExitStatus> {
    let signals = SIGNALS.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    // From here on a signal is noted down, so that none falls between the start of a child and the first look at it.
    signals.alone.store(false, Ordering::SeqCst);
    let ended = not_told(&signals.told).and_then(|()| command.spawn()).and_then(|mut child| {
        started(&mut child);
        until_end(&mut child, &signals.told, limit)
    });
    signals.alone.store(true, Ordering::SeqCst);
    not_told(&signals.told).and(ended)
}

fn not_told(told: &AtomicBool) -> io::Result<()> {
    if told.load(Ordering::SeqCst) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
}

fn until_end(child: &mut Child, told: &AtomicBool, limit: Option<Duration>) -> io::Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if told.load(Ordering::SeqCst) || limit.is_some_and(|limit| start.elapsed() > limit) {
            child.kill()?;
            return child.wait();
        }
        thread::sleep(INTERVAL);
    }
}
