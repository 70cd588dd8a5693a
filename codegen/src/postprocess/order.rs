//! Types in the document's order: progenitor sorts them by name, and the passes before this one append theirs.

use syn::Item;

use super::tree::{module, subject};
use super::{Context, Pass, PassError};

pub(super) const PASS: Pass =
    Pass { name: "order", about: "types would stand in the order in which they were written", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let declared: Vec<String> = context.normalized.types.iter().map(|ty| ty.ident.clone()).collect();
    let declared: Vec<String> =
        declared.into_iter().chain(context.normalized.answers.iter().map(|answer| answer.ident.clone())).collect();
    let items = module(PASS.name, file, "types")?;
    let mut last = declared.len();
    // A macro call belongs to the type before it; modules come last.
    let mut keyed: Vec<((usize, usize), Item)> = Vec::new();
    for (index, item) in std::mem::take(items).into_iter().enumerate() {
        let found = subject(&item).and_then(|ident| declared.iter().position(|name| ident == name));
        let key = match (&item, found) {
            (_, Some(position)) => position,
            (Item::Macro(_), None) => last,
            (_, None) => declared.len(),
        };
        last = key;
        keyed.push(((key, index), item));
    }
    keyed.sort_by_key(|(key, _)| *key);
    items.extend(keyed.into_iter().map(|(_, item)| item));
    Ok(())
}
