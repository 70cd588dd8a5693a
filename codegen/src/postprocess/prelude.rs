//! Names: progenitor spells every standard type from its root, which no reader would.

use std::collections::BTreeSet;

use syn::visit_mut::{VisitMut, visit_expr_path_mut, visit_path_mut, visit_type_path_mut};
use syn::{ExprPath, Ident, Path, PathSegment, QSelf, TypePath};

use super::{Context, Pass, PassError};
use crate::model::pascal;

pub(super) const PASS: Pass =
    Pass { name: "prelude", about: "standard types would be spelled out from their crate's root", apply };

/// What every Rust module knows by its last name.
const KNOWN: [&str; 12] = [
    "std :: option :: Option",
    "std :: string :: String",
    "std :: string :: ToString",
    "std :: result :: Result",
    "std :: vec :: Vec",
    "std :: boxed :: Box",
    "std :: convert :: From",
    "std :: convert :: Into",
    "std :: convert :: TryFrom",
    "std :: convert :: TryInto",
    "std :: default :: Default",
    "std :: clone :: Clone",
];

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let normalized = context.normalized;
    let types = normalized.types.iter().map(|ty| ty.ident.clone());
    let answers = normalized.answers.iter().map(|answer| answer.ident.clone());
    let builders = super::operations::operations(context).into_iter().map(|operation| pascal(operation.name));
    let mut visitor = Visitor { hidden: types.chain(answers).chain(builders).collect() };
    visitor.visit_file_mut(file);
    Ok(())
}

struct Visitor {
    /// Names that mean something else in the generated modules.
    hidden: BTreeSet<String>,
}

impl VisitMut for Visitor {
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
        let names: Vec<&Ident> = path.segments.iter().take(3).map(|segment| &segment.ident).collect();
        let [krate, module, name] = names.as_slice() else { return };
        let spelled = format!("{krate} :: {module} :: {name}");
        if !KNOWN.contains(&spelled.as_str()) || self.hidden.contains(&name.to_string()) {
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
