//! progenitor's output, taken apart: the items that the client takes over, each under its name.

use std::collections::BTreeMap;

use syn::visit_mut::VisitMut;
use syn::{Attribute, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemMod, ItemStruct, Signature, Type};

use super::ProgenitorError;
use super::respell::InBuilders;
use super::structs::{StructItems, structs};
use crate::model::{Api, Operation, pascal};

/// What the client takes over from progenitor.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// The struct `Client`.
    pub client: ItemStruct,
    /// The implementation of `ClientInfo`.
    pub client_info: ItemImpl,
    /// The operations by the identifier of their method.
    pub operations: BTreeMap<String, OperationItems>,
    /// The structs of the module `types` by identifier.
    pub structs: BTreeMap<String, StructItems>,
    /// The module `prelude`.
    pub prelude: ItemMod,
}

/// What progenitor writes for an operation.
#[derive(Debug, Clone)]
pub struct OperationItems {
    /// The client's method.
    pub method: ImplItemFn,
    /// The fields of the builder that hold arguments.
    pub fields: Vec<Ident>,
    /// The traits that the builder derives: one that holds bytes on their way cannot be cloned.
    pub derives: Vec<Attribute>,
    /// The signature of `send`, with the types of success and error.
    pub send: Signature,
}

impl Skeleton {
    /// The items of a struct.
    pub fn struct_items(&self, ident: &str) -> Result<&StructItems, ProgenitorError> {
        self.structs.get(ident).ok_or_else(|| ProgenitorError::Missing(format!("struct `{ident}`")))
    }

    /// The items of an operation.
    pub fn operation_items(&self, ident: &str) -> Result<&OperationItems, ProgenitorError> {
        self.operations.get(ident).ok_or_else(|| ProgenitorError::Missing(format!("items of the operation `{ident}`")))
    }

    /// Takes progenitor's output for a whole API apart. Everything that the model promises must be there.
    ///
    /// # Errors
    /// What is missing.
    pub fn of(file: syn::File, api: &Api<'_>) -> Result<Self, ProgenitorError> {
        Self::of_part(file, &api.operations)
    }

    /// Adds what was taken from another part of progenitor's output; what belongs to no part is taken from the first.
    pub(super) fn add(whole: &mut Option<Self>, part: Self) {
        match whole {
            Some(whole) => {
                whole.operations.extend(part.operations);
                whole.structs.extend(part.structs);
            }
            None => *whole = Some(part),
        }
    }

    /// Takes progenitor's output for some operations apart.
    pub(super) fn of_part(file: syn::File, operations: &[Operation<'_>]) -> Result<Self, ProgenitorError> {
        let missing = |what: &str| ProgenitorError::Missing(what.to_owned());
        let mut root = Named::new(file.items);
        let structs = structs(Named::new(root.module("types")?));
        let builders = Named::new(root.module("builder")?);
        let (info, own): (Vec<ItemImpl>, Vec<ItemImpl>) =
            root.impls.remove("Client").unwrap_or_default().into_iter().partition(|item| item.trait_.is_some());
        let is_info = |item: &ItemImpl| implemented(item).as_deref() == Some("ClientInfo");
        let prelude = root.modules.remove("prelude").ok_or_else(|| missing("module `prelude`"))?;
        Ok(Self {
            client: root.structs.remove("Client").ok_or_else(|| missing("struct `Client`"))?,
            client_info: info.into_iter().find(is_info).ok_or_else(|| missing("implementation of `ClientInfo`"))?,
            operations: self::operations(operations, own, builders)?,
            structs,
            prelude,
        })
    }
}

/// The operations of the model, each with its items.
fn operations(
    operations: &[Operation<'_>],
    client: Vec<ItemImpl>,
    mut builders: Named,
) -> Result<BTreeMap<String, OperationItems>, ProgenitorError> {
    let mut methods = functions(client);
    let operations = operations.iter().map(|operation| {
        let missing = |what: &str| ProgenitorError::Missing(format!("{what} of the operation `{}`", operation.ident));
        let name = pascal(&operation.ident);
        let builder = builders.structs.remove(&name).ok_or_else(|| missing("builder"))?;
        let mut functions = functions(builders.impls.remove(&name).unwrap_or_default());
        let mut take = |name: &str| functions.remove(name);
        let mut send = take("send").ok_or_else(|| missing("`send`"))?.sig;
        InBuilders.visit_signature_mut(&mut send);
        let fields = builder.fields.into_iter().filter_map(|field| field.ident).filter(|ident| ident != "client");
        let derives = builder.attrs.into_iter().filter(|attribute| attribute.path().is_ident("derive"));
        let method = methods.remove(&operation.ident).ok_or_else(|| missing("method of the client"))?;
        let items = OperationItems { method, fields: fields.collect(), derives: derives.collect(), send };
        Ok((operation.ident.clone(), items))
    });
    operations.collect()
}

/// The functions of some implementations by name.
fn functions(impls: Vec<ItemImpl>) -> BTreeMap<String, ImplItemFn> {
    let items = impls.into_iter().filter(|item| item.trait_.is_none()).flat_map(|item| item.items);
    let functions = items.filter_map(|item| match item {
        ImplItem::Fn(function) => Some((function.sig.ident.to_string(), function)),
        _ => None,
    });
    functions.collect()
}

/// The items of a module by name.
pub struct Named {
    /// The structs.
    pub structs: BTreeMap<String, ItemStruct>,
    /// The implementations, by the type that each is for.
    pub impls: BTreeMap<String, Vec<ItemImpl>>,
    modules: BTreeMap<String, ItemMod>,
}

impl Named {
    /// Sorts items by name; what is of no other kind is left out.
    pub fn new(items: Vec<Item>) -> Self {
        let mut named = Self { structs: BTreeMap::new(), impls: BTreeMap::new(), modules: BTreeMap::new() };
        for item in items {
            match item {
                Item::Struct(item) => drop(named.structs.insert(item.ident.to_string(), item)),
                Item::Mod(item) => drop(named.modules.insert(item.ident.to_string(), item)),
                Item::Impl(item) => {
                    if let Some(name) = subject(&item.self_ty) {
                        named.impls.entry(name.to_string()).or_default().push(item);
                    }
                }
                _ => {}
            }
        }
        named
    }

    fn module(&mut self, name: &str) -> Result<Vec<Item>, ProgenitorError> {
        let module = self.modules.remove(name).and_then(|module| module.content);
        module.map(|(_, items)| items).ok_or_else(|| ProgenitorError::Missing(format!("module `{name}`")))
    }
}

/// The name of the type that an implementation is for.
fn subject(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        Type::Reference(reference) => subject(&reference.elem),
        _ => None,
    }
}

/// The name of the trait that is implemented.
fn implemented(item: &ItemImpl) -> Option<String> {
    let (path, ..) = item.trait_.as_ref()?;
    path.segments.last().map(|segment| segment.ident.to_string())
}
