//! Bodies of text that stand for one value: a string as it is, a number or a truth value as JSON spells it.

use serde::de::DeserializeOwned;

use super::decode::{conforming, is_of, of_another_type};
use super::reading::Received;
use super::{
    Conformance, DecodeError, Error, Reason, ResponseValue, Rules, Settings, Violation, decode, violations_within,
};

/// A response of this media type as the value that its text stands for; of a success in strict mode with nothing in it that
/// deviates from the document.
pub(crate) async fn text_value<T>(
    response: impl Received,
    settings: &Settings,
    media_type: &str,
    rules: &Rules,
    success: bool,
) -> Result<ResponseValue<T>, Error>
where
    T: DeserializeOwned + Conformance + Send + Sync + 'static,
{
    let response = response.whole(settings).await?;
    if !is_of(response.headers(), media_type) {
        return Err(of_another_type(response));
    }
    match meant(response.body(), rules) {
        Ok((value, violations)) if success && settings.is_strict() => {
            conforming(ResponseValue::new(value, response), violations)
        }
        Ok((value, _)) => Ok(ResponseValue::new(value, response)),
        Err(error) => Err(Error::unexpected(response, Reason::Body(error))),
    }
}

/// The value that a text stands for, and in what it deviates from the document: a string, or else the number or truth value
/// that it spells, where the type takes that alone or the document does.
fn meant<T: DeserializeOwned + Conformance>(body: &[u8], rules: &Rules) -> Result<(T, Vec<Violation>), DecodeError> {
    let text = std::str::from_utf8(body).map_err(|_| DecodeError::of_body("the body is not UTF-8"))?;
    let read = |json: &str| {
        let value: T = decode(json.as_bytes())?;
        let violations = violations_within(&value, json.as_bytes(), rules);
        Ok((value, violations))
    };
    let as_string = read(&serde_json::Value::from(text).to_string());
    if let Ok((_, violations)) = &as_string
        && violations.is_empty()
    {
        return as_string;
    }
    let spells = matches!(serde_json::from_str(text), Ok(serde_json::Value::Number(_) | serde_json::Value::Bool(_)));
    match (as_string, spells.then(|| read(text))) {
        (_, Some(Ok((value, violations)))) if violations.is_empty() => Ok((value, violations)),
        (Err(_), Some(literal)) => literal,
        (as_string, _) => as_string,
    }
}
