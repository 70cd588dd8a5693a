//! What progenitor writes for a struct: its fields, and those of its builder.

use std::collections::BTreeMap;

use syn::{Expr, Ident, ImplItem, ItemImpl, ItemStruct, Member, Stmt};

use super::ProgenitorError;
use super::skeleton::{Named, implemented};

/// The items of a struct.
#[derive(Debug, Clone)]
pub struct StructItems {
    /// Its fields, in progenitor's order.
    pub fields: Vec<Ident>,
    /// Whether it can be made of nothing.
    pub has_default: bool,
    /// The fields of the builder, and whether each must be given before a value is built.
    pub builder: Vec<BuilderField>,
}

/// A field of a struct's builder.
#[derive(Debug, Clone)]
pub struct BuilderField {
    /// Its name.
    pub ident: Ident,
    /// Whether it must be given.
    pub required: bool,
}

/// The structs of the module `types` by name.
pub fn structs(mut types: Named, mut builders: Named) -> Result<BTreeMap<String, StructItems>, ProgenitorError> {
    let names: Vec<String> = types.structs.keys().cloned().collect();
    names
        .into_iter()
        .map(|name| {
            let missing = |what: &str| ProgenitorError::Missing(format!("{what} of the struct `{name}`"));
            let declared = types.structs.remove(&name).ok_or_else(|| missing("declaration"))?;
            let builder = builders.structs.remove(&name).ok_or_else(|| missing("builder"))?;
            let impls = builders.impls.remove(&name).into_iter().flatten();
            let initial = impls.into_iter().find(|item| implemented(item).as_deref() == Some("Default"));
            let items = StructItems {
                has_default: derives_default(&declared),
                fields: idents(&declared),
                builder: initial
                    .and_then(|initial| builder_fields(&builder, &initial))
                    .ok_or_else(|| missing("builder's initial state"))?,
            };
            Ok((name, items))
        })
        .collect()
}

fn idents(item: &ItemStruct) -> Vec<Ident> {
    item.fields.iter().filter_map(|field| field.ident.clone()).collect()
}

fn derives_default(item: &ItemStruct) -> bool {
    item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let mut found = false;
        // What is no path is no `Default` either.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Default");
            Ok(())
        });
        found
    })
}

/// The builder's fields; those whose initial state is an `Err` must be given.
fn builder_fields(builder: &ItemStruct, initial: &ItemImpl) -> Option<Vec<BuilderField>> {
    let function = initial.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })?;
    let Some(Stmt::Expr(Expr::Struct(state), None)) = function.block.stmts.last() else { return None };
    let required = |ident: &Ident| {
        let value = state.fields.iter().find(|value| matches!(&value.member, Member::Named(name) if name == ident))?;
        let Expr::Call(call) = &value.expr else { return None };
        match &*call.func {
            Expr::Path(path) => Some(path.path.is_ident("Err")),
            _ => None,
        }
    };
    idents(builder).into_iter().map(|ident| Some(BuilderField { required: required(&ident)?, ident })).collect()
}
