//! Security: progenitor drops what an operation asks of its callers.

use serde_json::Value;

use super::operations::{Operation, client_method, operations};
use super::tree::doc;
use super::{Context, Pass, PassError};

pub(super) const PASS: Pass =
    Pass { name: "security", about: "no operation would say which credentials and scopes it asks for", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        let alternatives = alternatives(context, &operation);
        let words = words(&alternatives);
        if !words.is_empty() {
            let method = client_method(file, operation.name).ok_or_else(|| missing("client method"))?;
            method.attrs.extend(doc(&format!("\n# Access\n\n{words}")));
        }
    }
    Ok(())
}

/// One scheme that is asked for.
struct Requirement {
    scheme: String,
    scopes: Vec<String>,
}

/// What the operation says, or else the document as a whole.
fn alternatives(context: &Context<'_>, operation: &Operation<'_>) -> Vec<Vec<Requirement>> {
    let root = context.document.root();
    let stated = operation.original.get("security").or_else(|| root.get("security")).and_then(Value::as_array);
    stated
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|alternative| {
            let requirements = alternative.iter().map(|(scheme, scopes)| Requirement {
                scheme: scheme.clone(),
                scopes: scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
            });
            requirements.collect()
        })
        .collect()
}

/// The alternatives as a list for readers.
fn words(alternatives: &[Vec<Requirement>]) -> String {
    let one = |requirement: &Requirement| {
        let scopes: Vec<String> =
            requirement.scopes.iter().map(|scope| format!("`{}`", scope.replace('`', "'"))).collect();
        let scheme = format!("`{}`", requirement.scheme.replace('`', "'"));
        if scopes.is_empty() { scheme } else { format!("{scheme} with {}", scopes.join(", ")) }
    };
    let lines = alternatives.iter().map(|alternative| match alternative.is_empty() {
        true => "- nothing".to_owned(),
        false => format!("- {}", alternative.iter().map(one).collect::<Vec<_>>().join(" and ")),
    });
    let lines: Vec<String> = lines.collect();
    match lines.len() {
        0 => String::new(),
        1 => lines.concat(),
        _ => format!("One of:\n\n{}", lines.join("\n")),
    }
}
