//! Properties that may be absent, null or a value, and those that the document does not declare.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::decode::pointer;
use super::violation::token;

thread_local! {
    /// What an undeclared property was last refused for, and the place of it in its object.
    static REFUSED: RefCell<(String, String)> = RefCell::default();
}

/// Decodes a property that is there, so that null is told from absent: the outer `Some` says that it is there.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Decodes the properties that the document does not declare. By then serde has forgotten where they stood, so that the place of
/// one that does not decode is kept aside for [`place_of`].
pub(crate) fn extra<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let members = BTreeMap::<String, Value>::deserialize(deserializer)?;
    let decoded = members.into_iter().map(|(name, value)| match T::deserialize(&value) {
        Ok(decoded) => Ok((name, decoded)),
        Err(source) => {
            forget_place();
            let located = serde_path_to_error::deserialize::<_, T>(&value);
            let within = located.err().map(|error| pointer(error.path())).unwrap_or_default();
            let name = token(&name);
            let place = format!("/{name}{within}{}", place_of(&source));
            let message = source.to_string();
            REFUSED.set((message.clone(), place));
            Err(Error::custom(message))
        }
    });
    decoded.collect()
}

/// Forgets what was refused before; some other alternative of a union may have been decoded instead.
pub(super) fn forget_place() {
    REFUSED.take();
}

/// Where in its object an undeclared property was refused, if that is what the error says.
pub(super) fn place_of(error: &serde_json::Error) -> String {
    let (message, place) = REFUSED.take();
    if !message.is_empty() && error.to_string().starts_with(&message) { place } else { String::new() }
}
