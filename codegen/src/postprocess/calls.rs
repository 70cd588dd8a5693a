//! Calls: progenitor sends a request once and as it is, and its hooks can neither refuse it with an error of their own nor
//! know the operation's security.

use quote::{ToTokens, format_ident};
use syn::visit_mut::{VisitMut, visit_block_mut};
use syn::{Block, Expr, Item, Stmt, parse_quote};

use super::operations::operations;
use super::responses::is_streamed;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::model::pascal;

pub(super) const PASS: Pass = Pass {
    name: "calls",
    about: "calls would carry no credentials, follow redirects anywhere, and give up at the first fault",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let type_name = pascal(operation.name);
        let mut sending = Sending { id: operation.id, is_streamed: is_streamed(&operation), replaced: 0 };
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
struct Sending<'a> {
    id: &'a str,
    is_streamed: bool,
    replaced: usize,
}

impl VisitMut for Sending<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        // A parameter may be called like a variable of progenitor's, which then has an underscore before it.
        let (mut request, mut result) = (String::new(), String::new());
        for mut statement in std::mem::take(&mut block.stmts) {
            let text = statement.to_token_stream().to_string();
            let bound = bound(&statement).unwrap_or_default();
            let is_hook = ["client . pre (", "client . post ("].iter().any(|hook| text.starts_with(hook));
            if text.contains("= client . exec (") {
                result = bound;
            } else if !result.is_empty() && text.ends_with(&format!("= {result} ? ;")) {
                let (request, id) = (format_ident!("{request}"), self.id);
                self.replaced += 1;
                let reading: Expr = match self.is_streamed {
                    true => parse_quote!(super::runtime::Open),
                    false => parse_quote!(super::runtime::Whole::within(&client.settings)),
                };
                // By now the arguments are part of the request, so nothing is hidden by the name.
                block.stmts.push(parse_quote!(
                    let response =
                        client.transport.call(&client.client, #id, #request, Self::SECURITY, #reading).await?;
                ));
            } else if !is_hook && !text.contains("= OperationInfo {") {
                if text.ends_with(". build () ? ;") {
                    // Nothing changes the request here any more.
                    if let Stmt::Local(local) = &mut statement
                        && let syn::Pat::Ident(pattern) = &mut local.pat
                    {
                        pattern.mutability = None;
                        local.attrs.clear();
                    }
                    request = bound;
                }
                block.stmts.push(statement);
            }
        }
        visit_block_mut(self, block);
    }
}

/// The variable that a statement binds.
fn bound(statement: &Stmt) -> Option<String> {
    let Stmt::Local(local) = statement else { return None };
    match &local.pat {
        syn::Pat::Ident(pattern) => Some(pattern.ident.to_string()),
        _ => None,
    }
}
