//! What a trace shows of a call, with the feature `tracing`: a span for the call, and in it an event for each attempt, each
//! retry, each token that is renewed, and the failure at the end. No argument, no address, no header and no body is in it.
//!
//! The names are those of OpenTelemetry's conventions for HTTP clients.

#[cfg(not(feature = "tracing"))]
mod silent {
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    use reqwest::StatusCode;

    use super::super::Operation;
    use super::super::failure::Failure;
    use super::super::reading::Received;

    /// Nothing, where nobody listens.
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn new(_: &'static Operation) -> Self {
            Self
        }

        pub(crate) async fn traced<A: Received>(
            &self,
            call: Pin<&mut impl Future<Output = Result<A, Failure>>>,
        ) -> Result<A, Failure> {
            call.await
        }

        pub(crate) fn attempt(&self, _: u32, _: Result<StatusCode, &Failure>) {}

        pub(crate) fn retry(&self, _: u32, _: Duration) {}

        pub(crate) fn renewal(&self) {}
    }
}

#[cfg(feature = "tracing")]
mod told {
    use std::future::{Future, poll_fn};
    use std::pin::Pin;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::{Duration, Instant};

    use reqwest::StatusCode;
    use tracing::Span;
    use tracing::field::Empty;

    use super::super::Operation;
    use super::super::failure::Failure;
    use super::super::reading::Received;

    /// The span of a call.
    pub(crate) struct Trace {
        span: Span,
        began: Instant,
        attempts: AtomicU32,
    }

    impl Trace {
        pub(crate) fn new(operation: &'static Operation) -> Self {
            let span = tracing::info_span!(
                "call",
                otel.name = %operation,
                otel.kind = "client",
                operation = operation.id,
                http.request.method = operation.method,
                url.template = operation.path,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
                duration_ms = Empty,
            );
            Self { span, began: Instant::now(), attempts: AtomicU32::new(0) }
        }

        pub(crate) async fn traced<A: Received>(
            &self,
            mut call: Pin<&mut impl Future<Output = Result<A, Failure>>>,
        ) -> Result<A, Failure> {
            // Where nobody listens, nothing is put down.
            if self.span.is_disabled() {
                return call.await;
            }
            // The span is entered for each step alone: a future may go on on another thread.
            let result = poll_fn(|context| self.span.in_scope(|| call.as_mut().poll(context))).await;
            let status = match &result {
                Ok(response) => Some(response.status()),
                Err(failure) => failure.status(),
            };
            if let Some(status) = status {
                self.span.record("http.response.status_code", status.as_u16());
            }
            self.span.record("http.request.resend_count", self.attempts.load(Ordering::Relaxed).saturating_sub(1));
            self.span.record("duration_ms", u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX));
            if let Err(failure) = &result {
                self.span.record("error.type", failure.kind());
                self.span.in_scope(|| tracing::warn!(error.type = failure.kind(), "the call failed"));
            }
            result
        }

        /// An attempt that is over.
        pub(crate) fn attempt(&self, number: u32, outcome: Result<StatusCode, &Failure>) {
            self.attempts.store(number, Ordering::Relaxed);
            match outcome {
                Ok(status) => tracing::info!(attempt = number, http.response.status_code = status.as_u16(), "attempt"),
                Err(failure) => tracing::info!(attempt = number, error.type = failure.kind(), "attempt"),
            }
        }

        /// Another attempt that follows after a wait.
        pub(crate) fn retry(&self, number: u32, wait: Duration) {
            let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(http.request.resend_count = number, wait_ms, "the call is tried again");
        }

        /// A token that the server refused, and another in its place.
        pub(crate) fn renewal(&self) {
            tracing::info!("the server refused the credentials, and there are others");
        }
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) use silent::Trace;
#[cfg(feature = "tracing")]
pub(crate) use told::Trace;
