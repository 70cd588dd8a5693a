//! Names of the document that one identifier would be made of. The first of them has it, and the others get a number: whoever puts
//! another one ahead of them renames what users have in their code, and is told so.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Findings;
use super::schemas::plain_name;
use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::model::{Form, NamedType, Operation, Shape, Types, pascal, snake};

/// How many names are told.
const TOLD: usize = 8;

/// What has names that must differ.
struct Scope<'s, T> {
    what: &'static str,
    items: &'s [T],
    name: fn(&T) -> Cow<'_, str>,
    ident: fn(&T) -> &str,
    /// The identifier that an item has where no other has it.
    plain: fn(&T) -> String,
}

/// Reports them all: operations, parameters of each, components, properties and values of each.
pub fn report(operations: &[Operation<'_>], types: &Types, findings: &mut Findings<'_>) {
    let scope = Scope {
        what: "operations",
        items: operations,
        name: |one| one.id.as_str().into(),
        ident: |one| &one.ident,
        plain: |one| snake(&pascal(&one.id)),
    };
    scope.report(|one| one.place.pointer.clone(), findings);
    for operation in operations {
        let scope = Scope {
            what: "parameters",
            items: &operation.parameters,
            name: |one| one.wire.into(),
            ident: |one| &one.ident,
            plain: |one| snake(one.wire),
        };
        scope.report(|one| one.place.pointer.clone(), findings);
    }
    let is_component = |ty: &&NamedType| ty.component.is_some() && !matches!(ty.form, Form::Request(_));
    let scope = Scope {
        what: "components",
        items: &types.iter().filter(is_component).collect::<Vec<_>>(),
        name: |one| one.component.as_deref().unwrap_or_default().into(),
        ident: |one| &one.ident,
        plain: |one| pascal(one.component.as_deref().unwrap_or_default()),
    };
    scope.report(|one| one.place.pointer.clone(), findings);
    types.iter().for_each(|ty| within(ty, findings));
}

fn within(ty: &NamedType, findings: &mut Findings<'_>) {
    // What an `allOf` brings together stands elsewhere.
    let root = findings.document.root();
    let stated = |place: Pointer| if place.of(root).is_some() { place } else { ty.place.pointer.clone() };
    match &ty.shape {
        Shape::Struct(object) => {
            let scope = Scope {
                what: "properties",
                items: &object.fields,
                name: |one| one.wire.as_str().into(),
                ident: |one| &one.ident,
                plain: |one| snake(&one.wire),
            };
            scope.report(|one| stated(ty.place.pointer.join("properties").join(&one.wire)), findings);
        }
        Shape::Enum(listed) => {
            let scope = Scope {
                what: "values",
                items: &listed.variants,
                name: |one| one.value.as_str().map_or_else(|| one.value.to_string().into(), Cow::Borrowed),
                ident: |one| &one.ident,
                plain: |one| plain_name(&one.value),
            };
            let all = ty.schema.get("enum").and_then(Value::as_array);
            let at = |value: &Value| all.and_then(|all| all.iter().position(|one| one == value)).unwrap_or_default();
            scope.report(|one| stated(ty.place.pointer.join("enum").join(at(&one.value))), findings);
        }
        _ => {}
    }
}

impl<T> Scope<'_, T> {
    fn report(&self, place: impl Fn(&T) -> Pointer, findings: &mut Findings<'_>) {
        // A number stands behind a name that was taken, and behind few others.
        let is_numbered = |one: &&T| (self.ident)(one).ends_with(|c: char| c.is_ascii_digit());
        let numbered: Vec<&T> = self.items.iter().filter(is_numbered).collect();
        if numbered.is_empty() {
            return;
        }
        let idents = self.items.iter().enumerate().map(|(at, one)| ((self.ident)(one), at));
        let by_ident: HashMap<&str, usize> = idents.collect();
        let mut sharing: BTreeMap<usize, Vec<&T>> = BTreeMap::new();
        for one in numbered {
            let plain = (self.plain)(one);
            // Other names are taken from the start, and by nothing of the document.
            if let Some(first) = by_ident.get(plain.as_str()).filter(|_| plain != (self.ident)(one)) {
                sharing.entry(*first).or_default().push(one);
            }
        }
        for (first, others) in sharing {
            let Some((first, second)) = self.items.get(first).zip(others.first()) else { continue };
            let told = std::iter::once(&first).chain(&others).take(TOLD);
            let told: Vec<String> =
                told.map(|one| format!("`{}` is `{}`", (self.name)(one), (self.ident)(one))).collect();
            let more = if others.len() < TOLD { "" } else { " …" };
            findings.report(
                ("shared-name", Level::Warning),
                place(second),
                format!("these {} have one name in Rust, so all but the first get a number: {}{more}", self.what, told.join(", ")),
                "list a new one behind the others, since one ahead of them takes the name that users have in their code",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    get:
      operationId: getA
      parameters:
        - {name: page-size, in: query, schema: {type: string}}
        - {name: send, in: query, schema: {type: string}}
        - {name: pageSize, in: query, schema: {type: string}}
      responses: {'204': {description: A}}
    put: {operationId: get_a, responses: {'204': {description: A}}}
components:
  schemas:
    Pet: {type: object, properties: {a-b: {type: string}, build: {type: string}, a_b: {type: string}, a2: {type: string}}}
    pet: {type: string, enum: [a-b, Unlisted, a_b, c, A_B, Ab2]}
";

    fn told(document: &str) -> Vec<String> {
        let found = crate::lint("a.yaml", document.as_bytes());
        let told = found.into_iter().filter(|found| found.rule == "shared-name");
        told.map(|found| format!("{} {}", found.location.line, found.message.rsplit_once(": ").unwrap().1)).collect()
    }

    #[test]
    fn names_that_share_an_identifier_are_told_at_the_second() {
        assert_eq!(
            told(DOCUMENT),
            [
                "10 `page-size` is `page_size`, `pageSize` is `page_size_2`",
                "12 `getA` is `get_a`, `get_a` is `get_a_2`",
                "15 `a-b` is `a_b`, `a_b` is `a_b_2`",
                "16 `Pet` is `Pet`, `pet` is `Pet2`",
                "16 `a-b` is `Ab`, `a_b` is `Ab2`, `A_B` is `Ab3`",
                "16 `a_b` is `Ab2`, `Ab2` is `Ab2V2`",
            ]
        );
    }

    #[test]
    fn names_that_are_taken_from_the_start_share_nothing() {
        assert_eq!(
            told(
                &DOCUMENT
                    .replace("a_b", "x1")
                    .replace("A_B", "x2")
                    .replace("Ab2", "x3")
                    .replace("pet:", "Cat:")
                    .replace("pageSize", "at")
                    .replace("get_a", "b")
            ),
            [""; 0]
        );
    }
}
