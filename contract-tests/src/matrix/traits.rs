//! What the document says of an operation, as far as rows are chosen by it.

use serde_json::Value;

use crate::client::Kind;
use crate::document::{
    Body, Conjunction, Document, DocumentError, Kind as Type, MediaKind, Operation, Pointer, Response,
};
use crate::ground::Ground;
use crate::oracle::wire::offers::{Offer, is_bodiless, kind};

/// One operation's traits.
#[derive(Debug, Clone, Default)]
pub struct Traits {
    /// Whether a call may be sent twice.
    pub idempotent: bool,
    /// Whether redirects of every kind are followed.
    pub gets: bool,
    /// Whether a call carries a credential.
    pub credentials: bool,
    /// The successful response.
    pub success: Option<Sample>,
    /// An error response with JSON.
    pub error: Option<Sample>,
    /// What the caller sees of a page of HTML with each of these statuses.
    pub pages: Vec<(u16, String)>,
    /// What the caller sees of each of these statuses without a body.
    pub bare: Vec<(u16, String)>,
    /// A status that the document does not describe.
    pub undocumented: Option<u16>,
    /// Places in the successful body.
    pub places: Places,
    /// Properties of operation and bodies that rows ask for.
    pub are: Vec<Trait>,
}

/// What a row asks of an operation. All that it names must be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// The successful body is JSON.
    Json,
    /// The successful body is an object with declared properties, and no others are kept.
    Closed,
    /// The successful body is an object.
    Object,
    /// The successful body must not be null.
    NotNull,
    /// The successful body is not a JSON string.
    NotString,
    /// There is a successful body of any kind.
    Content,
    /// There is a successful body which is read whole before the caller has it.
    Whole,
    /// There is a successful body that the caller reads piece by piece.
    Stream,
    /// The successful response has no content.
    Empty,
    /// There is a successful response.
    Success,
    /// There is a documented error with a JSON object.
    Error,
    /// The error's schema requires a property.
    ErrorRequires,
    /// The successful body has such an object.
    PlaceObject,
    /// The successful body has such an integer.
    PlaceInteger,
    /// The successful body has such a string.
    PlaceText,
    /// The successful body has such an optional property.
    PlaceOptional,
    /// Some status is not documented.
    Undocumented,
    /// Redirects change nothing about the method.
    Gets,
    /// A call may be sent twice.
    Idempotent,
    /// What is sent can be sent once more: it is no form with files, which is sent as it is read.
    Replayable,
}

/// A response that conforms.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// The status.
    pub status: u16,
    /// The media type, where there is content.
    pub media_type: Option<String>,
    /// The headers that the document requires.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub bytes: Vec<u8>,
    /// The JSON value.
    pub value: Value,
}

/// Places in the successful body: the first property of each kind, where the schema leaves no doubt.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// An object of which only the declared properties are kept.
    pub object: Option<Pointer>,
    /// An integer.
    pub integer: Option<Pointer>,
    /// A string.
    pub text: Option<Pointer>,
    /// A property that may be absent, but not null.
    pub optional: Option<Pointer>,
}

/// Statuses whose meaning depends on whether the document describes them.
const PAGES: [u16; 7] = [408, 429, 500, 502, 503, 504, 999];
/// Redirects that are not followed, what is none, and a refusal of credentials.
const BARE: [u16; 4] = [302, 304, 307, 401];

