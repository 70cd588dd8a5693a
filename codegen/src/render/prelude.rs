//! Names: standard types are written from their crate's root, which no reader would do.

use std::collections::BTreeSet;

use syn::visit_mut::{VisitMut, visit_expr_path_mut, visit_path_mut, visit_type_path_mut};
use syn::{ExprPath, Ident, Path, PathSegment, QSelf, TypePath};

/// What every Rust module knows by its last name.
const KNOWN: [(&str, &str); 12] = [
    ("option", "Option"),
    ("string", "String"),
    ("string", "ToString"),
    ("result", "Result"),
    ("vec", "Vec"),
    ("boxed", "Box"),
    ("convert", "From"),
    ("convert", "Into"),
    ("convert", "TryFrom"),
    ("convert", "TryInto"),
    ("default", "Default"),
    ("clone", "Clone"),
];

/// Shortens the paths of items.
#[derive(Debug)]
pub struct Shorten {
    /// Names that mean something else in the generated modules.
    hidden: BTreeSet<String>,
}

impl Shorten {
    /// `hidden` are names that mean something else in the modules of the items.
    pub fn new(hidden: BTreeSet<String>) -> Self {
        Self { hidden }
    }
}

impl VisitMut for Shorten {
    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        let before = path.path.segments.len();
        visit_expr_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        let before = path.path.segments.len();
        visit_type_path_mut(self, path);
        follow(path.qself.as_mut(), before - path.path.segments.len());
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if path.segments.first().is_none_or(|first| first.ident != "std") {
            return;
        }
        let names: Vec<&Ident> = path.segments.iter().skip(1).take(2).map(|segment| &segment.ident).collect();
        let [module, name] = names.as_slice() else { return };
        let is_known = KNOWN.iter().any(|(of, known)| *module == of && *name == known);
        if !is_known || self.hidden.contains(&name.to_string()) {
            return;
        }
        let rest: Vec<PathSegment> = path.segments.iter().skip(2).cloned().collect();
        path.leading_colon = None;
        path.segments = rest.into_iter().collect();
    }
}

/// In `<T as Trait>::Item`, the segments of the trait are counted; fewer are left once it is shortened.
pub(super) fn follow(qualified: Option<&mut QSelf>, shortened_by: usize) {
    if let Some(qualified) = qualified {
        qualified.position = qualified.position.saturating_sub(shortened_by);
    }
}
