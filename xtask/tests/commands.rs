//! The commands as processes: exit statuses, what they print, and what they leave on disk.

mod commands {
    mod ci;
    mod regenerate;
    mod scratch;
    mod usage;
}
