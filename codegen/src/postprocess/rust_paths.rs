//! progenitor takes all types but its own for those of another crate and names them from the root; here each is named
//! from where it is used.

use quote::format_ident;
use syn::visit_mut::{VisitMut, visit_item_mod_mut, visit_path_mut};
use syn::{ItemMod, Path, PathSegment, parse_quote};

use super::{Context, Pass, PassError};

pub(super) const PASS: Pass =
    Pass { name: "rust-paths", about: "types would be looked for in a crate that does not exist", apply };

fn apply(_context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let mut visitor = Visitor { modules: Vec::new() };
    visitor.visit_file_mut(file);
    Ok(())
}

struct Visitor {
    modules: Vec<String>,
}

impl VisitMut for Visitor {
    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        self.modules.push(module.ident.to_string());
        visit_item_mod_mut(self, module);
        self.modules.pop();
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        let is_ours =
            path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "generated");
        if !is_ours {
            return;
        }
        let rest: Vec<PathSegment> = path.segments.iter().skip(1).cloned().collect();
        let modules: Vec<&str> = self.modules.iter().map(String::as_str).collect();
        let is_type = rest.first().is_some_and(|segment| segment.ident == "types");
        let supers = std::iter::repeat_n(format_ident!("super"), modules.len());
        *path = match (modules.as_slice(), is_type) {
            (["types", within @ ..], true) => {
                let supers = std::iter::repeat_n(format_ident!("super"), within.len());
                let rest = rest.iter().skip(1);
                parse_quote!(#(#supers::)* #(#rest)::*)
            }
            (["builder"], true) => parse_quote!(#(#rest)::*),
            _ => parse_quote!(#(#supers::)* #(#rest)::*),
        };
    }
}
