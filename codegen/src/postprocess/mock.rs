//! The module `mock`, added to the client.

use super::{Context, Pass, PassError};
use crate::write::mock;

pub(super) const PASS: Pass =
    Pass { name: "mock", about: "tests of code that uses the client would have to spell out paths and bodies", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let written = mock::write(context.api)
        .map_err(|error| PassError { pass: PASS.name, what: format!("way to write the mock ({error})") })?;
    file.items.push(syn::Item::Mod(written));
    Ok(())
}
