//! Calls that nobody waits for any more: the future is dropped at some moment, before it was polled first, after any number
//! of polls, while the server is silent, or in the middle of the body.
//!
//! Whatever the moment, nothing panics, nothing is sent afterwards, and the same client serves the next call.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::rows::{ROWS, Row};
use super::scene::{raw, wait};
use super::traits::Trait;
use super::{Stage, Tried};
use crate::client::{Called, Calling, Kind};
use crate::server::Script;

/// When a call is dropped.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// Before it is polled for the first time.
    Unpolled,
    /// After so many polls.
    Polls(usize),
    /// After so many milliseconds.
    After(u64),
}

/// How long the server is silent: longer than any moment is late.
const SILENT: u64 = 1_500;

/// After so many milliseconds a call is dropped that was not polled often enough.
const LATEST: u64 = 300;

/// What the moments are called, and whether half of the body is there by then.
const MOMENTS: [(&str, Moment, bool); 7] = [
    ("dropped before it is polled", Moment::Unpolled, false),
    ("dropped after one poll", Moment::Polls(1), false),
    ("dropped after two polls", Moment::Polls(2), false),
    ("dropped after three polls", Moment::Polls(3), false),
    ("dropped after a millisecond", Moment::After(1), false),
    ("dropped ahead of the response", Moment::After(40), false),
    ("dropped in the middle of the body", Moment::After(40), true),
];

/// Drops a call of the operation at each moment that is asked for.
pub(super) fn run(stage: &Stage<'_>, asked: impl Fn(&str) -> bool) -> Vec<Tried> {
    if !stage.scene.traits.are.contains(&Trait::Success) {
        return Vec::new();
    }
    let plain = Row { retries: 0, strict: false, max_body: None, patience: None, trusted: false, ..ROWS[0] };
    let client = stage.client(&plain);
    let expected = format!("dropped, then {}", stage.scene.fill("value {ok}"));
    let mut tried = Vec::new();
    // Where there is no body, a call is over with the headers.
    let content = stage.scene.traits.are.contains(&Trait::Content);
    for (name, moment, half) in MOMENTS.into_iter().filter(|(name, _, half)| (content || !half) && asked(name)) {
        let script = if half { stage.scene.half([wait(SILENT)]) } else { silent() };
        stage.direct(Arc::new(move |_| script.clone()));
        let (binding, arguments) = (stage.call.binding, stage.call.arguments.clone());
        let (call, shared) = (binding.call, Arc::clone(&client));
        let dropping = async move { dropped(call(&shared, arguments), moment).await };
        let finished = stage.clients.run(async { tokio::spawn(dropping).await });
        let before = stage.servers.own.exchanges();
        let success = stage.scene.success();
        let (after, own, other) = stage.exchange(&client, Arc::new(move |_| success.clone()));
        let mut wrong = Vec::new();
        match &finished {
            Err(error) => wrong.push(format!("result: the call panics: {error}")),
            // Some calls are through before they can be dropped: their arguments are refused, or nobody responds.
            Ok(Some(called)) => wrong.push(format!("result: the call was over already: {called}")),
            Ok(None) => {}
        }
        if matches!(moment, Moment::Unpolled) && !before.is_empty() {
            wrong.push("request: something was sent for a call that nobody polled".into());
        }
        if before.len() > 1 {
            wrong.push(format!("request: {} requests were sent for a call that was dropped", before.len()));
        }
        let seen = format!("dropped, then {after}");
        if seen != expected {
            wrong.push(format!("result: `{seen}` instead of `{expected}`"));
        }
        if own.len() > 1 {
            wrong.push("request: the dropped call goes on beside the next one".into());
        }
        wrong.extend(stage.common_faults(&after, &own, &other));
        tried.push(Tried { seen, ..stage.tried(name, expected.clone(), &after, wrong) });
    }
    tried
}

/// A server that says nothing for long.
fn silent() -> Script {
    let mut script = raw("", "");
    script.steps = vec![wait(SILENT)];
    script
}

/// The result of a call that is over before the moment.
async fn dropped(mut calling: Calling, moment: Moment) -> Option<Called> {
    match moment {
        Moment::Unpolled => None,
        Moment::Polls(most) => {
            let mut polls = 0;
            let polled = std::future::poll_fn(move |context| {
                polls += 1;
                match Pin::new(&mut calling).poll(context) {
                    Poll::Ready(called) => Poll::Ready(Some(called)),
                    Poll::Pending if polls >= most => Poll::Ready(None),
                    Poll::Pending => Poll::Pending,
                }
            });
            tokio::time::timeout(Duration::from_millis(LATEST), polled).await.ok().flatten()
        }
        Moment::After(milliseconds) => {
            let called = tokio::time::timeout(Duration::from_millis(milliseconds), calling).await;
            called.ok().filter(|called| called.kind != Kind::Hangs)
        }
    }
}
