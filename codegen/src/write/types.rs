//! The module `types`: what the API's operations exchange, in the document's order.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::doc::doc;
use super::examples::Examples;
use super::forms::Forms;
use super::sink::{self, Sink};
use super::{aliases, enums, parts, status_enums, strings, struct_builders, structs, unions};
use crate::model::{Api, NamedType, Shape, Types};
use crate::progenitor::Skeleton;

/// Writes the module.
pub fn write(
    api: &Api<'_>,
    skeleton: &Skeleton,
    examples: &Examples<'_>,
    sink: &mut dyn Sink,
) -> Result<(), WriteError> {
    let about = doc("Types used as operation parameters and responses.");
    sink::module(sink, quote!(#(#about)* pub mod types), |sink| {
        let types = &api.types;
        let forms = Forms::of(types);
        for ty in &api.types {
            let written = match &ty.shape {
                Shape::Struct(object) => structs::write(ty, object, types, skeleton.struct_items(&ty.ident)?)?,
                Shape::Enum(listed) => enums::write(ty, listed, types),
                Shape::Text => strings::write(ty, types),
                Shape::Union(union) => unions::write(ty, union, types),
                Shape::Alias(target) => aliases::alias(ty, target, types),
                Shape::Wrapper(target) => aliases::wrapper(ty, target, types),
            };
            sink::items(sink, written)?;
            forms.write(ty).map_or(Ok(()), |conversion| sink::items(sink, conversion))?;
            examples.write(ty).map_or(Ok(()), |example| sink::items(sink, example))?;
        }
        for (operation, sent, listed) in api.parts() {
            sink::items(sink, parts::write(operation, sent, listed, types))?;
        }
        for status_enum in &api.status_enums {
            sink::items(sink, status_enums::write(status_enum))?;
        }
        struct_builders::write(types, skeleton, sink)
    })
}

/// The name of a type for readers: its component's.
pub fn name_of(ty: &NamedType) -> &str {
    ty.component.as_ref().unwrap_or(&ty.ident)
}

/// The traits of equality that a type derives, as a list for its `derive`. Every type has all of them in the end, so that a new
/// property takes none away.
pub fn equality(ty: &NamedType, types: &Types) -> TokenStream {
    if types.holds_floats(ty) { quote!(PartialEq,) } else { quote!(PartialEq, Eq, Hash,) }
}

/// The traits of equality of a union or a newtype that holds floating-point numbers, which have no hash: that of the type is made of
/// all else.
pub fn hashed(ty: &NamedType, types: &Types) -> Option<TokenStream> {
    let (name, is_union) = (format_ident!("{}", ty.ident), matches!(ty.shape, Shape::Union(_)));
    let fields = (!is_union).then(|| quote!({}));
    types.holds_floats(ty).then(|| quote!(super::runtime::hashed!(#name #fields);))
}
