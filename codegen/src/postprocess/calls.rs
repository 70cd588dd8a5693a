//! Calls: progenitor sends a request once and as it is, and its hooks can neither refuse it with an error of their own nor
//! know the operation's security.

use quote::ToTokens;
use syn::Item;

use super::{Context, Pass, PassError};

pub(super) const PASS: Pass = Pass {
    name: "calls",
    about: "calls would carry no credentials, follow redirects anywhere, and give up at the first fault",
    apply,
};

fn apply(_context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    // The hooks have nothing left to do.
    file.items.retain(|item| {
        let Item::Impl(item) = item else { return true };
        !item.trait_.as_ref().is_some_and(|(path, ..)| path.to_token_stream().to_string().starts_with("ClientHooks"))
    });
    Ok(())
}
