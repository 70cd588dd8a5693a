//! What a trace shows of a call: which operation, how it ended, in how many tries and how long. No argument, no address and
//! no body is in it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use reqwest::Response;

use super::Error;

#[cfg(not(feature = "tracing"))]
pub(crate) async fn traced<E, F: Future<Output = Result<Response, Error<E>>>>(
    _: &'static str,
    call: impl FnOnce(Arc<AtomicU32>) -> F,
) -> Result<Response, Error<E>> {
    call(Arc::default()).await
}

#[cfg(feature = "tracing")]
pub(crate) async fn traced<E, F: Future<Output = Result<Response, Error<E>>>>(
    operation: &'static str,
    call: impl FnOnce(Arc<AtomicU32>) -> F,
) -> Result<Response, Error<E>> {
    use std::sync::atomic::Ordering;
    use tracing::field::Empty;

    let span = tracing::info_span!("call", operation, status = Empty, fault = Empty, tries = Empty, milliseconds = Empty);
    let tries = Arc::<AtomicU32>::default();
    let began = std::time::Instant::now();
    let mut call = Box::pin(call(Arc::clone(&tries)));
    // The span is entered for each step alone: a future may go on on another thread.
    let result = std::future::poll_fn(|context| span.in_scope(|| call.as_mut().poll(context))).await;
    match &result {
        Ok(answer) => span.record("status", answer.status().as_u16()),
        Err(Error::Credentials(_)) => span.record("fault", "credentials"),
        Err(Error::Communication(error)) if error.is_timeout() => span.record("fault", "timeout"),
        Err(Error::Communication(error)) if error.is_connect() => span.record("fault", "connect"),
        Err(_) => span.record("fault", "request"),
    };
    span.record("tries", tries.load(Ordering::Relaxed));
    span.record("milliseconds", u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    result
}
