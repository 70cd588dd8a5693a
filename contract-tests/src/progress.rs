//! How far a long run is, drawn where somebody watches: on a terminal's standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::visible::visible;

/// A bar, or nothing at all.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Draws where standard error is a terminal, and nowhere else.
    pub fn shown() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        Self { bar: style.map(|style| bar.clone().with_style(style)).unwrap_or(bar) }
    }

    /// Draws nothing.
    pub fn hidden() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// So many more steps are ahead.
    pub fn expect(&self, steps: usize) {
        self.bar.inc_length(steps as u64);
    }

    /// The next step begins.
    pub fn step(&self, name: &str) {
        self.bar.set_message(visible(name).into_owned());
        self.bar.inc(1);
    }

    /// One more step of so many is done, in whatever order.
    pub fn done(&self, steps: usize) {
        self.bar.set_length(steps as u64);
        self.bar.inc(1);
    }

    /// Nothing is left of the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
