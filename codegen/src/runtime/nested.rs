//! Unions within unions. Each alternative of the outer one reads the inner payload anew, so what was found of it is kept until
//! the outermost payload is done: otherwise every level would multiply the work of the one below.

use std::any::type_name;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

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

/// A type, what for, and the payload as JSON.
type Key = (&'static str, Purpose, String);

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static FOUND: RefCell<HashMap<Key, usize>> = RefCell::default();
}

/// A payload that is being read as a type.
pub(crate) struct Nested {
    /// Nothing for the outermost, which is read once.
    key: Option<Key>,
}

impl Nested {
    /// A payload that is to be read as a type from here on.
    pub(crate) fn of<T>(value: &Value, purpose: Purpose) -> Self {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        Self { key: (depth > 0).then(|| (type_name::<T>(), purpose, value.to_string())) }
    }

    /// What was found of the same payload before.
    pub(crate) fn known(&self) -> Option<usize> {
        let key = self.key.as_ref()?;
        FOUND.with_borrow(|found| found.get(key).copied())
    }

    /// Keeps what was found.
    pub(crate) fn keep(&self, what: usize) {
        if let Some(key) = &self.key {
            FOUND.with_borrow_mut(|found| found.insert(key.clone(), what));
        }
    }
}

impl Drop for Nested {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
        if DEPTH.get() == 0 {
            FOUND.with_borrow_mut(HashMap::clear);
        }
    }
}
