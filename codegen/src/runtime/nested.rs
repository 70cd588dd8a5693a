//! Unions within unions. Each alternative of the outer one reads the inner payload anew, so what was found of it is kept until
//! the outermost payload is done: otherwise every level would multiply the work of the one below.

use std::any::type_name;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use serde::Serialize;

/// What a payload is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// To be the caller's.
    Value,
    /// To be tried as one of several types.
    Trial,
    /// To tell whether it is a value of the type, with nothing in it that deviates.
    Verdict,
}

/// A type, what for, and the payload by two hashes: its JSON text would be kept as often as unions are nested around it. Which
/// payloads have the same hashes depends on the thread's random keys, so that no server can choose them.
type Key = (&'static str, Purpose, [u64; 2]);

/// What is written: its hashes and its length.
struct Hashed([<RandomState as BuildHasher>::Hasher; 2], u64);

/// How many bytes of JSON the payloads have that are looked at within the outermost one.
#[derive(Debug, Clone, Copy)]
struct Work {
    /// All of them, as often as they are looked at.
    done: u64,
    /// Those that are being looked at, each of which is kept until it is done.
    held: u64,
    /// The largest.
    largest: u64,
}

impl Work {
    const NONE: Self = Self { done: 0, held: 0, largest: 0 };

    /// Whether a payload seems to be made for the work that it is: it is deep, and large to the bottom. Any other is looked at
    /// some ten times, and most of it is not deep.
    fn is_too_much(self) -> bool {
        let most = self.largest + (1 << 18);
        self.done > 64 * most || self.held > 16 * most
    }
}

thread_local! {
    static KEYS: [RandomState; 2] = [RandomState::new(), RandomState::new()];
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static WORK: Cell<Work> = const { Cell::new(Work::NONE) };
    static FOUND: RefCell<HashMap<Key, usize>> = RefCell::default();
}

/// What stands for no alternative.
pub(crate) const NONE: usize = usize::MAX;

/// A payload that is being read as a type.
pub(crate) struct Nested {
    /// Nothing for the outermost, which is read once.
    key: Option<Key>,
    length: u64,
}

impl Nested {
    /// A payload that is to be read as a type from here on.
    pub(crate) fn of<T>(value: &impl Serialize, purpose: Purpose) -> Self {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        if depth == 0 {
            return Self { key: None, length: 0 };
        }
        let (hashes, length) = hashed(value);
        let Work { done, held, largest } = WORK.get();
        WORK.set(Work { done: done + length, held: held + length, largest: largest.max(length) });
        Self { key: Some((type_name::<T>(), purpose, hashes)), length }
    }

    /// What was found of the same payload before. Where it is too much work to find out, the payload is none of the
    /// alternatives.
    pub(crate) fn known(&self) -> Option<usize> {
        let key = self.key.as_ref()?;
        let known = FOUND.with_borrow(|found| found.get(key).copied());
        if WORK.get().is_too_much() { Some(NONE) } else { known }
    }

    /// Keeps what was found.
    pub(crate) fn keep(&self, what: usize) {
        if let Some(key) = &self.key {
            FOUND.with_borrow_mut(|found| found.insert(*key, what));
        }
    }
}

/// The hashes of a payload, and its length as JSON.
fn hashed(value: &impl Serialize) -> ([u64; 2], u64) {
    let mut hashed = KEYS.with(|keys| Hashed(keys.each_ref().map(BuildHasher::build_hasher), 0));
    // Neither the hashes nor a tree of values can fail to be written.
    let _ = serde_json::to_writer(&mut hashed, value);
    (hashed.0.map(|hasher| hasher.finish()), hashed.1)
}

impl io::Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.iter_mut().for_each(|hasher| hasher.write(bytes));
        self.1 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Nested {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
        let work = WORK.get();
        WORK.set(Work { held: work.held.saturating_sub(self.length), ..work });
        if DEPTH.get() == 0 {
            FOUND.with_borrow_mut(HashMap::clear);
            WORK.set(Work::NONE);
        }
    }
}
