//! A request's body, judged by the document's schema.

use std::sync::Arc;

use crate::document::{Document, DocumentError, Operation};
use crate::oracle::Validator;
use crate::request::{self, Meaning, MeantBody};

/// What is wrong with a body.
pub(super) enum BodyFault {
    /// The document has no body of this media type.
    MediaType(String),
    /// The body is not as the document has it.
    Content(String),
}

/// The compiled schemas of an operation's bodies, in their order; none where nothing can be compiled.
pub(super) fn validators(document: &Document, operation: &Operation<'_>) -> Vec<Option<Arc<Validator>>> {
    let schemas = operation.request.iter().map(|body| body.schema.clone());
    schemas.map(|schema| Validator::stated(document, schema?).ok().map(Arc::new)).collect()
}

/// What is wrong with the body of a request.
pub(super) fn fault(
    document: &Document,
    operation: &Operation<'_>,
    validators: &[Option<Arc<Validator>>],
    (media_type, is_empty): (&str, bool),
    meaning: &Meaning,
) -> Result<Option<BodyFault>, DocumentError> {
    let content = |fault: String| Ok(Some(BodyFault::Content(fault)));
    if operation.request.is_empty() {
        return Ok(None);
    }
    // A body without a byte is one by its media type: an empty file, an empty string.
    let is_none = is_empty && matches!(meaning.body, MeantBody::Absent | MeantBody::Unreadable(_));
    match operation.request_required {
        false if is_empty => return Ok(None),
        true if is_none => return content("the request has no body".to_owned()),
        _ => {}
    }
    let covering = operation.request.iter().zip(validators).filter(|(body, _)| body.covers(media_type));
    let Some((body, validator)) = covering.min_by_key(|(body, _)| body.media_type.matches('*').count()) else {
        let offered: Vec<&str> = operation.request.iter().map(|body| body.media_type).collect();
        let detail = format!("the document has no body of the media type `{media_type}`, only {}", offered.join(", "));
        return Ok(Some(BodyFault::MediaType(detail)));
    };
    Ok(request::of_body(document, body, validator.as_deref(), &meaning.body)?.map(BodyFault::Content))
}
