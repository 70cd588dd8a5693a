//! A process that ends when this one is told to end, and stops when this one is told to stop (Ctrl-Z), and so does whatever it
//! has started.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

/// How often is looked whether a process has ended. It is next to nothing beside starting one.
const INTERVAL: Duration = Duration::from_millis(5);

/// How long processes that are told to end may take for it.
const GRACE: Duration = Duration::from_secs(3);

/// Whether this process was told to end or to stop, and whether nothing is to be done about it but that.
struct Signals {
    told: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    alone: Arc<AtomicBool>,
}

/// The signals are watched from the first child on. While no child runs they do what they always do.
static SIGNALS: LazyLock<io::Result<Signals>> = LazyLock::new(|| {
    let signals = Signals { told: Arc::default(), stop: Arc::default(), alone: Arc::new(AtomicBool::new(true)) };
    let ending = ENDING.iter().map(|signal| (*signal, &signals.told));
    for (signal, noted) in ending.chain(STOPPING.map(|signal| (signal, &signals.stop))) {
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&signals.alone))?;
        signal_hook::flag::register(signal, Arc::clone(noted))?;
    }
    Ok(signals)
});

#[cfg(unix)]
const ENDING: &[i32] = &[signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];
#[cfg(not(unix))]
const ENDING: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// What a terminal sends for Ctrl-Z.
#[cfg(unix)]
const STOPPING: Option<i32> = Some(signal_hook::consts::SIGTSTP);
#[cfg(not(unix))]
const STOPPING: Option<i32> = None;

/// Runs a process to its end, and ends it where this process is told to end, or where it takes longer than the limit.
///
/// `started` gets the process before anything is waited for. Once this process was told to end, nothing is started and no
/// status is returned: that of a process that was cut short says nothing about its work.
pub fn run(command: &mut Command, limit: Option<Duration>, started: impl FnOnce(&mut Child)) -> io::Result<ExitStatus> {
    let signals = SIGNALS.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
    // From here on a signal is noted down, so that none falls between the start of a child and the first look at it.
    signals.alone.store(false, Ordering::SeqCst);
    let ended = not_told(&signals.told).and_then(|()| leading_a_group(command).spawn()).and_then(|mut child| {
        started(&mut child);
        until_end(&mut child, signals, limit)
    });
    signals.alone.store(true, Ordering::SeqCst);
    not_told(&signals.told).and(ended)
}

fn not_told(told: &AtomicBool) -> io::Result<()> {
    if told.load(Ordering::SeqCst) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
}

fn until_end(child: &mut Child, signals: &Signals, limit: Option<Duration>) -> io::Result<ExitStatus> {
    let told = &signals.told;
    let mut start = Instant::now();
    let mut asked = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if signals.stop.swap(false, Ordering::SeqCst) {
            let stopped = Instant::now();
            stop_with(child)?;
            // Nobody works while all is stopped.
            start += stopped.elapsed();
        }
        if told.load(Ordering::SeqCst) && asked.is_none() {
            end(child, Force::Asked)?;
            asked = Some(Instant::now());
        }
        let is_late = limit.is_some_and(|limit| start.elapsed() > limit);
        if is_late || asked.is_some_and(|asked| asked.elapsed() > GRACE) {
            end(child, Force::Killed)?;
            return child.wait();
        }
        thread::sleep(INTERVAL);
    }
}

/// How processes are ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Force {
    /// They are told to, so that they end what they have started in groups of its own.
    Asked,
    /// They are not asked.
    Killed,
}

/// The process leads a group of whatever it starts. It is none of the terminal's then, and reads nothing from it.
#[cfg(unix)]
fn leading_a_group(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt as _;
    command.stdin(Stdio::null()).process_group(0)
}

#[cfg(not(unix))]
fn leading_a_group(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null())
}

/// Stops a process with all of its group and then this one; where this one goes on, so do they.
#[cfg(unix)]
fn stop_with(child: &Child) -> io::Result<()> {
    use rustix::process::{Pid, Signal, getpid, kill_process, kill_process_group};
    let group = Pid::from_child(child);
    let sent = |signal| match kill_process_group(group, signal) {
        Err(rustix::io::Errno::SRCH) => Ok(()),
        sent => sent,
    };
    // They are asked, so that they stop what they have started in groups of its own.
    sent(Signal::TSTP)?;
    kill_process(getpid(), Signal::STOP)?;
    Ok(sent(Signal::CONT)?)
}

#[cfg(not(unix))]
fn stop_with(_: &Child) -> io::Result<()> {
    Ok(())
}

/// Ends a process, and on Unix all of its group.
#[cfg(unix)]
fn end(child: &Child, force: Force) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process_group};
    let signal = if force == Force::Asked { Signal::TERM } else { Signal::KILL };
    match kill_process_group(Pid::from_child(child), signal) {
        // All of them have ended by themselves.
        Err(rustix::io::Errno::SRCH) => Ok(()),
        sent => Ok(sent?),
    }
}

#[cfg(not(unix))]
fn end(child: &mut Child, _: Force) -> io::Result<()> {
    child.kill()
}
