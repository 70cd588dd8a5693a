//! When two JSON values are the same.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;
use serde_json::{Number, Value};

/// Whether two of the items are the same JSON value, in n log n.
pub(crate) fn has_equals<T: Serialize>(items: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    // What does not serialize is no JSON value, and equals none.
    !items.iter().filter_map(|item| serde_json::to_value(item).ok()).all(|item| seen.insert(canonical(&item)))
}

/// Whether two JSON values are the same: numbers are by their value, so that 2.0 is 2.
pub(crate) fn is_equal(one: &Value, other: &Value) -> bool {
    one == other || canonical(one) == canonical(other)
}

fn canonical(value: &Value) -> String {
    let mut form = String::new();
    write_canonical(value, &mut form);
    form
}

/// Writes a value so that two values are the same where their strings are: members by name, numbers by value.
fn write_canonical(value: &Value, form: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            form.push('{');
            for (name, member) in members {
                let _ = write!(form, "{name:?}:");
                write_canonical(member, form);
                form.push(',');
            }
            form.push('}');
        }
        Value::Array(items) => {
            form.push('[');
            for item in items {
                write_canonical(item, form);
                form.push(',');
            }
            form.push(']');
        }
        Value::String(string) => drop(write!(form, "{string:?}")),
        Value::Number(number) => write_number(number, form),
        Value::Bool(_) | Value::Null => drop(write!(form, "{value}")),
    }
}

/// Writes 1.0 as 1, which it equals, and -0 as 0.
fn write_number(number: &Number, form: &mut String) {
    let _ = match number.as_f64().filter(|_| number.is_f64()) {
        // To the last digit as far as there are integers to compare it with, and as briefly as can be beyond.
        Some(float) if float.fract() == 0.0 && float.abs() < 1e30 => write!(form, "{}", float as i128),
        Some(float) => write!(form, "{float:e}"),
        None => write!(form, "{number}"),
    };
}

/// Gives a type that holds floating-point numbers the traits that these lack. No number of JSON is NaN, which alone would not equal
/// itself; and equal values have equal hashes, which are made of the fields that have one.
macro_rules! hashed {
    ($name:ident { $($field:ident),* }) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                let _ = &state;
                $(self.$field.hash(state);)*
            }
        }
    };
    ($name:ident) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::mem::discriminant(self).hash(state);
            }
        }
    };
}

pub(crate) use hashed;
