//! What the document means, as plain data, read once: the operations of the API, and the types of what they exchange.
//!
//! It knows no version of OpenAPI, no progenitor and no token of Rust; identifiers are strings. Schemas stand as the document
//! writes them, beside the type that was made of each.

mod about;
pub(crate) mod content;
mod described;
mod headers;
mod named_types;
mod names;
mod operation;
mod pages;
mod read;
mod response;
mod restricted;
mod security;
mod server;
mod types;

use serde_json::Value;

pub use about::{About, Contact, ExternalDocs, License, Tag, Webhook};
pub use content::{BodyKind, Content, Encoding, Part, PartHeader, Parts, RequestBody, Sent};
pub use described::{Deprecation, Described, Example};
pub use headers::{ResponseHeader, read_as, response_headers};
pub use named_types::Types;
pub use names::{Names, pascal, snake};
pub use operation::{Callback, Method, Operation, Parameter, ParameterIn, Style, in_identifiers};
pub use pages::{PagedBy, Pages, Step, Way};
pub use read::{partly_read, read};
pub use response::{Alternate, Framing, Header, Link, Reading, Response, ResponseBody, StatusEnum, StatusVariant};
pub use restricted::Restricted;
pub use security::{Credential, Flow, Grant, Requirement, SchemeKind, SecurityScheme, Tokens};
pub use server::{Server, ServerVariable};
pub use types::{
    Alternative, Check, Direction, Discriminator, Enum, EnumBase, Field, Form, Held, NamedType, Others, Shape, Struct,
    TypeRef, Union, UnionKeyword, Variant,
};

/// An API.
#[derive(Debug, Clone)]
pub struct Api<'a> {
    /// What the document says of itself.
    pub about: About<'a>,
    /// The servers, the first of which is where calls go by default.
    pub servers: Vec<Server<'a>>,
    /// The schemes by which calls are authorized.
    pub schemes: Vec<SecurityScheme<'a>>,
    /// The operations, in the order of the generated source: by path as the document has it, and by method.
    pub operations: Vec<Operation<'a>>,
    /// The types that schemas have become, in the order in which they are declared.
    pub types: Types,
    /// The types of operations whose statuses carry different bodies, in the order in which they are declared.
    pub status_enums: Vec<StatusEnum>,
    /// Where references of schemas lead.
    pub schemas: Schemas<'a>,
}

impl Api<'_> {
    /// The identifiers of all types: of schemas, of statuses, and of the operations' builders.
    pub fn type_idents(&self) -> impl Iterator<Item = String> {
        let types = self.types.iter().map(|ty| ty.ident.clone());
        let statuses = self.status_enums.iter().map(|status_enum| status_enum.ident.clone());
        let builders = self.operations.iter().map(|operation| pascal(&operation.ident));
        let parts = self.parts().map(|(.., parts)| parts.ident.clone());
        types.chain(statuses).chain(builders).chain(parts)
    }

    /// The bodies that are sent in parts which the document names, with their operations.
    pub fn parts(&self) -> impl Iterator<Item = (&Operation<'_>, &Sent<'_>, &Parts<'_>)> {
        self.operations.iter().filter_map(|operation| {
            let sent = operation.body.as_ref()?.sent.as_ref()?;
            Some((operation, sent, sent.parts.as_ref()?))
        })
    }

    /// The types that are structs.
    pub fn structs(&self) -> impl Iterator<Item = &NamedType> {
        self.types.iter().filter(|ty| matches!(ty.shape, Shape::Struct(_)))
    }

    /// The enum of an operation's statuses by its index.
    pub fn status_enum(&self, index: Option<usize>) -> Option<&StatusEnum> {
        self.status_enums.get(index?)
    }

    /// The URL of the first server, where it is absolute; a relative one means the place that the document was fetched from.
    pub fn base_url(&self) -> Option<String> {
        Server::base_url(&self.servers)
    }

    /// The path of the first server, absolute or not, with which the path of each call begins.
    pub fn base_path(&self) -> String {
        Server::base_path(&self.servers)
    }
}

/// The tree in which references of schemas are looked up.
#[derive(Debug, Clone, Copy)]
pub struct Schemas<'a> {
    root: &'a Value,
}

impl<'a> Schemas<'a> {
    /// What a schema is once its references are followed; itself where they lead nowhere.
    pub fn follow(&self, schema: &'a Value) -> &'a Value {
        read::target(self.root, schema)
    }
}
