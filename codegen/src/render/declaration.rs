//! Declarations by the runtime's macros as source text: an item as it would stand by itself, and what the macro is told behind it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Item, MacroDelimiter};

use super::call::{INDENT, WIDTH, compact};

/// What stands in the braces of such a call.
struct Declaration {
    item: Item,
    told: TokenStream,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { item: input.parse()?, told: input.parse()? })
    }
}

/// A call in braces that declares an item; none of any other call.
pub fn unparse(call: &syn::Macro) -> Option<String> {
    let MacroDelimiter::Brace(_) = call.delimiter else { return None };
    let Declaration { item, told } = syn::parse2(call.tokens.clone()).ok()?;
    let mut lines = vec![format!("{}! {{", compact(&call.path.to_token_stream()))];
    let told = compact(&told);
    let item = super::unparse(Vec::new(), item);
    lines.extend(item.lines().map(|line| if line.is_empty() { String::new() } else { format!("{INDENT}{line}") }));
    match lines.last_mut() {
        _ if told.is_empty() => {}
        Some(last) if last.len() + told.len() < WIDTH => {
            last.push_str(if told.starts_with('.') { "" } else { " " });
            last.push_str(&told);
        }
        _ => lines.push(format!("{INDENT}{told}")),
    }
    lines.push("}\n".to_owned());
    Some(lines.join("\n"))
}
