//! What progenitor writes for a struct: its fields, its builder, and the way from one to the other.

use std::collections::BTreeMap;

use syn::{Expr, Ident, ImplItem, ImplItemFn, ItemImpl, ItemStruct, Member, Stmt};

use super::ProgenitorError;
use super::skeleton::{Named, implemented};

/// The items of a struct.
#[derive(Debug, Clone)]
pub struct StructItems {
    /// Its fields, in progenitor's order.
    pub fields: Vec<Ident>,
    /// Whether it can be made of nothing.
    pub has_default: bool,
    /// `fn builder()`.
    pub opening: ImplItemFn,
    /// The fields of the builder, and whether each must be given before a value is built.
    pub builder: Vec<BuilderField>,
    /// The way from a value to its builder.
    pub from: ItemImpl,
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
            let mut found = Found::default();
            types.impls.remove(&name).into_iter().flatten().for_each(|item| found.take(item));
            builders.impls.remove(&name).into_iter().flatten().for_each(|item| found.take(item));
            let items = StructItems {
                has_default: derives_default(&declared),
                fields: idents(&declared),
                opening: found.opening.ok_or_else(|| missing("function `builder`"))?,
                builder: builder_fields(&builder, &found.initial.ok_or_else(|| missing("builder's initial state"))?)
                    .ok_or_else(|| missing("builder's initial state"))?,
                from: found.from.ok_or_else(|| missing("conversion into a builder"))?,
            };
            Ok((name, items))
        })
        .collect()
}

#[derive(Default)]
struct Found {
    opening: Option<ImplItemFn>,
    initial: Option<ItemImpl>,
    from: Option<ItemImpl>,
}

impl Found {
    fn take(&mut self, item: ItemImpl) {
        match implemented(&item).as_deref() {
            Some("Default") => self.initial = Some(item),
            Some("From") => self.from = Some(item),
            None => {
                let mut functions = item.items.into_iter().filter_map(|item| match item {
                    ImplItem::Fn(function) => Some(function),
                    _ => None,
                });
                let opening =
                    functions.find(|function| function.sig.ident == "builder" && function.sig.inputs.is_empty());
                self.opening = self.opening.take().or(opening);
            }
            Some(_) => {}
        }
    }
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
