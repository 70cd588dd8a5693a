//! The members of a JSON object in the order of its text, which serde_json keeps in its maps only where a feature says so for
//! the whole program.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Text;

/// Each name and value of an object.
#[derive(Default)]
pub(crate) struct Members<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl Members<'_> {
    /// The members in the order of their names; of those with one name the last, as in any map.
    pub(crate) fn by_name(self) -> Self {
        let Self(mut members) = self;
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        members.dedup_by(|(later, value), (name, kept)| {
            let is_again = later == name;
            if is_again {
                *kept = *value;
            }
            is_again
        });
        Self(members)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Text<'de>, _>()? {
                    members.push((name.into_inner(), value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
