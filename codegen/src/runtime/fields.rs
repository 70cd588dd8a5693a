//! Properties that may be absent, null or a value.

use serde::{Deserialize, Deserializer};

/// Decodes a property that is there, so that null is told from absent: the outer `Some` says that it is there.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
