//! Where each keyword of OpenAPI 3.0 is honoured: the one table that the ledger and the lint rule `lost-keyword` read.

use serde_json::Value;

use super::{Kind, PAGINATION};
use crate::claim::Claim;
use crate::keyword::named;

/// The objects whose keywords the client promises to honour.
pub const PROMISED: [Kind; 11] = [
    Kind::Operation,
    Kind::Parameter,
    Kind::RequestBody,
    Kind::Encoding,
    Kind::Response,
    Kind::Schema,
    Kind::SecurityScheme,
    Kind::ImplicitFlow,
    Kind::PasswordFlow,
    Kind::ClientCredentialsFlow,
    Kind::AuthorizationCodeFlow,
];

use Claim::{Documentation, Runtime, Type};

/// What honours a keyword of an object, or may where no object is given; nothing where the client loses it.
pub fn claims(kind: Kind, keyword: &str, object: Option<&Value>) -> Vec<Claim> {
    match kind {
        Kind::Schema => named(keyword).map(|keyword| keyword.honoured_by(object)).unwrap_or_default(),
        kind => of_others(kind, keyword).to_vec(),
    }
}

/// Of objects that are no schema, one writer writes all that their keywords become.
fn of_others(kind: Kind, keyword: &str) -> &'static [Claim] {
    match kind {
        Kind::Parameter => parameter(keyword),
        Kind::Operation => operation(keyword),
        Kind::RequestBody => match keyword {
            "description" => &[Documentation],
            "content" | "required" => &[Type, Runtime, Documentation],
            _ => &[],
        },
        Kind::Encoding => match keyword {
            // OpenAPI 3.0.3 has `allowReserved` ignored in a body that is no form, so nothing is lost there.
            "style" | "explode" | "allowReserved" | "contentType" => &[Runtime, Documentation],
            "headers" => &[Type, Runtime, Documentation],
            _ => &[],
        },
        Kind::SecurityScheme => match keyword {
            "type" | "name" | "in" | "scheme" | "flows" => &[Type, Runtime, Documentation],
            "description" | "bearerFormat" | "openIdConnectUrl" => &[Documentation],
            _ => &[],
        },
        // There the token comes with the user, and not from a URL that a client asks.
        Kind::ImplicitFlow => match keyword {
            "authorizationUrl" | "tokenUrl" | "refreshUrl" | "scopes" => &[Documentation],
            _ => &[],
        },
        Kind::PasswordFlow | Kind::ClientCredentialsFlow | Kind::AuthorizationCodeFlow => match keyword {
            "tokenUrl" | "refreshUrl" | "scopes" => &[Type, Runtime, Documentation],
            "authorizationUrl" => &[Documentation],
            _ => &[],
        },
        Kind::Response => match keyword {
            "description" | "links" => &[Documentation],
            // Each has a reader.
            "headers" => &[Type, Runtime, Documentation],
            "content" => &[Type, Runtime, Documentation],
            _ => &[],
        },
        _ => &[],
    }
}

fn parameter(keyword: &str) -> &'static [Claim] {
    match keyword {
        "in" | "style" | "explode" | "allowReserved" | "content" => &[Runtime, Documentation],
        "name" | "required" | "schema" => &[Type, Runtime, Documentation],
        "deprecated" => &[Type, Documentation],
        // An empty value is sent as it is, whether it is said to be allowed or not.
        "description" | "example" | "examples" | "allowEmptyValue" => &[Documentation],
        _ => &[],
    }
}

fn operation(keyword: &str) -> &'static [Claim] {
    match keyword {
        "operationId" | "parameters" | "requestBody" | "responses" | "security" | PAGINATION => {
            &[Type, Runtime, Documentation]
        }
        "servers" => &[Runtime, Documentation],
        "summary" | "description" | "tags" | "externalDocs" | "callbacks" => &[Documentation],
        "deprecated" => &[Type, Documentation],
        _ => &[],
    }
}
