//! Paths: progenitor takes the types of the client for those of another crate, `generated`, and names them from its root;
//! in the module of the builders they are named from there.

use quote::format_ident;
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{Path, PathSegment, Token};

/// Respells the paths of a part of progenitor's output that stands in the module of the operations' builders.
pub struct InBuilders;

impl VisitMut for InBuilders {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        let mut segments = path.segments.iter();
        let is_ours = path.leading_colon.is_some() && segments.next().is_some_and(|first| first.ident == "generated");
        if !is_ours {
            return;
        }
        // `types` is imported there, and `runtime` stands beside the module.
        let is_type = segments.next().is_some_and(|second| second.ident == "types");
        let up = (!is_type).then(|| PathSegment::from(format_ident!("super")));
        path.segments = up.into_iter().chain(path.segments.iter().skip(1).cloned()).collect();
        path.leading_colon = None::<Token![::]>;
    }
}
