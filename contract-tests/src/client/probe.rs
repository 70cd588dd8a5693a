//! Asks a type what it can do, and takes no for an answer.
//!
//! A type that lacks a derived schema or a checking constructor is a difference to report, not a reason for the bindings not
//! to compile. Rust picks the method of `Probe<T>` where the type can, and that of `&Probe<T>` where it can't.

use std::fmt::{Debug, Display, Write as _};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

/// A type to ask.
pub struct Probe<T>(pub PhantomData<T>);

/// A value to ask.
pub struct Shown<'v, T>(pub &'v T);

/// What a constructor makes of a string: nothing where there is no such constructor.
type Constructed = Option<Result<Value, String>>;

/// Declares what a type either can or cannot: a trait for each, with one method.
macro_rules! either {
    ($(#[$doc:meta])* $can:ident, $cannot:ident, $asked:ty, $($bound:path)|+, $method:ident(&$self:ident $(, $argument:ident: $type:ty)?) -> $out:ty { $($body:tt)* } else $none:expr) => {
        $(#[$doc])*
        pub trait $can {
            /// What the type can do.
            fn $method(&self $(, $argument: $type)?) -> $out;
        }
        impl<T: $($bound +)+> $can for $asked {
            fn $method(&$self $(, $argument: $type)?) -> $out { $($body)* }
        }
        /// Of a type that cannot.
        pub trait $cannot {
            /// Nothing.
            fn $method(&self $(, $argument: $type)?) -> $out;
        }
        impl<T> $cannot for &$asked {
            fn $method(&self $(, $argument: $type)?) -> $out {
                $(let _ = $argument;)?
                $none
            }
        }
    };
}

either!(
    /// The type has a derived schema.
    Described, Undescribed, Probe<T>, schemars::JsonSchema,
    schema(&self) -> Option<Value> {
        let settings = schemars::generate::SchemaSettings::draft2020_12();
        let mut schema = settings.into_generator().into_root_schema_for::<T>();
        // schemars makes up a title of what is no type of the client, such as a list.
        if !std::any::type_name::<T>().split('<').next().is_some_and(|name| name.contains("::types::"))
            && schema.get("title").is_some_and(|title| *title == *T::schema_name())
        {
            schema.remove("title");
        }
        Some(schema.to_value())
    } else None
);

/// A type that is read from a string, one way or another.
trait Ways: Sized {
    fn by<E: Display>(read: Result<Self, E>) -> Constructed;
}

impl<T: Serialize> Ways for T {
    fn by<E: Display>(read: Result<Self, E>) -> Constructed {
        Some(match read {
            Ok(value) => serde_json::to_value(value).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        })
    }
}

/// `FromStr`, with an error that says what is wrong.
pub trait Parsed: Sized {
    /// Reads the string.
    fn parsed(text: &str) -> Result<Self, String>;
}

impl<T: FromStr<Err: Display>> Parsed for T {
    fn parsed(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error: T::Err| error.to_string())
    }
}

/// `TryFrom<&str>`, with an error that says what is wrong.
pub trait Borrowed: Sized {
    /// Reads the string.
    fn borrowed(text: &str) -> Result<Self, String>;
}

impl<T: for<'s> TryFrom<&'s str, Error: Display>> Borrowed for T {
    fn borrowed(text: &str) -> Result<Self, String> {
        T::try_from(text).map_err(|error| error.to_string())
    }
}

either!(
    /// The type is read from a string.
    FromText, NotFromText, Probe<T>, Parsed | Serialize,
    by_str(&self, text: &str) -> Constructed { T::by(T::parsed(text)) } else None
);
either!(
    /// The type is made of a borrowed string.
    FromBorrowed, NotFromBorrowed, Probe<T>, Borrowed | Serialize,
    by_borrowed(&self, text: &str) -> Constructed { T::by(T::borrowed(text)) } else None
);
either!(
    /// The type is made of a string.
    FromOwned, NotFromOwned, Probe<T>, Owned | Serialize,
    by_owned(&self, text: &str) -> Constructed { T::by(T::owned(text)) } else None
);

/// `TryFrom<String>`, with an error that says what is wrong.
pub trait Owned: Sized {
    /// Reads the string.
    fn owned(text: &str) -> Result<Self, String>;
}

impl<T: TryFrom<String, Error: Display>> Owned for T {
    fn owned(text: &str) -> Result<Self, String> {
        T::try_from(text.to_owned()).map_err(|error| error.to_string())
    }
}

/// The constructors that there are, by name.
pub fn constructors(all: [(&'static str, Constructed); 3]) -> Vec<super::Made> {
    all.into_iter().filter_map(|(name, made)| Some((name, made?))).collect()
}

/// A type without an example: where the type has a method of this name itself, Rust picks that one.
pub trait Unexampled {
    /// Nothing.
    fn example();
}

impl<T> Unexampled for T {
    fn example() {}
}

either!(
    /// The value prints itself for developers.
    Printed, Unprinted, Shown<'_, T>, Debug,
    printed(&self) -> String { format!("{0:?} {0:#?}", self.0) } else String::new()
);
either!(
    /// The value is an error, which prints itself and its causes for users and developers.
    Failed, Unfailed, Shown<'_, T>, AnError,
    causes(&self) -> String {
        let mut printed = String::new();
        let mut cause: Option<&dyn std::error::Error> = Some(self.0.as_error());
        while let Some(link) = cause {
            let _ = write!(printed, " {link} {link:?}");
            cause = link.source();
        }
        printed
    } else String::new()
);

/// An error of any type.
pub trait AnError {
    /// As an error of no type in particular.
    fn as_error(&self) -> &(dyn std::error::Error + 'static);
}

impl<T: std::error::Error + 'static> AnError for T {
    fn as_error(&self) -> &(dyn std::error::Error + 'static) {
        self
    }
}
