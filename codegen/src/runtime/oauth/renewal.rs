//! One token for all who need it, renewed once however many wait, and not given up with the call that began it.

use std::future::{Future, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::super::{CredentialsError, TokenFuture};
use super::{Granted, NoToken};

/// How long before its end a token is renewed.
const AHEAD: Duration = Duration::from_secs(60);

/// How long the API's refusals lead to no other token after they have led to one.
const BETWEEN_REFUSALS: Duration = Duration::from_secs(60);

/// The longest that the token server's request to be left alone is heeded.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// How tokens are requested.
pub(crate) trait Grant: Send + Sync + 'static {
    fn request(&self) -> impl Future<Output = Result<Granted, NoToken>> + Send;
}

/// The token, and how it is renewed.
pub(crate) struct Renewal<G> {
    grant: G,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// The renewal that is under way, and what it will give.
    pending: Option<watch::Receiver<Option<Outcome>>>,
    /// The last failure, and until when no other renewal is begun because of it.
    pause: Option<(Instant, NoToken)>,
    /// When a token was last dropped because the API refused it.
    dropped: Option<Instant>,
}

struct Token {
    secret: SecretString,
    due: Instant,
    end: Instant,
}

type Outcome = Result<SecretString, NoToken>;

impl<G: Grant> Renewal<G> {
    pub(crate) fn of(grant: G) -> Self {
        Self { grant, state: Mutex::default() }
    }

    pub(crate) fn grant(&self) -> &G {
        &self.grant
    }

    /// The token, at once where there is a valid one.
    pub(crate) fn token(self: &Arc<Self>) -> TokenFuture<'_> {
        // Most calls find a token, and need no room for what it takes to fetch one.
        match self.valid() {
            Some(token) => Box::pin(ready(Ok(token))),
            None => Box::pin(self.awaited()),
        }
    }

    /// The token, where there is a valid one. Where it is due, its renewal begins, and nobody waits for that.
    fn valid(self: &Arc<Self>) -> Option<SecretString> {
        let mut state = self.state();
        let now = Instant::now();
        let token = state.token.as_ref().filter(|token| now < token.end)?;
        let (secret, is_due) = (token.secret.clone(), now >= token.due);
        if is_due && state.paused(now).is_none() {
            // Without a runtime to renew it on, the token is still valid.
            let _ = self.begun(&mut state);
        }
        Some(secret)
    }

    /// The token, when there is one.
    async fn awaited(self: &Arc<Self>) -> Result<SecretString, CredentialsError> {
        loop {
            let mut pending = {
                let mut state = self.state();
                let now = Instant::now();
                if let Some(token) = state.token.as_ref().filter(|token| now < token.end) {
                    return Ok(token.secret.clone());
                }
                if let Some(refusal) = state.paused(now) {
                    return Err(refusal.clone().into_error());
                }
                self.begun(&mut state)?
            };
            // Where the runtime ended that the renewal ran on, another one begins on this one.
            if let Ok(outcome) = pending.wait_for(Option::is_some).await
                && let Some(outcome) = outcome.clone()
            {
                return outcome.map_err(NoToken::into_error);
            }
        }
    }

    /// Takes note that the API refused a token, and says whether there is, or will be, another one.
    pub(crate) fn refused(&self, refused: &SecretString) -> bool {
        let mut state = self.state();
        let is_kept = |token: &Token| token.secret.expose_secret() == refused.expose_secret();
        if !state.token.as_ref().is_some_and(is_kept) {
            // It has been renewed since, and the new one must not be dropped for its sake.
            return true;
        }
        let now = Instant::now();
        if state.dropped.is_some_and(|at| now < at + BETWEEN_REFUSALS) {
            return false;
        }
        state.dropped = Some(now);
        state.token = None;
        true
    }

    /// The renewal that is under way, or a new one: in a task of its own, so that it outlives whoever waits for it.
    fn begun(self: &Arc<Self>, state: &mut State) -> Result<watch::Receiver<Option<Outcome>>, CredentialsError> {
        // Without a sender, the task is gone.
        if let Some(pending) = state.pending.as_ref().filter(|pending| pending.has_changed().is_ok()) {
            return Ok(pending.clone());
        }
        let runtime = Handle::try_current()
            .map_err(|_| CredentialsError::new("there is no Tokio runtime, which it takes to request a token"))?;
        let (sender, receiver) = watch::channel(None);
        state.pending = Some(receiver.clone());
        let renewal = Arc::clone(self);
        runtime.spawn(async move {
            let outcome = renewal.grant.request().await;
            sender.send_replace(Some(renewal.keep(outcome)));
        });
        Ok(receiver)
    }

    fn keep(&self, outcome: Result<Granted, NoToken>) -> Outcome {
        let mut state = self.state();
        state.pending = None;
        let now = Instant::now();
        match outcome {
            Ok(Granted { token, lifetime, .. }) => {
                let end = now + lifetime;
                let due = end - AHEAD.min(lifetime / 2);
                state.token = Some(Token { secret: token.clone(), due, end });
                Ok(token)
            }
            Err(refusal) => {
                let pause = refusal.retry_after.map(|pause| now + pause.min(LONGEST_PAUSE));
                state.pause = pause.map(|until| (until, refusal.clone()));
                Err(refusal)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here can be half done when a thread panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Why no renewal may begin yet.
    fn paused(&self, now: Instant) -> Option<&NoToken> {
        self.pause.as_ref().filter(|(until, _)| now < *until).map(|(_, refusal)| refusal)
    }
}
