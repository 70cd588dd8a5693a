//! The request of an operation: its URL, headers, query and body, and how it is sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::arguments::{Argument, Body, Holds};
use crate::model::{Alternate, Api, BodyKind, Content, Operation, Parameter, ParameterIn, Style, TypeRef};
use crate::write::styles;

/// The method that makes a request of the arguments.
pub fn write(api: &Api<'_>, operation: &Operation<'_>, arguments: &[Argument<'_>]) -> TokenStream {
    let idents: Vec<_> = arguments.iter().map(Argument::ident).collect();
    let taken = arguments.iter().map(Argument::taken);
    let body = arguments.iter().find_map(|argument| match argument {
        Argument::Body(body) => Some(body),
        Argument::Parameter(_) | Argument::MediaType(..) => None,
    });
    let parameters: Vec<&Parameter<'_>> = arguments.iter().filter_map(parameter).collect();
    let mut request = begun(api, operation);
    for (location, add) in
        [(ParameterIn::Header, "header"), (ParameterIn::Cookie, "cookie"), (ParameterIn::Query, "query")]
    {
        let add = format_ident!("{add}");
        for parameter in parameters.iter().filter(|parameter| parameter.location == location) {
            let (ident, written) = (format_ident!("{}", parameter.ident), styles::parameter(parameter));
            request.extend(match has_null_and_none(parameter) {
                true => quote!(.given(#ident, |request, #ident| request.#add(#written, &#ident))?),
                false => quote!(.#add(#written, &#ident)?),
            });
        }
    }
    let built = built(operation, &request, body);
    quote! {
        fn request(self) -> ::std::result::Result<super::runtime::Draft, super::runtime::Refusal> {
            let Self { client, #(#idents,)* .. } = self;
            #(#taken)*
            #built
        }
    }
}

/// The expression that sends the request, and reads the response by these arms.
pub fn sent(operation: &Operation<'_>, alternate: Option<&Alternate<'_>>, reads: &TokenStream) -> TokenStream {
    let accepted = asks(operation).then(|| accept(operation, alternate).unwrap_or_else(|| "*/*".to_owned()));
    quote!(super::runtime::sent!(self(#accepted), #reads))
}

/// Whether requests of the operation ask for a media type.
fn asks(operation: &Operation<'_>) -> bool {
    let alternates = operation.alternates.iter().map(Some);
    std::iter::once(None).chain(alternates).any(|alternate| accept(operation, alternate).is_some())
}

fn parameter<'a>(argument: &Argument<'a>) -> Option<&'a Parameter<'a>> {
    match argument {
        Argument::Parameter(parameter) => Some(parameter),
        Argument::Body(_) | Argument::MediaType(..) => None,
    }
}

/// The request with its URL.
fn begun(api: &Api<'_>, operation: &Operation<'_>) -> TokenStream {
    let own = operation.base_url().filter(|own| api.base_url().is_some_and(|default| default != *own));
    let base = match own {
        Some(own) => quote!(super::runtime::server!(client, #own)),
        None => quote!(&client.baseurl),
    };
    let mut parts = Vec::new();
    let mut rest = operation.path;
    while let Some((_, template)) = rest.split_once('{') {
        let (name, after) = template.split_once('}').unwrap_or((template, ""));
        let is_meant = |parameter: &&Parameter<'_>| parameter.location == ParameterIn::Path && parameter.wire == name;
        parts.push(operation.parameters.iter().find(is_meant).map_or_else(|| quote!(""), in_path));
        rest = after;
    }
    quote!(super::runtime::Draft::new(#base, &Self::OPERATION, &[#(#parts),*]))
}

/// Whether nothing is sent for one null of a parameter, and JSON for another.
fn has_null_and_none(parameter: &Parameter<'_>) -> bool {
    parameter.style == Style::Json && !parameter.required
}

fn in_path(parameter: &Parameter<'_>) -> TokenStream {
    let (ident, written) = (format_ident!("{}", parameter.ident), styles::parameter(parameter));
    // A number needs no care in a path.
    let is_plain = matches!(parameter.ty, TypeRef::Bool | TypeRef::Integer(_) | TypeRef::F64);
    if is_plain && parameter.style == Style::Simple {
        return quote!(&encode_path(&#ident.to_string()));
    }
    quote!(&super::runtime::path_parameter(#written, &#ident)?)
}

/// The expression that gives the request its body, where it has one.
fn built(operation: &Operation<'_>, request: &TokenStream, body: Option<&Body<'_>>) -> TokenStream {
    let given = body.map(|body| given(body, operation.body.as_ref().and_then(|body| body.sent_content())));
    match (given, body) {
        (Some(given), Some(Body { required: false, .. })) => quote! {
            let request = #request;
            match body {
                Some(body) => request #given,
                None => Ok(request),
            }
        },
        (Some(given), _) => quote!(#request #given),
        (None, _) => quote!(Ok(#request)),
    }
}

/// The call that gives a request its body.
fn given(body: &Body<'_>, content: Option<&Content<'_>>) -> TokenStream {
    let media_type = match (body.sent.range, body.sent.media_type) {
        (None, Some(media_type)) => quote!(#media_type),
        _ => quote!(&content_type?),
    };
    match (&body.sent.kind, &body.holds) {
        (_, Holds::Parts(_)) => quote!(.body(&body.media_type, body.content)),
        (_, Holds::Bytes) => quote!(.stream(#media_type, body)),
        (BodyKind::Text(TypeRef::String), _) => quote!(.body(#media_type, body)),
        (BodyKind::Text(_), _) => quote!(.body(#media_type, super::runtime::spelled(&body)?)),
        (BodyKind::Form(_), _) => {
            let (styles, required) = (styles::of_form(content), styles::required_of_form(body.sent));
            let form = quote! {
                super::runtime::form(&body, &[#(#styles),*], &[#(#required),*])?
            };
            quote!(.body(#media_type, #form))
        }
        _ => quote!(.json(#media_type, &body)),
    }
}

/// The media types that are asked for: of each status the one that is read; none where no response has content. Where another
/// one than usual is asked for, those of errors, which may be the usual one, are the last choice.
fn accept(operation: &Operation<'_>, alternate: Option<&Alternate<'_>>) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for reading in operation.readings_for(alternate) {
        let content = operation.responses.get(reading.response).and_then(|response| response.content_of(reading));
        if let Some(content) = content.filter(|content| !types.contains(&content.media_type)) {
            types.push(content.media_type);
        }
    }
    let is_visible = types.iter().all(|media_type| media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    let last_choice = if alternate.is_some() { ";q=0.1" } else { "" };
    let first = types.first().filter(|_| is_visible)?.to_string();
    Some(types.iter().skip(1).fold(first, |accept, media_type| format!("{accept}, {media_type}{last_choice}")))
}
