//! How much time a call has left.

use std::time::{Duration, Instant};

/// A moment that a call must not outlast.
pub(crate) struct Deadline {
    began: Instant,
    limit: Duration,
}

impl Deadline {
    /// The moment that is so far from now.
    pub(crate) fn after(limit: Duration) -> Self {
        Self { began: Instant::now(), limit }
    }

    /// The moment that is so far from now, but no later than this one.
    pub(crate) fn within(&self, limit: Duration) -> Self {
        let began = Instant::now();
        Self { began, limit: limit.min(self.limit.saturating_sub(began - self.began)) }
    }

    /// How much time there was at the beginning.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    pub(crate) fn left(&self) -> Duration {
        self.limit.saturating_sub(self.began.elapsed())
    }
}
