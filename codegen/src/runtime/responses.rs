//! Answers read in another way than as JSON.

use progenitor_client::{Error, ResponseValue};

/// The whole body of an answer, as bytes.
pub(crate) async fn whole<E>(response: reqwest::Response) -> Result<ResponseValue<bytes::Bytes>, Error<E>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    Ok(ResponseValue::new(body, status, headers))
}
