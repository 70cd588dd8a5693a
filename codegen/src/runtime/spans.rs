//! What a trace shows of a call: which operation, how it ended, in how many tries and how long. No argument, no address and
//! no body is in it.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::AtomicU32;

use super::failure::Failure;
use super::reading::Received;

#[cfg(not(feature = "tracing"))]
pub(crate) async fn traced<A: Received>(
    _: &'static str,
    _: &AtomicU32,
    call: Pin<&mut impl Future<Output = Result<A, Failure>>>,
) -> Result<A, Failure> {
    call.await
}

#[cfg(feature = "tracing")]
pub(crate) async fn traced<A: Received>(
    operation: &'static str,
    tries: &AtomicU32,
    mut call: Pin<&mut impl Future<Output = Result<A, Failure>>>,
) -> Result<A, Failure> {
    use std::sync::atomic::Ordering;
    use tracing::field::Empty;

    let span =
        tracing::info_span!("call", operation, status = Empty, fault = Empty, tries = Empty, milliseconds = Empty);
    // Where nobody listens, nothing is put down.
    if span.is_disabled() {
        return call.await;
    }
    let began = std::time::Instant::now();
    // The span is entered for each step alone: a future may go on on another thread.
    let result = std::future::poll_fn(|context| span.in_scope(|| call.as_mut().poll(context))).await;
    match &result {
        Ok(response) => span.record("status", response.status().as_u16()),
        Err(failure) => {
            if let Some(status) = failure.status() {
                span.record("status", status.as_u16());
            }
            span.record("fault", failure.kind())
        }
    };
    span.record("tries", tries.load(Ordering::Relaxed));
    span.record("milliseconds", u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    result
}
