//! What a service account signs to be given a token: a JSON Web Token (RFC 7519), signed with RS256.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::grant::Identity;
use crate::generated::runtime::{CredentialsError, NoToken};

/// How long a signed assertion is good for, in seconds; LINE WORKS allows an hour. It is used at once.
const LIFETIME: u64 = 600;

/// The key that assertions are signed with.
pub(super) fn key(pem: &SecretString) -> Result<RsaKeyPair, CredentialsError> {
    // Where the key came through an environment variable, its line breaks may have come as two characters each.
    let text = pem.expose_secret().replace("\\n", "\n");
    let pair = match PrivateKeyDer::from_pem_slice(text.as_bytes()) {
        Ok(PrivateKeyDer::Pkcs8(key)) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).ok(),
        Ok(PrivateKeyDer::Pkcs1(key)) => RsaKeyPair::from_der(key.secret_pkcs1_der()).ok(),
        _ => None,
    };
    pair.ok_or_else(|| {
        CredentialsError::new(
            "the private key is no RSA key in PEM: give the whole file from the Developer Console, from `-----BEGIN` to the \
             last dash",
        )
    })
}

/// A fresh assertion.
pub(super) fn sign(identity: &Identity, key: &RsaKeyPair) -> Result<SecretString, NoToken> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let iat = now.map_err(|_| NoToken::lasting("this machine's clock is before 1970: set it"))?.as_secs();
    let header = json!({"alg": "RS256", "typ": "JWT"});
    let claims = json!({"iss": identity.client_id, "sub": identity.account, "iat": iat, "exp": iat + LIFETIME});
    let mut token = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
        .map_err(|_| NoToken::lasting("the private key cannot sign: fetch it from the Developer Console again"))?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(SecretString::from(token))
}
