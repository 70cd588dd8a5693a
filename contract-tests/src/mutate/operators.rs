//! The registry of the operators: one a file, sorted by name.

mod additional_properties;
mod bound;
mod bound_added;
mod callback;
mod component;
mod composition;
mod default;
mod description;
mod enum_value;
mod example;
mod extension;
mod external_docs;
mod flag;
mod format;
mod info;
mod length;
mod length_added;
mod link;
mod media_type;
mod method;
mod named_examples;
mod nullable;
mod operation;
mod order;
mod parameter;
mod parameter_place;
mod path;
mod pattern;
mod property;
mod reference;
mod request_body;
mod required;
mod response_header;
mod security;
mod security_scheme;
mod server;
mod status;
mod style;
mod tag;
mod type_changed;

use super::Operator;

/// Every operator.
pub const OPERATORS: &[Operator] = &[
    additional_properties::OPERATOR,
    bound::OPERATOR,
    bound_added::OPERATOR,
    callback::OPERATOR,
    component::OPERATOR,
    composition::OPERATOR,
    default::OPERATOR,
    description::OPERATOR,
    enum_value::OPERATOR,
    example::OPERATOR,
    extension::OPERATOR,
    external_docs::OPERATOR,
    flag::OPERATOR,
    format::OPERATOR,
    info::OPERATOR,
    length::OPERATOR,
    length_added::OPERATOR,
    link::OPERATOR,
    media_type::OPERATOR,
    method::OPERATOR,
    named_examples::OPERATOR,
    nullable::OPERATOR,
    operation::OPERATOR,
    order::OPERATOR,
    parameter::OPERATOR,
    parameter_place::OPERATOR,
    path::OPERATOR,
    pattern::OPERATOR,
    property::OPERATOR,
    reference::OPERATOR,
    request_body::OPERATOR,
    required::OPERATOR,
    response_header::OPERATOR,
    security::OPERATOR,
    security_scheme::OPERATOR,
    server::OPERATOR,
    status::OPERATOR,
    style::OPERATOR,
    tag::OPERATOR,
    type_changed::OPERATOR,
];
