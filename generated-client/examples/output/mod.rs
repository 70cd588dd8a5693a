//! What the examples print.

use std::fmt::Arguments;
use std::io::Write;

/// Prints a line. Whoever reads it may have seen enough, as `head` has: then the example ends.
pub fn line(line: Arguments<'_>) {
    if writeln!(std::io::stdout(), "{line}").is_err() {
        std::process::exit(0);
    }
}

/// `println!`, but for an output that is closed.
macro_rules! say {
    ($($line:tt)*) => {
        output::line(format_args!($($line)*))
    };
}
pub(crate) use say;
