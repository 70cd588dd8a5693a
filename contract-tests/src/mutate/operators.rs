//! The operators of what is no keyword of schemas, such as paths, parameters and responses: one a file, sorted by name.

mod callback;
mod component;
mod deprecated;
mod description;
mod encoding;
mod example;
mod extension;
mod external_docs;
mod info;
mod link;
mod media_type;
mod method;
mod named_examples;
mod operation;
mod order;
mod pagination;
mod parameter;
mod parameter_place;
mod path;
mod reference;
mod request_body;
mod response_header;
mod security;
mod security_scheme;
mod server;
mod status;
mod style;
mod tag;

use super::Operator;

/// Every one of them.
pub const OPERATORS: &[Operator] = &[
    callback::OPERATOR,
    component::OPERATOR,
    deprecated::OPERATOR,
    description::OPERATOR,
    encoding::OPERATOR,
    example::OPERATOR,
    extension::OPERATOR,
    external_docs::OPERATOR,
    info::OPERATOR,
    link::OPERATOR,
    media_type::OPERATOR,
    method::OPERATOR,
    named_examples::OPERATOR,
    operation::OPERATOR,
    order::OPERATOR,
    pagination::OPERATOR,
    parameter::OPERATOR,
    parameter_place::OPERATOR,
    path::OPERATOR,
    reference::OPERATOR,
    request_body::OPERATOR,
    response_header::OPERATOR,
    security::OPERATOR,
    security_scheme::OPERATOR,
    server::OPERATOR,
    status::OPERATOR,
    style::OPERATOR,
    tag::OPERATOR,
];
