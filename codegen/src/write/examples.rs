//! Examples: the first values that a test of a user's own code begins with.
//!
//! An example becomes an expression that builds the value, so that it can neither fail nor deviate from its type.

mod made;

use std::borrow::Cow;
use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::derived_schema::marker;
use super::json::json_tokens;
use crate::document::Pointer;
use crate::keyword::{whole, whole_tokens};
use crate::model::{Api, EnumBase, Form, NamedType, ResponseBody, Shape, Struct, TypeRef, Types};

/// The examples that the types give: of each the document's first one that fits it.
pub struct Examples<'a> {
    given: BTreeMap<&'a str, &'a Value>,
    idents: BTreeMap<&'a str, &'a str>,
    known: Known<'a>,
}

/// The types, and the example that each gives by a function of its own.
struct Known<'a> {
    types: &'a Types,
    examples: BTreeMap<&'a str, Cow<'a, Value>>,
}

impl<'a> Examples<'a> {
    /// Finds them, in one walk over schemas and responses.
    pub fn of(api: &'a Api<'_>) -> Self {
        let types = &api.types;
        let responses = responses(api);
        let (mut given, mut idents) = (BTreeMap::new(), BTreeMap::new());
        let mut known = Known { types, examples: BTreeMap::new() };
        for ty in &api.types {
            let others = responses.get(types.referred(ty).ident.as_str()).into_iter().flatten().copied();
            // An alias of a named type does not give the example of that as its own.
            let inherited = match &ty.shape {
                Shape::Alias(TypeRef::Named(target)) => types.get(target).and_then(|ty| ty.schema.get("example")),
                _ => None,
            };
            let mut all = ty.schema.get("example").filter(|own| Some(*own) != inherited).into_iter().chain(others);
            if let Some(found) = all.find(|example| of_named(ty, example, &known).is_some()) {
                given.insert(ty.ident.as_str(), found);
            }
            if let (Some(component), Form::Shared | Form::Response) = (&ty.component, &ty.form)
                && !matches!(ty.shape, Shape::Alias(_))
            {
                idents.insert(component.as_str(), ty.ident.as_str());
            }
        }
        let mut found = BTreeMap::new();
        for (ident, example) in &given {
            within(&TypeRef::Named((*ident).to_owned()), example, types, &mut found);
        }
        // An alias is a type of others, which cannot have one of its own.
        let others = api.types.iter().filter(|ty| !matches!(ty.shape, Shape::Alias(_)));
        let examples = others.filter_map(|ty| {
            let ident = ty.ident.as_str();
            let fits = |example: &Cow<'_, Value>| of_named(ty, example, &known).is_some();
            let given = given.get(ident).or_else(|| found.get(ident)).map(|example| Cow::Borrowed(*example));
            let made = || made::of_named(ty, types).map(Cow::Owned).filter(fits);
            Some((ident, given.filter(fits).or_else(made)?))
        });
        known.examples = examples.collect();
        Self { given, idents, known }
    }

    /// Whether the type gives one: an alias is a type of others, which cannot.
    pub fn are_given_by(&self, ty: &NamedType) -> bool {
        !matches!(ty.shape, Shape::Alias(_)) && self.given.contains_key(ty.ident.as_str())
    }

