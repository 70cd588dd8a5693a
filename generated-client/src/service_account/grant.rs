//! How a service account requests a token.

use std::fmt;
use std::future::Future;

use aws_lc_rs::signature::RsaKeyPair;
use secrecy::SecretString;

use super::assertion;
use crate::generated::runtime::{self, Form, Granted, NoToken, TokenEndpoint};

/// What it takes to be given tokens.
pub(super) struct Grant {
    pub(super) identity: Identity,
    pub(super) key: RsaKeyPair,
    pub(super) endpoint: TokenEndpoint,
}

/// Who requests tokens, and for what.
pub(super) struct Identity {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) account: String,
    pub(super) scope: String,
}

impl Grant {
    fn form(&self) -> Result<Form, NoToken> {
        let Identity { client_id, client_secret, scope, .. } = &self.identity;
        let form = Form::new("urn:ietf:params:oauth:grant-type:jwt-bearer");
        let form = form.with_secret("assertion", assertion::sign(&self.identity, &self.key)?);
        let form = form.with("client_id", client_id).with_secret("client_secret", client_secret.clone());
        Ok(form.with("scope", scope))
    }
}

impl runtime::Grant for Grant {
    fn request(&self) -> impl Future<Output = Result<Granted, NoToken>> + Send {
        self.endpoint.token(|| self.form())
    }
}

/// Neither key nor secret is shown.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("account", &self.identity.account)
            .field("scope", &self.identity.scope)
            .field("token_host", &self.endpoint.host())
            .finish_non_exhaustive()
    }
}
