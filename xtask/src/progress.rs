//! How far a long command is, on standard error: a bar on a terminal, a line now and then elsewhere.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::{complain, visible};

/// How long a log gets no line of progress.
pub const SILENCE: Duration = Duration::from_secs(30);

/// A bar, or a line now and then.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    spoken: Instant,
}

impl Progress {
    /// So many steps are ahead.
    pub fn of(steps: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Self { bar, spoken: Instant::now() }
    }

    /// What is going on now.
    pub fn tell(&mut self, doing: &str) {
        if self.bar.is_hidden() {
            if self.spoken.elapsed() >= SILENCE {
                complain(format_args!("{} of {}: {doing}", self.bar.position(), self.bar.length().unwrap_or_default()));
                self.spoken = Instant::now();
            }
        } else {
            self.bar.set_message(visible(doing).into_owned());
        }
    }

    /// One more step is done.
    pub fn step(&mut self) {
        self.bar.inc(1);
    }

    /// Says something above the bar.
    pub fn above(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
