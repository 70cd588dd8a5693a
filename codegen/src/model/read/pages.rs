//! Pages: what `x-pagination` names, as the way through the types of a response.

use serde_json::Value;

use super::Findings;
use super::fields::text;
use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::model::{Operation, PagedBy, Pages, ResponseBody, Shape, Step, TypeRef, Types, Way};
use crate::spec::PAGINATION;

/// Adds to each operation how its responses come in pages, where the document says so. Lint has refused what cannot be meant.
pub fn read(root: &Value, operations: &mut [Operation<'_>], types: &Types, findings: &mut Findings<'_>) {
    for operation in operations {
        let place = operation.place.pointer.join(PAGINATION);
        let Some(stated) = root.pointer(place.as_str()) else { continue };
        operation.pages = pages(stated, operation, types);
        if operation.pages.is_none() {
            let message = "no Rust type can represent the pages, so no client can fetch them".to_owned();
            let help = "give the operation one JSON response of success, and let the pointers lead through properties of objects \
                        that are no alternatives (`oneOf`, `anyOf`)";
            findings.report(("pagination", Level::Error), place, message, help);
        }
    }
}

fn pages(stated: &Value, operation: &Operation<'_>, types: &Types) -> Option<Pages> {
    let parameter = operation.parameters.iter().find(|one| Some(one.wire) == text(stated, "parameter"))?;
    let success = operation.readings.iter().find(|reading| reading.success).filter(|_| operation.success.is_none());
    let ResponseBody::Json(page, _) = &success?.body else { return None };
    let way = |key| way(page, &Pointer::parse(text(stated, key)?)?, types);
    let first = |usual| parameter.schema.get("default").and_then(Value::as_u64).unwrap_or(usual);
    let by = match text(stated, "by") {
        None | Some("cursor") => PagedBy::Cursor(way("next")?.0),
        Some("page") => PagedBy::Page(first(1)),
        _ => PagedBy::Offset(first(0)),
    };
    let (items, TypeRef::Vec(item)) = way("items")? else { return None };
    Some(Pages { by, parameter: parameter.ident.clone(), page: page.clone(), items, item: *item })
}

/// The way from a value of a type to what a pointer names in it, and the type of that.
fn way(from: &TypeRef, to: &Pointer, types: &Types) -> Option<(Way, TypeRef)> {
    let mut steps = Vec::new();
    let mut ty = present(from.clone(), types, &mut steps);
    for token in to.tokens() {
        let TypeRef::Named(ident) = &ty else { return None };
        let Shape::Struct(object) = &types.get(ident)?.shape else { return None };
        let field = object.fields.iter().find(|field| field.wire == *token)?;
        steps.push(Step::Field(field.ident.clone()));
        ty = present(field.field_type(), types, &mut steps);
    }
    Some((Way { pointer: to.as_str().to_owned(), steps }, ty))
}

/// The type of what a value holds that may be null or left out.
fn present(mut ty: TypeRef, types: &Types, steps: &mut Vec<Step>) -> TypeRef {
    loop {
        ty = match types.unaliased(&ty).clone() {
            TypeRef::Nullable(inner) => {
                steps.push(Step::Present);
                *inner
            }
            TypeRef::Boxed(inner) => *inner,
            ty => return ty,
        }
    }
}
