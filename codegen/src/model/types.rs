//! The types that a document's schemas come to.

use serde_json::Value;

use crate::document::Place;
use crate::keyword::Integer;

/// The Rust type of a place in the document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TypeRef {
    /// `bool`
    Bool,
    /// An integer
    Integer(Integer),
    /// `f64`
    F64,
    /// `String`
    String,
    /// A text type of the runtime, such as `Email`, by its name there
    Format(String),
    /// `serde_json::Value`: the schema says nothing that a type could hold
    Any,
    /// `Vec<T>`
    Vec(Box<TypeRef>),
    /// `BTreeMap<String, T>`
    Map(Box<TypeRef>),
    /// A type of the generated `types` module, by its identifier
    Named(String),
    /// `Option<T>` whose `None` is a JSON null
    Nullable(Box<TypeRef>),
    /// `Box<T>`, where a type contains itself
    Boxed(Box<TypeRef>),
}

/// A type that the generated `types` module declares.
#[derive(Debug, Clone)]
pub struct NamedType {
    /// Its Rust identifier.
    pub ident: String,
    /// The component's own name, where the schema is a component.
    pub component: Option<String>,
    /// In which directions it travels.
    pub form: Form,
    /// Where its schema stands.
    pub place: Place,
    /// The schema as the document has it; merged where it was an `allOf`.
    pub schema: Value,
    /// Whether a JSON null is among its values; every use of the type is then an `Option`.
    pub nullable: bool,
    /// What is asked of its values beside what the type holds.
    pub checks: Vec<Check>,
    /// What it is made of.
    pub shape: Shape,
}

/// A schema that values are held against: its type, and the schema, which has the rules of its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The type.
    pub ty: TypeRef,
    /// The schema.
    pub schema: Value,
    /// The properties that an object must have, which its type leaves optional.
    pub required: Vec<String>,
}

/// What a schema asks of a value by other schemas; see the runtime's `Check`.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each is named as the runtime names it")]
pub enum Check {
    Not(Held),
    Names(Held),
    Matching { patterns: Vec<(String, Held)>, declared: Vec<String>, others: Others },
    Required(String, Vec<String>),
    Dependent(String, Held),
    Conditional(Box<Held>, Option<Box<Held>>, Option<Box<Held>>),
    Contains(Held, u64, Option<u64>),
    Prefix(Vec<Held>, Option<Held>),
}

/// What the properties of an object are of which nothing else is said.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each is named as the runtime names it")]
pub enum Others {
    Any,
    None,
    Of(Held),
}

/// In which directions a type travels: where a property is readOnly or writeOnly, requests have a type of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// In both.
    Shared,
    /// In responses.
    Response,
    /// In requests; the type of that identifier is the form of responses.
    Request(String),
}

/// Where a payload goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
}

/// What a named type is made of.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with declared properties.
    Struct(Struct),
    /// A closed list in the document, an open one in the client.
    Enum(Enum),
    /// A string with constraints.
    Text,
    /// `oneOf` or `anyOf`.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
    /// A type of its own around another: a list or map that contains itself, which an alias could not say.
    Wrapper(TypeRef),
}

/// An object with declared properties.
#[derive(Debug, Clone)]
pub struct Struct {
    /// In the document's order.
    pub fields: Vec<Field>,
    /// The properties that only the other direction has.
    pub absent: Vec<String>,
    /// The type of undeclared properties, where the document gives them a schema.
    pub additional: Option<TypeRef>,
}

/// A declared property.
#[derive(Debug, Clone)]
pub struct Field {
    /// The property's name on the wire.
    pub wire: String,
    /// The field's Rust identifier.
    pub ident: String,
    /// Whether the property must be present.
    pub required: bool,
    /// Whether it takes a JSON null.
    pub nullable: bool,
    /// Whether null is a deviation that it keeps: the document says `nullable` where that has no effect.
    pub refuses_null: bool,
    /// Its type, without the `Option`s that the two flags above ask for.
    pub ty: TypeRef,
    /// Where its schema stands.
    pub place: Place,
    /// Its schema: the target's where it is a reference, as one schema where it is an `allOf`.
    pub schema: Value,
}

/// The values that an enumeration lists, null left out.
#[derive(Debug, Clone)]
pub struct Enum {
    /// What the values are.
    pub base: EnumBase,
    /// In the document's order.
    pub variants: Vec<Variant>,
    /// The variant that holds what the document does not list.
    pub unlisted: String,
}

/// What the values of an enumeration are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumBase {
    /// All strings.
    String,
    /// All integers of a type that holds them.
    Integer(Integer),
    /// Anything else.
    Mixed,
}

/// One listed value.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its Rust identifier.
    pub ident: String,
    /// Its value on the wire.
    pub value: Value,
}

/// The alternatives of `oneOf` or `anyOf`, null left out.
#[derive(Debug, Clone)]
pub struct Union {
    /// In the document's order.
    pub variants: Vec<Alternative>,
    /// The variant that holds what fits no alternative.
    pub other: String,
    /// What the alternatives are to each other.
    pub keyword: UnionKeyword,
    /// The property that tells the alternatives apart, and the value of it for each, in the alternatives' order.
    pub discriminator: Option<Discriminator>,
}

/// How the document says that a value is one of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnionKeyword {
    /// Exactly one of them.
    OneOf,
    /// At least one of them.
    AnyOf,
    /// The children of a parent, by their tags.
    Family,
}

impl UnionKeyword {
    /// The keyword that JSON Schema has for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf | Self::Family => "anyOf",
        }
    }
}

/// One alternative of a union.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Its Rust identifier.
    pub ident: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Where its schema stands.
    pub place: Place,
    /// Its schema: the target's where it is a reference, as one schema where it is an `allOf`.
    pub schema: Value,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// The schema as it is listed, where that is read together with what stands beside the list.
    pub listed: Option<Value>,
}

/// How the document says which alternative a payload is.
#[derive(Debug, Clone)]
pub struct Discriminator {
    /// The property's name on the wire.
    pub property: String,
    /// For each alternative, the values that name it; none where any value may.
    pub values: Vec<Option<Vec<String>>>,
    /// For each alternative, whether the property may be missing in it.
    pub absent: Vec<bool>,
}

impl TypeRef {
    /// Wrapped as nullable where `nullable` says so.
    #[must_use]
    pub fn nullable(self, nullable: bool) -> Self {
        if nullable && self != Self::Any { Self::Nullable(Box::new(self)) } else { self }
    }

    /// The same where null has no form, as in text.
    #[must_use]
    pub fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            ty => ty,
        }
    }
}

impl Field {
    /// The type of the struct's field: absent and null are `None`, or the two levels of an `Option<Option<T>>`.
    pub fn field_type(&self) -> TypeRef {
        let ty = self.ty.clone().nullable(self.nullable);
        if self.required { ty } else { TypeRef::Nullable(Box::new(ty)) }
    }
}
