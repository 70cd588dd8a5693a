//! Two ways to do the same, compared in one run: both sides take turns in short rounds, so that whatever else the machine does falls
//! on both. What is shown is the median of the rounds' ratios.

use std::time::{Duration, Instant};

const ROUNDS: usize = 301;

/// Shows how long each side takes, and how many times the one the other takes.
pub fn compare(what: &str, goal: &str, times: u32, mut one: impl FnMut(), mut other: impl FnMut()) {
    let time = |side: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..times).for_each(|_| side());
        start.elapsed() / times
    };
    let mut rounds: Vec<(f64, Duration, Duration)> = Vec::new();
    for round in 0..ROUNDS {
        // Who is first changes, lest the first warms the caches for the second.
        let (left, right) = if round % 2 == 0 {
            let left = time(&mut one);
            (left, time(&mut other))
        } else {
            let right = time(&mut other);
            (time(&mut one), right)
        };
        rounds.push((right.as_secs_f64() / left.as_secs_f64(), left, right));
    }
    rounds.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (ratio, left, right) = rounds[ROUNDS / 2];
    println!("{what:<34} by hand {left:>10.2?}   client {right:>10.2?}   {ratio:.3} times (goal {goal})");
}
