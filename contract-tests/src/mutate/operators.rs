//! The registry of the operators: one a file, sorted by name.

mod additional_properties;
mod bound;
mod bound_added;
mod component;
mod composition;
mod default;
mod description;
mod enum_value;
mod example;
mod extension;
mod flag;
mod format;
mod info;
mod length;
mod length_added;
mod media_type;
mod method;
mod nullable;
mod operation;
mod order;
mod parameter;
mod parameter_place;
mod path;
mod pattern;
mod property;
mod reference;
mod required;
mod response_header;
mod security;
mod security_scheme;
mod server;
mod status;
mod tag;
mod type_changed;

use super::Operator;

/// Every operator.
pub const OPERATORS: &[Operator] = &[
    additional_properties::OPERATOR,
    bound::OPERATOR,
    bound_added::OPERATOR,
    component::OPERATOR,
    composition::OPERATOR,
    default::OPERATOR,
    description::OPERATOR,
    enum_value::OPERATOR,
    example::OPERATOR,
    extension::OPERATOR,
    flag::OPERATOR,
    format::OPERATOR,
    info::OPERATOR,
    length::OPERATOR,
    length_added::OPERATOR,
    media_type::OPERATOR,
    method::OPERATOR,
    nullable::OPERATOR,
    operation::OPERATOR,
    order::OPERATOR,
    parameter::OPERATOR,
    parameter_place::OPERATOR,
    path::OPERATOR,
    pattern::OPERATOR,
    property::OPERATOR,
    reference::OPERATOR,
    required::OPERATOR,
    response_header::OPERATOR,
    security::OPERATOR,
    security_scheme::OPERATOR,
    server::OPERATOR,
    status::OPERATOR,
    tag::OPERATOR,
    type_changed::OPERATOR,
];
