//! The commands as processes: exit statuses, what they print, and what they leave on disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

mod commands {
    mod ci;
    mod diff;
    #[cfg(unix)]
    mod ending;
    mod files;
    #[cfg(unix)]
    mod generated;
    mod kills;
    mod regenerate;
    mod scratch;
    mod usage;
}
