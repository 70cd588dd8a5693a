//! The request of an operation: its URL, headers, query and body, and how it is sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::arguments::{Argument, Body, Holds};
use crate::model::{
    Api, BodyKind, Content, Method, Operation, Parameter, ParameterIn, ResponseBody, Style, TypeRef, Types,
};
use crate::write::styles::{self, style};

/// The statements that build the request from the arguments and send it.
pub fn write(api: &Api<'_>, operation: &Operation<'_>, arguments: &[Argument<'_>]) -> TokenStream {
    let types = &api.types;
    let idents: Vec<_> = arguments.iter().map(Argument::ident).collect();
    let taken = arguments.iter().map(Argument::taken);
    let parameters: Vec<&Parameter<'_>> = arguments.iter().filter_map(parameter).collect();
    let (url, headers) = (url(api, operation), headers(&parameters, types));
    let body = arguments.iter().find_map(|argument| match argument {
        Argument::Body(body) => Some(body),
        Argument::Parameter(_) => None,
    });
    let built = built(api, operation, &parameters, types, body);
    let reserved = parameters.iter().filter(|parameter| parameter.location == ParameterIn::Query && parameter.reserved);
    let reserved = reserved.map(|parameter| {
        let pairs = pairs(parameter);
        quote!(let request = super::runtime::with_reserved(request, &#pairs);)
    });
    let (id, reading) = (
        &operation.id,
        match is_streamed(operation) {
            true => quote!(super::runtime::Open),
            false => quote!(super::runtime::Whole::within(&client.settings)),
        },
    );
    quote! {
        let Self { client, #(#idents,)* } = self;
        #(#taken)*
        let url = #url;
        #headers
        #built
        #(#reserved)*
        let response = client.transport.call(&client.client, #id, request, Self::SECURITY, #reading).await?;
    }
}

fn parameter<'a>(argument: &Argument<'a>) -> Option<&'a Parameter<'a>> {
    match argument {
        Argument::Parameter(parameter) => Some(parameter),
        Argument::Body(_) => None,
    }
}

/// Whether the caller reads one of the operation's responses as a stream.
fn is_streamed(operation: &Operation<'_>) -> bool {
    // A side of several bodies holds each of them whole.
    let alone = operation.readings.iter().filter(|reading| {
        reading.is_success() && operation.success.is_none() || reading.is_error() && operation.failure.is_none()
    });
    alone.into_iter().any(|reading| reading.body == ResponseBody::Raw) || !operation.declares_success()
}

/// The URL, put together from its parts.
fn url(api: &Api<'_>, operation: &Operation<'_>) -> TokenStream {
    let own = operation.base_url().filter(|own| api.base_url().is_some_and(|default| default != *own));
    let base = match (api.base_url(), own) {
        // An operation with a server of its own goes there, unless the client was pointed elsewhere.
        (Some(default), Some(own)) => {
            quote!(if client.baseurl == #default { #own } else { client.baseurl.as_str() })
        }
        _ => quote!(client.baseurl.as_str()),
    };
    let mut parts = vec![base];
    let mut rest = operation.path;
    while let Some((constant, template)) = rest.split_once('{') {
        let (name, after) = template.split_once('}').unwrap_or((template, ""));
        if !constant.is_empty() {
            parts.push(quote!(#constant));
        }
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| parameter.location == ParameterIn::Path && parameter.wire == name);
        parts.extend(parameter.map(|parameter| {
            let part = in_path(parameter);
            quote!(&#part)
        }));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(quote!(#rest));
    }
    quote!([#(#parts),*].concat())
}

fn in_path(parameter: &Parameter<'_>) -> TokenStream {
    let (ident, wire, explode) = (format_ident!("{}", parameter.ident), parameter.wire, parameter.explode);
    // A number needs no care in a path.
    let is_plain = matches!(parameter.ty, TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::F64);
    if is_plain && parameter.style == Style::Simple {
        return quote!(encode_path(&#ident.to_string()));
    }
    let style = style(parameter.style);
    quote!(super::runtime::path_parameter(#wire, &#ident, #style, #explode).map_err(Error::InvalidRequest)?)
}

/// The statements that collect the headers; none where the operation has no parameter there.
fn headers(parameters: &[&Parameter<'_>], types: &Types) -> TokenStream {
    let in_headers =
        |parameter: &&&Parameter<'_>| matches!(parameter.location, ParameterIn::Header | ParameterIn::Cookie);
    let appended: Vec<TokenStream> =
        parameters.iter().filter(in_headers).map(|parameter| header(parameter, types)).collect();
    if appended.is_empty() {
        return quote!();
    }
    let capacity = appended.len() + 1;
    quote! {
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(#capacity);
        #(#appended)*
    }
}

fn header(parameter: &Parameter<'_>, types: &Types) -> TokenStream {
    let own = format_ident!("{}", parameter.ident);
    let ident = if parameter.required { own.clone() } else { format_ident!("value") };
    let (wire, explode, style) = (parameter.wire, parameter.explode, style(parameter.style));
    let text = match types.is_scalar(&parameter.ty) && parameter.style != Style::Json {
        true => quote!(#ident.to_string()),
        false => {
            quote!(super::runtime::header_parameter(&#ident, #style, #explode).map_err(Error::InvalidRequest)?)
        }
    };
    let appended = match parameter.location {
        ParameterIn::Cookie => quote! {
            header_map.insert(::reqwest::header::COOKIE, super::runtime::cookie(&header_map, #wire, &#text).try_into()?);
        },
        _ => quote! {
            header_map.append(
                ::reqwest::header::HeaderName::try_from(#wire).map_err(|error| Error::InvalidRequest(error.to_string()))?,
                #text.try_into()?
            );
        },
    };
    if parameter.required { appended } else { quote!(if let Some(value) = #own { #appended }) }
}

/// The statements that build the request.
fn built(
    api: &Api<'_>,
    operation: &Operation<'_>,
    parameters: &[&Parameter<'_>],
    types: &Types,
    body: Option<&Body<'_>>,
) -> TokenStream {
    let method = match operation.method {
        method @ (Method::Options | Method::Trace) => {
            let name = format_ident!("{}", method.name());
            quote!(request(::reqwest::Method::#name, url))
        }
        method => {
            let name = format_ident!("{}", method.key());
            quote!(#name(url))
        }
    };
    let accept = accept(api, operation)
        .map(|accept| quote!(.header(::reqwest::header::ACCEPT, ::reqwest::header::HeaderValue::from_static(#accept))));
    let in_query =
        parameters.iter().filter(|parameter| parameter.location == ParameterIn::Query && !parameter.reserved);
    let query = in_query.map(|parameter| {
        let query = in_query_of(parameter, types);
        quote!(.query(&#query))
    });
    let has_headers =
        parameters.iter().any(|parameter| matches!(parameter.location, ParameterIn::Header | ParameterIn::Cookie));
    let headers = has_headers.then(|| quote!(.headers(header_map)));
    let given = body.map(|body| given(body, operation.body.as_ref().and_then(|body| body.sent_content())));
    match body {
        Some(Body { required: false, .. }) => quote! {
            let request = client.client.#method #accept #(#query)* #headers;
            let request = match body {
                Some(body) => request #given,
                None => request,
            };
            let request = request.build()?;
        },
        _ => quote!(let request = client.client.#method #accept #given #(#query)* #headers.build()?;),
    }
}

/// The calls that give a request its body.
fn given(body: &Body<'_>, content: Option<&Content<'_>>) -> TokenStream {
    let media_type = body.sent.media_type;
    match (&body.sent.kind, &body.holds) {
        (_, Holds::Form) => quote!(.multipart(body)),
        (_, Holds::Bytes(_)) => quote!(.header(::reqwest::header::CONTENT_TYPE, #media_type).body(body)),
        (BodyKind::Form(_), _) => {
            let styles = styles::of_form(content);
            quote!(.form_urlencoded(&super::runtime::form(&body, &[#(#styles),*]).map_err(Error::InvalidRequest)?)?)
        }
        // reqwest sets the content type of JSON itself, unless it is set already.
        _ if media_type == "application/json" => quote!(.json(&body)),
        _ => quote!(.header(::reqwest::header::CONTENT_TYPE, #media_type).json(&body)),
    }
}

fn in_query_of(parameter: &Parameter<'_>, types: &Types) -> TokenStream {
    let (ident, wire) = (format_ident!("{}", parameter.ident), parameter.wire);
    let is_plain = parameter.style == Style::Form && (parameter.explode || types.is_scalar(&parameter.ty));
    if is_plain { quote!(progenitor_client::QueryParam::new(#wire, &#ident)) } else { pairs(parameter) }
}

fn pairs(parameter: &Parameter<'_>) -> TokenStream {
    let (ident, wire, explode) = (format_ident!("{}", parameter.ident), parameter.wire, parameter.explode);
    let style = style(parameter.style);
    quote!(super::runtime::query_parameter(#wire, &#ident, #style, #explode).map_err(Error::InvalidRequest)?)
}

/// The media types that the operation's responses come in, in their order; none where a caller reads no JSON.
fn accept(api: &Api<'_>, operation: &Operation<'_>) -> Option<String> {
    let side = |success: bool| {
        let status_enum = api.status_enum(if success { operation.success } else { operation.failure });
        let mut readings = operation.readings.iter();
        let first = readings.find(|reading| if success { reading.is_success() } else { reading.is_error() });
        match (status_enum, first) {
            (Some(_), _) => Some(true),
            (None, Some(reading)) => match reading.body {
                ResponseBody::Json(_) => Some(true),
                ResponseBody::Empty => None,
                ResponseBody::Raw => Some(false),
            },
            // Where no success is declared, whatever comes is read as a stream.
            (None, None) => {
                if success {
                    Some(false)
                } else {
                    None
                }
            }
        }
    };
    let reads_json = match side(true) {
        Some(is_json) => is_json,
        None => side(false) == Some(true),
    };
    if !reads_json {
        return None;
    }
    let mut types: Vec<&str> = Vec::new();
    for reading in &operation.readings {
        let content = operation.responses.get(reading.response).and_then(|response| response.content_of(reading));
        if let Some(content) = content.filter(|content| !types.contains(&content.media_type)) {
            types.push(content.media_type);
        }
    }
    let is_visible = types.iter().all(|media_type| media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    Some(if is_visible && !types.is_empty() { types.join(", ") } else { "application/json".to_owned() })
}
