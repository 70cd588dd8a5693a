//! The objects of OpenAPI 3.0.3 and their fields: one table for all who ask what may stand where.

pub mod claims;
pub mod media_type;
mod table;
pub mod walk;

use std::fmt;

/// The extension of an operation that says how its responses come in pages.
pub const PAGINATION: &str = "x-pagination";

/// The kinds of objects that the specification defines. A few have variants where the required fields differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    SecurityRequirement,
}

/// What the specification says of one kind of object.
#[derive(Debug)]
pub struct Definition {
    /// As the specification calls it, without the word "Object".
    pub name: &'static str,
    /// The fields with fixed names, in the specification's order.
    pub fields: &'static [Field],
    /// The fields whose names follow a pattern.
    pub others: Others,
    /// Whether fields that start with `x-` may be added.
    pub is_extensible: bool,
}

/// A field with a fixed name.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What its value must be.
    pub shape: Shape,
    /// When it must be there.
    pub presence: Presence,
}

/// When a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// It must be there if another field has this value.
    RequiredIf(&'static str, &'static str),
}

/// Fields whose names are not fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// There are none.
    None,
    /// Paths, which start with a slash.
    Paths,
    /// Status codes, ranges such as `4XX`, and `default`.
    Statuses,
    /// Any name.
    Any(&'static Shape),
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Any value.
    Any,
    /// A text.
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// An object of this kind.
    Object(Kind),
    /// An object of this kind or a reference to one.
    Referable(Kind),
    /// A schema, a reference to one, or a boolean.
    SchemaOrBoolean,
    /// A list of these.
    List(&'static Shape),
    /// A mapping from any names to these.
    Map(&'static Shape),
}

impl Kind {
    /// What the specification says of it.
    pub fn definition(self) -> &'static Definition {
        table::definition(self)
    }

    /// Its name in the specification, such as `Path Item`.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Its name in a sentence, such as `an Operation Object`.
    pub fn in_words(self) -> String {
        let name = self.name();
        let article = if name.starts_with(['A', 'E', 'I', 'O', 'X']) { "an" } else { "a" };
        format!("{article} {name} Object")
    }

    /// The shape of the field with this name; `None` where the specification knows none, or it is an extension.
    pub fn shape_of(self, name: &str) -> Option<Shape> {
        let definition = self.definition();
        if let Some(field) = definition.fields.iter().find(|field| field.name == name) {
            return Some(field.shape);
        }
        match definition.others {
            _ if definition.is_extensible && name.starts_with("x-") => None,
            Others::Any(shape) => Some(*shape),
            Others::Paths if name.starts_with('/') => Some(Shape::Object(Kind::PathItem)),
            Others::Statuses => Some(Shape::Referable(Kind::Response)),
            Others::None | Others::Paths => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Shape {
    /// The kind of object that may stand here, itself or by reference.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Object(kind) | Self::Referable(kind) => Some(kind),
            Self::SchemaOrBoolean => Some(Kind::Schema),
            _ => None,
        }
    }

    /// Whether a reference may stand here.
    pub fn is_referable(self) -> bool {
        matches!(self, Self::Referable(_) | Self::SchemaOrBoolean)
    }
}

/// The shape in words, with its article.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any value"),
            Self::Text => f.write_str("a string"),
            Self::Word(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                match words.split_last() {
                    Some((last, [])) => f.write_str(last),
                    Some((last, others)) => write!(f, "{} or {last}", others.join(", ")),
                    None => f.write_str("nothing"),
                }
            }
            Self::Boolean => f.write_str("`true` or `false`"),
            Self::Number => f.write_str("a number"),
            Self::Count => f.write_str("a non-negative integer"),
            Self::Object(kind) => write!(f, "a mapping ({kind} Object)"),
            Self::Referable(kind) => write!(f, "a mapping ({kind} Object or Reference Object)"),
            Self::SchemaOrBoolean => f.write_str("a schema, `true` or `false`"),
            Self::List(_) => f.write_str("a list"),
            Self::Map(_) => f.write_str("a mapping"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Kind, Others, Presence, Shape};

    /// Every kind that a shape leads to, and those that it leads to in turn.
    fn reach(shape: Shape, found: &mut BTreeSet<Kind>) {
        match shape {
            Shape::List(inner) | Shape::Map(inner) => reach(*inner, found),
            _ => {
                let Some(kind) = shape.kind().filter(|kind| found.insert(*kind)) else { return };
                let definition = kind.definition();
                definition.fields.iter().for_each(|field| reach(field.shape, found));
                match definition.others {
                    Others::Any(shape) => reach(*shape, found),
                    Others::Paths => reach(Shape::Object(Kind::PathItem), found),
                    Others::Statuses | Others::None => {}
                }
            }
        }
    }

    #[test]
    fn the_table_is_whole() {
        let mut kinds = BTreeSet::new();
        reach(Shape::Object(Kind::OpenApi), &mut kinds);
        assert_eq!(kinds.len(), 32);
        for kind in kinds {
            let fields = kind.definition().fields;
            let names: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), fields.len(), "{kind}");
            for field in fields {
                if let Presence::RequiredIf(other, _) = field.presence {
                    assert!(names.contains(other), "{kind}.{}", field.name);
                }
            }
        }
    }

    #[test]
    fn names_that_follow_a_pattern_have_shapes() {
        assert_eq!(Kind::Paths.shape_of("/pets"), Some(Shape::Object(Kind::PathItem)));
        assert_eq!(Kind::Paths.shape_of("pets"), None);
        assert_eq!(Kind::Responses.shape_of("4XX"), Some(Shape::Referable(Kind::Response)));
        assert_eq!(Kind::Callback.shape_of("x-note"), None);
        assert_eq!(Kind::SecurityRequirement.shape_of("x-key"), Some(Shape::List(&Shape::Text)));
        assert_eq!(Kind::Operation.in_words(), "an Operation Object");
    }
}
