//! E-mail addresses by chance.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;

const ATEXT: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~-";
/// The first 36 may begin and end a label.
const LABEL: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-";

/// A mailbox of dots, atoms and labels; the rarer classes are among the listed samples.
pub(super) fn drawn(rng: &mut TestRng) -> String {
    let mut text = String::with_capacity(48);
    let mut push =
        |rng: &mut TestRng, letters: &[u8]| text.push(char::from(letters[rng.random_range(0..letters.len())]));
    for index in 0..rng.random_range(1..3) {
        if index > 0 {
            push(rng, b".");
        }
        for _ in 0..rng.random_range(1..=8) {
            push(rng, ATEXT);
        }
    }
    for index in 0..rng.random_range(1..4) {
        push(rng, if index == 0 { b"@" } else { b"." });
        push(rng, &LABEL[..36]);
        if rng.random_bool(0.5) {
            for _ in 0..rng.random_range(0..=6) {
                push(rng, LABEL);
            }
            push(rng, &LABEL[..36]);
        }
    }
    text
}
