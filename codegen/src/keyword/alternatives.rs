//! `oneOf` and `anyOf`, and `discriminator`, which tells their alternatives apart.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Derived, Keyword, Merge, Words, constraints};
use crate::claim::Claim;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        derived: Derived::OfStruct(|schema| requiring(schema, "oneOf")),
        words: Words::Parts(|schema, inner| members(schema, "oneOf", "one of", inner)),
        ..alternatives("oneOf")
    },
    Keyword {
        derived: Derived::OfStruct(|schema| requiring(schema, "anyOf")),
        words: Words::Parts(|schema, inner| members(schema, "anyOf", "any of", inner)),
        ..alternatives("anyOf")
    },
    Keyword {
        merge: Merge::Apart,
        words: Words::Paragraph(|discriminator| {
            let property = discriminator.get("propertyName")?.as_str()?;
            Some(format!("Told apart by the property `{}`.", property.replace('`', "'")))
        }),
        also: |_| &[Claim::Type],
        ..Keyword::annotation("discriminator", Shape::Object(Kind::Discriminator))
    },
];

const fn alternatives(name: &'static str) -> Keyword {
    Keyword {
        also: |_| &[Claim::Type, Claim::Conformance],
        ..Keyword::structural(name, Shape::List(&Shape::Referable(Kind::Schema)))
    }
}

/// Whether a schema's alternatives only say which properties must be there, as the member of a struct can be told.
pub fn only_require(schema: &Value, keyword: &str) -> bool {
    let members = schema.get(keyword).and_then(Value::as_array);
    let only_requires = |member: &Value| constraints(member).keys().eq(["required"]);
    members.is_some_and(|members| !members.is_empty() && members.iter().all(only_requires))
}

/// Alternatives that only require, for the derived schema of a struct.
fn requiring(schema: &Value, keyword: &str) -> Option<Value> {
    schema.get(keyword).filter(|_| only_require(schema, keyword)).cloned()
}

/// The statements that count which alternatives have their properties; none where a struct could not tell. `present` is
/// an expression that says whether the property of that name is there.
pub fn checks(schema: &Value, present: &dyn Fn(&str) -> Option<TokenStream>) -> Vec<TokenStream> {
    let holds = |member: &Value| -> Option<TokenStream> {
        let names = member.get("required")?.as_array()?.iter();
        let names = names.map(|name| present(name.as_str()?)).collect::<Option<Vec<_>>>()?;
        Some(if names.is_empty() { quote!(true) } else { quote!(#(#names)&&*) })
    };
    let check = |keyword: &str| {
        let members = schema.get(keyword).filter(|_| only_require(schema, keyword))?.as_array()?;
        let members = members.iter().map(holds).collect::<Option<Vec<_>>>()?;
        Some(quote!(at.alternatives(#keyword, &[#(#members),*]);))
    };
    ["oneOf", "anyOf"].into_iter().filter_map(check).collect()
}

/// The members of a keyword that lists schemas, in one phrase.
pub(super) fn members(schema: &Value, keyword: &str, lead: &str, inner: &dyn Fn(&Value) -> String) -> Vec<String> {
    let members = schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
    let members: Vec<String> = members.map(inner).collect();
    if members.is_empty() { Vec::new() } else { vec![format!("{lead} {}", members.join(" "))] }
}
