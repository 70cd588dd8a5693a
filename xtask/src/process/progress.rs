//! What cargo says of its work: all of it where somebody watches, a line now and then where it becomes a log.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::time::Instant;

use crate::progress::SILENCE;

/// What cargo's lines of progress begin with, behind blanks.
const PROGRESS: [&str; 9] = [
    "Adding ",
    "Checking ",
    "Compiling ",
    "Documenting ",
    "Downloaded ",
    "Downloading ",
    "Finished ",
    "Locking ",
    "Running ",
];

/// Whether somebody watches standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Hands on what is written to `source`, lines of progress only now and then.
pub fn thin_out(source: impl Read, mut sink: impl Write) {
    let mut said = Instant::now();
    let mut lines = BufReader::new(source);
    let mut line = Vec::new();
    // What is no UTF-8 is handed on as it is.
    while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        if !is_progress(&line) {
            let _ = sink.write_all(&line);
        } else if said.elapsed() >= SILENCE {
            said = Instant::now();
            let _ = sink.write_all(&line);
        }
        line.clear();
    }
}

fn is_progress(line: &[u8]) -> bool {
    let word = line.trim_ascii_start();
    word.len() < line.len() && PROGRESS.iter().any(|start| word.starts_with(start.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::thin_out;

    #[test]
    fn progress_is_thinned_out_and_nothing_else_is() {
        let told = b"   Compiling serde v1.0.0\nwarning: unused\n  |\nerror: Compiling fails\n    Blocking waiting for file lock\n\
            \xff\n    Finished `dev` profile\n     Running `judge`\nno end";
        let mut heard = Vec::new();
        thin_out(&told[..], &mut heard);
        let expected =
            b"warning: unused\n  |\nerror: Compiling fails\n    Blocking waiting for file lock\n\xff\nno end";
        assert_eq!(heard, expected);
    }
}
