//! Says things to whoever called.
//!
//! `println!` ends the program where nobody listens any more, as in `cargo xtask regenerate | head -1`. Here nothing
//! happens then: the work is done either way, and the exit status tells.

use std::fmt::Arguments;
use std::io::Write;

/// Writes a line to standard output: what was asked for.
pub fn say(line: Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes a line to standard error: what is in the way.
pub fn complain(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
