//! Calls: progenitor sends a request once and as it is, and its hooks can neither refuse it with an error of their own nor
//! know the operation's security.

use quote::ToTokens;
use syn::visit_mut::{VisitMut, visit_block_mut};
use syn::{Block, Item, Stmt, parse_quote};

use super::operations::operations;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::shape::pascal;

pub(super) const PASS: Pass = Pass {
    name: "calls",
    about: "calls would carry no credentials, follow redirects anywhere, and give up at the first fault",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let type_name = pascal(operation.name);
        let mut sending = Sending::default();
        let builders = module(PASS.name, file, "builder")?;
        for item in builders.iter_mut().filter(|item| matches!(item, Item::Impl(_))) {
            if subject(item).is_some_and(|ident| *ident == type_name) {
                sending.visit_item_mut(item);
            }
        }
        if sending.replaced != 1 {
            return Err(PassError { pass: PASS.name, what: format!("single sending of `{}`", operation.id) });
        }
    }
    // The hooks have nothing left to do.
    file.items.retain(|item| {
        let Item::Impl(item) = item else { return true };
        !item.trait_.as_ref().is_some_and(|(path, ..)| path.to_token_stream().to_string().starts_with("ClientHooks"))
    });
    Ok(())
}

/// Puts the transport in the place of the hooks.
#[derive(Default)]
struct Sending {
    replaced: usize,
}

impl VisitMut for Sending {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| {
            let text = statement.to_token_stream().to_string();
            let hooks = ["let info = OperationInfo", "client . pre", "let result = client . exec", "client . post"];
            !hooks.iter().any(|hook| text.starts_with(hook))
        });
        for statement in &mut block.stmts {
            if statement.to_token_stream().to_string().starts_with("let response = result ?") {
                *statement = parse_quote!(
                    let response = client.transport.call(&client.client, request, Self::SECURITY).await?;
                );
                self.replaced += 1;
            }
            // Nothing changes the request here any more.
            if let Stmt::Local(local) = statement
                && let syn::Pat::Ident(pattern) = &mut local.pat
                && pattern.ident == "request"
            {
                pattern.mutability = None;
                local.attrs.clear();
            }
        }
        visit_block_mut(self, block);
    }
}
