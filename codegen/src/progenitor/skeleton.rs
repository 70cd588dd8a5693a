//! progenitor's output, taken apart: the items that the client takes over, each under its name.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Ident, ImplItemFn, ItemImpl, ItemMod, ItemStruct, Signature, Type};

use super::ProgenitorError;
use super::pieces::{self, Piece};
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
    pub fn of(source: TokenStream, api: &Api<'_>) -> Result<Self, ProgenitorError> {
        Self::of_part(source, &api.operations)
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
    pub(super) fn of_part(source: TokenStream, operations: &[Operation<'_>]) -> Result<Self, ProgenitorError> {
        let missing = |what: &str| ProgenitorError::Missing(what.to_owned());
        let mut root = Named::new(source)?;
        let structs = structs(root.module("types")?.body())?;
        let builders = Named::new(root.module("builder")?.body())?;
        let prelude = root.module("prelude")?.whole()?;
        let (info, own): (Vec<Implementation>, Vec<Implementation>) =
            root.impls.remove("Client").unwrap_or_default().into_iter().partition(|item| item.of.is_some());
        let info = info.into_iter().find(|item| item.of.as_deref() == Some("ClientInfo"));
        Ok(Self {
            client: root.structs.remove("Client").ok_or_else(|| missing("struct `Client`"))?.undocumented()?,
            client_info: info.ok_or_else(|| missing("implementation of `ClientInfo`"))?.piece.undocumented()?,
            operations: self::operations(operations, &own, builders)?,
            structs,
            prelude,
        })
    }
}

/// The operations of the model, each with its items.
fn operations(
    operations: &[Operation<'_>],
    client: &[Implementation],
    mut builders: Named,
) -> Result<BTreeMap<String, OperationItems>, ProgenitorError> {
    let methods = functions(client);
    let operations = operations.iter().map(|operation| {
        let missing = |what: &str| ProgenitorError::Missing(format!("{what} of the operation `{}`", operation.ident));
        let name = pascal(&operation.ident);
        let builder: ItemStruct = builders.structs.remove(&name).ok_or_else(|| missing("builder"))?.undocumented()?;
        let functions = functions(&builders.impls.remove(&name).unwrap_or_default());
        let send: ImplItemFn = functions.get("send").ok_or_else(|| missing("`send`"))?.head()?;
        let mut send = send.sig;
        InBuilders.visit_signature_mut(&mut send);
        let fields = builder.fields.into_iter().filter_map(|field| field.ident).filter(|ident| ident != "client");
        let derives = builder.attrs.into_iter().filter(|attribute| attribute.path().is_ident("derive"));
        let method = methods.get(&operation.ident).ok_or_else(|| missing("method of the client"))?.undocumented()?;
        let items = OperationItems { method, fields: fields.collect(), derives: derives.collect(), send };
        Ok((operation.ident.clone(), items))
    });
    operations.collect()
}

/// The functions of some implementations by name.
fn functions(impls: &[Implementation]) -> BTreeMap<String, Piece> {
    let items = impls.iter().filter(|item| item.of.is_none()).flat_map(|item| pieces::split(item.piece.body()));
    items.filter(|piece| piece.is("fn")).filter_map(|piece| Some((piece.name()?.to_string(), piece))).collect()
}

/// The items of a module by name.
struct Named {
    structs: BTreeMap<String, Piece>,
    /// The implementations, by the type that each is for.
    impls: BTreeMap<String, Vec<Implementation>>,
    modules: BTreeMap<String, Piece>,
}

/// An implementation.
struct Implementation {
    /// The name of the trait that is implemented.
    of: Option<String>,
    piece: Piece,
}

impl Named {
    /// Sorts items by name; what is of no other kind is left out.
    fn new(source: TokenStream) -> syn::Result<Self> {
        let mut named = Self { structs: BTreeMap::new(), impls: BTreeMap::new(), modules: BTreeMap::new() };
        for piece in pieces::split(source) {
            if piece.is("impl") {
                let head: ItemImpl = piece.head()?;
                let of = head.trait_.as_ref().and_then(|(path, ..)| Some(path.segments.last()?.ident.to_string()));
                if let Some(name) = subject(&head.self_ty) {
                    named.impls.entry(name.to_string()).or_default().push(Implementation { of, piece });
                }
                continue;
            }
            let Some(name) = piece.name().map(ToString::to_string) else { continue };
            if piece.is("struct") {
                named.structs.insert(name, piece);
            } else if piece.is("mod") {
                named.modules.insert(name, piece);
            }
        }
        Ok(named)
    }

    fn module(&mut self, name: &str) -> Result<Piece, ProgenitorError> {
        self.modules.remove(name).ok_or_else(|| ProgenitorError::Missing(format!("module `{name}`")))
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