    /// `fn example()` of a type; none where no example fits it.
    pub fn write(&self, ty: &NamedType) -> Option<TokenStream> {
        let given = self.given.get(ty.ident.as_str());
        if let Shape::Alias(_) = ty.shape {
            let value = of_named(ty, given?, &self.known)?;
            let name = format_ident!("{}", marker(&ty.ident));
            return Some(quote! {
                #[cfg(feature = "schemars")]
                impl #name {
                    pub fn example() -> Self {
                        Self(#value)
                    }
                }
            });
        }
        let value = of_named(ty, self.known.examples.get(ty.ident.as_str())?, &self.known)?;
        Some(match given {
            Some(_) => quote!(super::runtime::given_example!(#value);),
            None => quote!(super::runtime::example!(#value);),
        })
    }

    /// The example that the type of a component gives, and the type's identifier; none where it leaves some of it out.
    pub fn of_component(&self, schema: &Value) -> Option<(&'a str, &'a Value)> {
        let name = Pointer::component_schema(schema.get("$ref")?.as_str()?)?;
        let ident = *self.idents.get(name.as_str())?;
        let example = *self.given.get(ident)?;
        is_whole(&TypeRef::Named(ident.to_owned()), example, self.known.types).then_some((ident, example))
    }
}

/// The values of named types within an example, the first of each type.
fn within<'a>(ty: &TypeRef, example: &'a Value, types: &'a Types, found: &mut BTreeMap<&'a str, &'a Value>) {
    match (ty, example) {
        (TypeRef::Nullable(held) | TypeRef::Boxed(held), _) => within(held, example, types, found),
        (TypeRef::Vec(item), Value::Array(items)) => items.iter().for_each(|one| within(item, one, types, found)),
        (TypeRef::Map(value), Value::Object(members)) => {
            members.values().for_each(|one| within(value, one, types, found));
        }
        (TypeRef::Named(ident), _) => {
            let Some(ty) = types.get(ident) else { return };
            // A type that holds itself is gone through once.
            if found.contains_key(ty.ident.as_str()) {
                return;
            }
            found.insert(&ty.ident, example);
            match (&ty.shape, example) {
                (Shape::Struct(object), Value::Object(members)) => {
                    for field in &object.fields {
                        members.get(&field.wire).into_iter().for_each(|member| within(&field.ty, member, types, found));
                    }
                }
                (Shape::Alias(held) | Shape::Wrapper(held), _) => within(held, example, types, found),
                _ => {}
            }
        }
        _ => {}
    }
}

/// The examples that operations give for responses, by the type of the response.
fn responses<'a>(api: &'a Api<'_>) -> BTreeMap<&'a str, Vec<&'a Value>> {
    let mut responses: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for operation in &api.operations {
        for reading in &operation.readings {
            let ResponseBody::Json(TypeRef::Named(ident), _) = &reading.body else { continue };
            let contents =
                operation.responses.get(reading.response).into_iter().flat_map(|response| &response.contents);
            let examples = contents.flat_map(|content| &content.examples).filter_map(|example| example.value);
            responses.entry(ident).or_default().extend(examples);
        }
    }
    responses
}

/// An expression for a value of a named type; none where the example does not fit the type.
fn of_named(ty: &NamedType, example: &Value, known: &Known<'_>) -> Option<TokenStream> {
    let name = format_ident!("{}", ty.ident);
    match &ty.shape {
        Shape::Struct(object) => of_struct(ty, object, example, known),
        Shape::Text => {
            let text = example.as_str()?;
            Some(quote!(#name(#text.to_owned())))
        }
        Shape::Enum(listed) => {
            let found = listed.variants.iter().find(|variant| is_same(&variant.value, example));
            if let Some(variant) = found {
                let variant = format_ident!("{}", variant.ident);
                return Some(quote!(#name::#variant));
            }
            let unlisted = format_ident!("{}", listed.unlisted);
            let value = match listed.base {
                EnumBase::String => expression(&TypeRef::String, example, known)?,
                EnumBase::Integer(integer) => expression(&TypeRef::Integer(integer), example, known)?,
                EnumBase::Mixed => expression(&TypeRef::Any, example, known)?,
            };
            Some(quote!(#name::#unlisted(super::runtime::Unlisted::received(#value))))
        }
        Shape::Alias(target) => alone(target, example, known),
        Shape::Wrapper(target) => {
            let value = alone(target, example, known)?;
            Some(quote!(#name(#value)))
        }
        // Without a tag, which alternative an example is takes the judgement that decoding makes.
        Shape::Union(union) => {
            let Some(discriminator) = &union.discriminator else {
                let plain = union.variants.iter().find(|variant| is_plainly_of(&variant.ty, example, known.types));
                let variant = plain.or_else(|| {
                    let mut others =
                        union.variants.iter().filter(|variant| !made::excludes(&variant.ty, example, known.types));
                    others.next().filter(|_| others.next().is_none())
                })?;
                let (value, variant) = (alone(&variant.ty, example, known)?, format_ident!("{}", variant.ident));
                return Some(quote!(#name::#variant(#value)));
            };
            let tag = example.get(&discriminator.property)?.as_str()?;
            let names = |tags: &Option<Vec<String>>| tags.iter().flatten().any(|name| name == tag);
            let variant = union.variants.get(discriminator.values.iter().position(names)?)?;
            let value = alone(&variant.ty, example, known)?;
            let variant = format_ident!("{}", variant.ident);
            Some(quote!(#name::#variant(#value)))
        }
    }
}

/// Whether a scalar is a value of a type, which restricts it by nothing else.
fn is_plainly_of(ty: &TypeRef, example: &Value, types: &Types) -> bool {
    match ty {
        TypeRef::String => example.is_string(),
        TypeRef::Bool => example.is_boolean(),
        TypeRef::F64 => example.is_f64(),
        TypeRef::Integer(integer) => whole(example).is_some_and(|number| integer.holds(number)),
        TypeRef::Named(ident) => match types.get(ident).map(|ty| &ty.shape) {
            Some(Shape::Enum(listed)) => listed.variants.iter().any(|variant| is_same(&variant.value, example)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a type has a place for all that an example has: what nobody declares is left out.
fn is_whole(ty: &TypeRef, example: &Value, types: &Types) -> bool {
    match (ty, example) {
        (TypeRef::Named(ident), _) => match (types.get(ident).map(|ty| &ty.shape), example) {
            (Some(Shape::Struct(object)), Value::Object(members)) => {
                members.iter().all(|(name, member)| match object.fields.iter().find(|field| field.wire == *name) {
                    Some(field) => is_whole(&field.ty, member, types),
                    None => object.additional.is_some() || object.absent.contains(name),
                })
            }
            (Some(Shape::Alias(held) | Shape::Wrapper(held)), _) => is_whole(held, example, types),
            _ => true,
        },
        (TypeRef::Nullable(held) | TypeRef::Boxed(held), _) => is_whole(held, example, types),
        (TypeRef::Vec(item), Value::Array(items)) => items.iter().all(|one| is_whole(item, one, types)),
        (TypeRef::Map(value), Value::Object(members)) => members.values().all(|one| is_whole(value, one, types)),
        _ => true,
    }
}

/// Whether two values are the same, numbers by value.
fn is_same(one: &Value, other: &Value) -> bool {
    one == other || whole(one).is_some_and(|number| whole(other) == Some(number))
}

fn of_struct(ty: &NamedType, object: &Struct, example: &Value, known: &Known<'_>) -> Option<TokenStream> {
    let name = format_ident!("{}", ty.ident);
    let members = example.as_object()?;
    let mut fields = Vec::new();
    for field in &object.fields {
        let ident = format_ident!("{}", field.ident);
        let value = match members.get(&field.wire) {
            None if field.required => return None,
            None => quote!(None),
            Some(Value::Null) if field.nullable && field.ty != TypeRef::Any => {
                if field.required {
                    quote!(None)
                } else {
                    quote!(Some(None))
                }
            }
            Some(member) => {
                let value = expression(&field.ty, member, known)?;
                let value = if field.nullable && field.ty != TypeRef::Any { quote!(Some(#value)) } else { value };
                if field.required { value } else { quote!(Some(#value)) }
            }
        };
        fields.push(quote!(#ident: #value));
    }
    if let Some(additional) = &object.additional {
        let declared =
            |name: &String| object.absent.contains(name) || object.fields.iter().any(|field| field.wire == *name);
        let undeclared: serde_json::Map<String, Value> = members
            .iter()
            .filter(|(name, _)| !declared(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let map = TypeRef::Map(Box::new(additional.clone()));
        let extra = expression(&map, &Value::Object(undeclared), known)?;
        fields.push(quote!(extra: #extra));
    }
    Some(quote!(#name { #(#fields),* }))
}

/// An expression for a value of a named type within another: where that is the example which the type gives, it is asked for it.
fn of_type(ty: &NamedType, example: &Value, known: &Known<'_>) -> Option<TokenStream> {
    let is_its_own = known.examples.get(ty.ident.as_str()).is_some_and(|own| **own == *example);
    if is_its_own && !matches!(ty.shape, Shape::Alias(_) | Shape::Wrapper(_)) {
        let name = format_ident!("{}", ty.ident);
        return Some(quote!(#name::example()));
    }
    of_named(ty, example, known)
}

/// An expression for a value that is the whole of another. A type that is itself the whole of others is not asked for its example:
/// the two might ask each other for ever.
fn alone(ty: &TypeRef, example: &Value, known: &Known<'_>) -> Option<TokenStream> {
    let named = if let TypeRef::Named(ident) = ty { known.types.get(ident) } else { None };
    match (ty, named) {
        (_, Some(named)) if matches!(named.shape, Shape::Union(_)) => of_named(named, example, known),
        (TypeRef::Boxed(inner), _) => {
            let value = alone(inner, example, known)?;
            Some(quote!(Box::new(#value)))
        }
        _ => expression(ty, example, known),
    }
}

/// An expression for a value of a type.
fn expression(ty: &TypeRef, example: &Value, known: &Known<'_>) -> Option<TokenStream> {
    match ty {
        TypeRef::Bool => {
            let value = example.as_bool()?;
            Some(quote!(#value))
        }
        TypeRef::Integer(integer) => whole(example).filter(|number| integer.holds(*number)).map(whole_tokens),
        TypeRef::F64 => {
            let number = example.as_f64()?;
            let positive = Literal::f64_unsuffixed(number.abs());
            Some(if number < 0.0 { quote!(-#positive) } else { quote!(#positive) })
        }
        TypeRef::String => {
            let text = example.as_str()?;
            Some(quote!(#text.to_owned()))
        }
        TypeRef::Format(name) => {
            let (name, text) = (format_ident!("{name}"), example.as_str()?);
            Some(quote!(super::runtime::#name::received(#text.to_owned())))
        }
        TypeRef::Any => Some(json_tokens(example)),
        TypeRef::Vec(item) => {
            let items = example
                .as_array()?
                .iter()
                .map(|example| expression(item, example, known))
                .collect::<Option<Vec<_>>>()?;
            Some(quote!(vec![#(#items),*]))
        }
        TypeRef::Map(value) => {
            let members = example.as_object()?.iter();
            let members = members
                .map(|(name, example)| {
                    let value = expression(value, example, known)?;
                    Some(quote!((#name.to_owned(), #value)))
                })
                .collect::<Option<Vec<_>>>()?;
            Some(quote!([#(#members),*].into()))
        }
        TypeRef::Named(ident) => of_type(known.types.get(ident)?, example, known),
        TypeRef::Nullable(_) if example.is_null() => Some(quote!(None)),
        TypeRef::Nullable(inner) => {
            let value = expression(inner, example, known)?;
            Some(quote!(Some(#value)))
        }
        TypeRef::Boxed(inner) => {
            let value = expression(inner, example, known)?;
            Some(quote!(Box::new(#value)))
        }
    }
}