impl Traits {
    /// What the document says.
    pub fn of<'d>(ground: &Ground<'d>, operation: &Operation<'d>, offers: &[Offer<'_>]) -> Result<Self, DocumentError> {
        let document = ground.responses;
        let by = |kind: Kind| offers.iter().find(move |offer| offer.expected == kind && offer.response.is_some());
        let success = by(Kind::Value).filter(|offer| offer.status < 300);
        let error = offers.iter().find(|offer| {
            let object = offer.value.as_ref().is_some_and(Value::is_object);
            offer.expected == Kind::ErrorResponse && offer.status >= 400 && !retried(offer.status) && object
        });
        let schema = |offer: Option<&Offer<'_>>| -> Result<Option<Conjunction<'d>>, DocumentError> {
            let place = offer.and_then(|offer| offer.body).and_then(|body| body.schema.as_ref());
            let located = place.and_then(|schema| document.at(&schema.pointer));
            located.map(|schema| Conjunction::of(document, schema)).transpose()
        };
        let (body, refusal) = (schema(success)?, schema(error)?);
        let mut traits = Self {
            idempotent: operation.is_idempotent(),
            gets: matches!(operation.method.as_str(), "GET" | "HEAD"),
            credentials: operation.needs_credentials(),
            success: success.map(|offer| sample(operation, offer)),
            error: error.map(|offer| sample(operation, offer)),
            bare: BARE.iter().map(|status| (*status, bare(operation, *status))).collect(),
            pages: PAGES.iter().map(|status| (*status, page(operation, *status))).collect(),
            undocumented: [418, 451, 299, 599].into_iter().find(|status| operation.response(*status).is_none()),
            ..Self::default()
        };
        if let (Some(schema), Some(offer)) = (&body, success) {
            traits.places = Places::of(document, schema, offer.value.as_ref().unwrap_or(&Value::Null))?;
        }
        traits.are = traits.listed(operation, success, body.as_ref(), refusal.as_ref());
        Ok(traits)
    }

    fn listed(
        &self,
        operation: &Operation<'_>,
        success: Option<&Offer<'_>>,
        body: Option<&Conjunction<'_>>,
        refusal: Option<&Conjunction<'_>>,
    ) -> Vec<Trait> {
        let bodiless = success.is_none_or(|offer| is_bodiless(&operation.method, offer.status));
        let content = !bodiless && success.is_some_and(|offer| offer.media_type.is_some());
        let kind = success.and_then(|offer| offer.media_type.as_deref()).map(MediaKind::of);
        let json = content && kind == Some(MediaKind::Json);
        let plain = body.filter(|body| json && body.alternatives().is_empty());
        let is = |kind: Type| plain.is_some_and(|body| body.kind() == Some(kind) && body.typed() && !body.nullable());
        let whole = |body: &&Conjunction<'_>| !body.open() && !body.properties().is_empty();
        let object = is(Type::Object) && self.success.as_ref().is_some_and(|sample| sample.value.is_object());
        let declared = plain.filter(whole).is_some_and(|body| {
            let value = self.success.as_ref().map_or(&Value::Null, |sample| &sample.value);
            value.as_object().is_some_and(|map| map.keys().any(|name| body.properties().contains(&name.as_str())))
        });
        let requires = refusal.is_some_and(|schema| {
            schema.alternatives().is_empty()
                && !schema.required().is_empty()
                && !schema.required().contains(&"returnCode")
        });
        let error_object =
            refusal.is_some_and(|schema| schema.kind() == Some(Type::Object) && schema.alternatives().is_empty());
        let all = [
            (Trait::Json, json),
            (Trait::Object, object),
            (Trait::Closed, object && declared),
            (Trait::NotNull, plain.is_some_and(|body| body.typed() && !body.nullable())),
            (Trait::NotString, plain.is_some_and(|body| body.typed() && body.kind() != Some(Type::String))),
            (Trait::Content, content),
            (Trait::Whole, json),
            (Trait::Stream, content && kind.is_some_and(MediaKind::is_stream)),
            (Trait::Empty, success.is_some() && !content),
            (Trait::Success, success.is_some()),
            (Trait::Error, self.error.is_some() && error_object && operation.method != "HEAD"),
            (Trait::ErrorRequires, self.error.is_some() && requires && operation.method != "HEAD"),
            (Trait::PlaceObject, self.places.object.is_some() && object),
            (Trait::PlaceInteger, self.places.integer.is_some() && object),
            (Trait::PlaceText, self.places.text.is_some() && object),
            (Trait::PlaceOptional, self.places.optional.is_some() && object),
            (Trait::Undocumented, self.undocumented.is_some()),
            (Trait::Gets, self.gets),
            (Trait::Idempotent, self.idempotent),
            (Trait::Replayable, true),
        ];
        all.into_iter().filter(|(_, is_so)| *is_so).map(|(one, _)| one).collect()
    }
}

impl Places {
    fn of<'d>(document: &'d Document, schema: &Conjunction<'d>, example: &Value) -> Result<Self, DocumentError> {
        let mut places = Self::default();
        let Some(map) = example.as_object().filter(|_| schema.alternatives().is_empty()) else { return Ok(places) };
        for (name, value) in map {
            let Some(property) = schema.property(document, name)? else { continue };
            if !schema.properties().contains(&name.as_str()) || !property.alternatives().is_empty() || !property.typed()
            {
                continue;
            }
            let (place, kind) = (Pointer::root().child(name), property.kind());
            let nullable = property.nullable();
            let closed = !property.open() && !property.properties().is_empty();
            let slot = match kind {
                Some(Type::Object) if value.is_object() && closed && !nullable => Some(&mut places.object),
                Some(Type::Integer) if value.is_i64() && property.listed().is_none() => Some(&mut places.integer),
                Some(Type::String) if value.is_string() => Some(&mut places.text),
                _ => None,
            };
            if let Some(slot) = slot {
                slot.get_or_insert_with(|| place.clone());
            }
            if !nullable && !schema.required().contains(&name.as_str()) {
                places.optional.get_or_insert(place);
            }
        }
        Ok(places)
    }
}

fn sample(operation: &Operation<'_>, offer: &Offer<'_>) -> Sample {
    let bodiless = is_bodiless(&operation.method, offer.status);
    Sample {
        status: offer.status,
        media_type: offer.media_type.clone(),
        headers: offer.headers.clone(),
        bytes: if bodiless { Vec::new() } else { offer.bytes.clone() },
        value: offer.value.clone().unwrap_or_default(),
    }
}

/// Whether a status asks for another attempt.
pub fn retried(status: u16) -> bool {
    matches!(status, 408 | 429 | 502..=504)
}

/// What the caller sees of a response without a body.
fn bare(operation: &Operation<'_>, status: u16) -> String {
    match operation.response(status) {
        None => format!("status {status}"),
        // A range, or `default`, may have content that a single status of it never has.
        Some(response)
            if response.bodies.is_empty()
                || operation.method == "HEAD"
                || (is_bodiless(&operation.method, status) && response.status == status.to_string()) =>
        {
            format!("{} {status}", kind(operation, response, status))
        }
        Some(_) => format!("content-type {status}"),
    }
}

/// The body of an error that callers get as documented: the first of JSON, or else the first.
fn read_of<'r, 'd>(response: &'r Response<'d>) -> Option<&'r Body<'d>> {
    response.bodies.iter().find(|body| body.kind() == MediaKind::Json).or(response.bodies.first())
}

/// What the caller sees of a page of HTML.
fn page(operation: &Operation<'_>, status: u16) -> String {
    let kind = match operation.response(status) {
        None => "status",
        Some(_) if operation.method == "HEAD" => "error-response",
        Some(response) if read_of(response).is_some_and(|body| body.covers("text/html")) => "error-response",
        Some(response) if response.bodies.is_empty() => "error-response",
        Some(_) => "content-type",
    };
    format!("{kind} {status}{}", if retried(status) { ", retryable" } else { "" })
}
