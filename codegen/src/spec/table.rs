//! The table itself: each object of OpenAPI 3.0.3 with its fields, in the specification's order.

use std::sync::LazyLock;

use super::Shape::{Any, Boolean, List, Map, Object, Referable, Text, Word};
use super::{Definition, Field, Kind, Others, Presence, Shape};
use crate::keyword;

const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, presence: Presence::Optional }
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, presence: Presence::Required }
}

const fn required_if(name: &'static str, shape: Shape, field: &'static str, value: &'static str) -> Field {
    Field { name, shape, presence: Presence::RequiredIf(field, value) }
}

const fn define(name: &'static str, fields: &'static [Field]) -> Definition {
    Definition { name, fields, others: Others::None, is_extensible: true }
}

const fn define_open(name: &'static str, others: Others, fields: &'static [Field]) -> Definition {
    Definition { name, fields, others, is_extensible: true }
}

/// What the specification says of a kind of object.
pub(super) fn definition(kind: Kind) -> &'static Definition {
    match kind {
        Kind::OpenApi => &OPENAPI,
        Kind::Info => &INFO,
        Kind::Contact => &CONTACT,
        Kind::License => &LICENSE,
        Kind::Server => &SERVER,
        Kind::ServerVariable => &SERVER_VARIABLE,
        Kind::Components => &COMPONENTS,
        Kind::Paths => &PATHS,
        Kind::PathItem => &PATH_ITEM,
        Kind::Operation => &OPERATION,
        Kind::ExternalDocs => &EXTERNAL_DOCS,
        Kind::Parameter => &PARAMETER,
        Kind::RequestBody => &REQUEST_BODY,
        Kind::MediaType => &MEDIA_TYPE,
        Kind::Encoding => &ENCODING,
        Kind::Responses => &RESPONSES,
        Kind::Response => &RESPONSE,
        Kind::Callback => &CALLBACK,
        Kind::Example => &EXAMPLE,
        Kind::Link => &LINK,
        Kind::Header => &HEADER,
        Kind::Tag => &TAG,
        Kind::Schema => &SCHEMA,
        Kind::Discriminator => &DISCRIMINATOR,
        Kind::Xml => &XML,
        Kind::SecurityScheme => &SECURITY_SCHEME,
        Kind::OAuthFlows => &OAUTH_FLOWS,
        Kind::ImplicitFlow => &IMPLICIT_FLOW,
        Kind::PasswordFlow => &PASSWORD_FLOW,
        Kind::ClientCredentialsFlow => &CLIENT_CREDENTIALS_FLOW,
        Kind::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
        Kind::SecurityRequirement => &SECURITY_REQUIREMENT,
    }
}

static OPENAPI: Definition = define(
    "OpenAPI",
    &[
        required("openapi", Text),
        required("info", Object(Kind::Info)),
        optional("servers", List(&Object(Kind::Server))),
        required("paths", Object(Kind::Paths)),
        optional("components", Object(Kind::Components)),
        optional("security", List(&Object(Kind::SecurityRequirement))),
        optional("tags", List(&Object(Kind::Tag))),
        optional("externalDocs", Object(Kind::ExternalDocs)),
    ],
);

static INFO: Definition = define(
    "Info",
    &[
        required("title", Text),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Object(Kind::Contact)),
        optional("license", Object(Kind::License)),
        required("version", Text),
    ],
);

static CONTACT: Definition =
    define("Contact", &[optional("name", Text), optional("url", Text), optional("email", Text)]);

static LICENSE: Definition = define("License", &[required("name", Text), optional("url", Text)]);

static SERVER: Definition = define(
    "Server",
    &[required("url", Text), optional("description", Text), optional("variables", Map(&Object(Kind::ServerVariable)))],
);

static SERVER_VARIABLE: Definition = define(
    "Server Variable",
    &[optional("enum", List(&Text)), required("default", Text), optional("description", Text)],
);

static COMPONENTS: Definition = define(
    "Components",
    &[
        optional("schemas", Map(&Referable(Kind::Schema))),
        optional("responses", Map(&Referable(Kind::Response))),
        optional("parameters", Map(&Referable(Kind::Parameter))),
        optional("examples", Map(&Referable(Kind::Example))),
        optional("requestBodies", Map(&Referable(Kind::RequestBody))),
        optional("headers", Map(&Referable(Kind::Header))),
        optional("securitySchemes", Map(&Referable(Kind::SecurityScheme))),
        optional("links", Map(&Referable(Kind::Link))),
        optional("callbacks", Map(&Referable(Kind::Callback))),
    ],
);

static PATHS: Definition = define_open("Paths", Others::Paths, &[]);

static PATH_ITEM: Definition = define(
    "Path Item",
    &[
        optional("$ref", Text),
        optional("summary", Text),
        optional("description", Text),
        optional("get", Object(Kind::Operation)),
        optional("put", Object(Kind::Operation)),
        optional("post", Object(Kind::Operation)),
        optional("delete", Object(Kind::Operation)),
        optional("options", Object(Kind::Operation)),
        optional("head", Object(Kind::Operation)),
        optional("patch", Object(Kind::Operation)),
        optional("trace", Object(Kind::Operation)),
        optional("servers", List(&Object(Kind::Server))),
        optional("parameters", List(&Referable(Kind::Parameter))),
    ],
);

static OPERATION: Definition = define(
    "Operation",
    &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", Object(Kind::ExternalDocs)),
        optional("operationId", Text),
        optional("parameters", List(&Referable(Kind::Parameter))),
        optional("requestBody", Referable(Kind::RequestBody)),
        required("responses", Object(Kind::Responses)),
        optional("callbacks", Map(&Referable(Kind::Callback))),
        optional("deprecated", Boolean),
        optional("security", List(&Object(Kind::SecurityRequirement))),
        optional("servers", List(&Object(Kind::Server))),
    ],
);

static EXTERNAL_DOCS: Definition =
    define("External Documentation", &[optional("description", Text), required("url", Text)]);

static PARAMETER: Definition = define(
    "Parameter",
    &[
        required("name", Text),
        required("in", Word(&["path", "query", "header", "cookie"])),
        optional("description", Text),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        optional("style", Word(STYLES)),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Referable(Kind::Schema)),
        optional("example", Any),
        optional("examples", Map(&Referable(Kind::Example))),
        optional("content", Map(&Object(Kind::MediaType))),
    ],
);

static REQUEST_BODY: Definition = define(
    "Request Body",
    &[optional("description", Text), required("content", Map(&Object(Kind::MediaType))), optional("required", Boolean)],
);

static MEDIA_TYPE: Definition = define(
    "Media Type",
    &[
        optional("schema", Referable(Kind::Schema)),
        optional("example", Any),
        optional("examples", Map(&Referable(Kind::Example))),
        optional("encoding", Map(&Object(Kind::Encoding))),
    ],
);

static ENCODING: Definition = define(
    "Encoding",
    &[
        optional("contentType", Text),
        optional("headers", Map(&Referable(Kind::Header))),
        optional("style", Word(STYLES)),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
    ],
);

static RESPONSES: Definition =
    define_open("Responses", Others::Statuses, &[optional("default", Referable(Kind::Response))]);

static RESPONSE: Definition = define(
    "Response",
    &[
        required("description", Text),
        optional("headers", Map(&Referable(Kind::Header))),
        optional("content", Map(&Object(Kind::MediaType))),
        optional("links", Map(&Referable(Kind::Link))),
    ],
);

static CALLBACK: Definition = define_open("Callback", Others::Any(&Object(Kind::PathItem)), &[]);

static EXAMPLE: Definition = define(
    "Example",
    &[
        optional("summary", Text),
        optional("description", Text),
        optional("value", Any),
        optional("externalValue", Text),
    ],
);

static LINK: Definition = define(
    "Link",
    &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        optional("description", Text),
        optional("server", Object(Kind::Server)),
    ],
);

static HEADER: Definition = define(
    "Header",
    &[
        optional("description", Text),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        optional("style", Word(STYLES)),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Referable(Kind::Schema)),
        optional("example", Any),
        optional("examples", Map(&Referable(Kind::Example))),
        optional("content", Map(&Object(Kind::MediaType))),
    ],
);

static TAG: Definition = define(
    "Tag",
    &[required("name", Text), optional("description", Text), optional("externalDocs", Object(Kind::ExternalDocs))],
);

/// The keywords of schemas, each in its file under `keyword`; extensions are not the specification's.
static SCHEMA: LazyLock<Definition> = LazyLock::new(|| {
    static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
        // Those under which keywords of 3.1 are kept are what the specification says of them.
        let is_specified = |name: &str| !name.starts_with("x-") || keyword::checks::is_one(name);
        let specified = keyword::all().filter(|keyword| is_specified(keyword.name));
        specified.map(|keyword| optional(keyword.name, keyword.value)).collect()
    });
    define("Schema", &FIELDS)
});

static DISCRIMINATOR: Definition =
    define("Discriminator", &[required("propertyName", Text), optional("mapping", Map(&Text))]);

static XML: Definition = define(
    "XML",
    &[
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Boolean),
        optional("wrapped", Boolean),
    ],
);

static SECURITY_SCHEME: Definition = define(
    "Security Scheme",
    &[
        required("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        optional("description", Text),
        required_if("name", Text, "type", "apiKey"),
        required_if("in", Word(&["query", "header", "cookie"]), "type", "apiKey"),
        required_if("scheme", Text, "type", "http"),
        optional("bearerFormat", Text),
        required_if("flows", Object(Kind::OAuthFlows), "type", "oauth2"),
        required_if("openIdConnectUrl", Text, "type", "openIdConnect"),
    ],
);

static OAUTH_FLOWS: Definition = define(
    "OAuth Flows",
    &[
        optional("implicit", Object(Kind::ImplicitFlow)),
        optional("password", Object(Kind::PasswordFlow)),
        optional("clientCredentials", Object(Kind::ClientCredentialsFlow)),
        optional("authorizationCode", Object(Kind::AuthorizationCodeFlow)),
    ],
);

static IMPLICIT_FLOW: Definition = define(
    "OAuth Flow",
    &[
        required("authorizationUrl", Text),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static PASSWORD_FLOW: Definition = define(
    "OAuth Flow",
    &[
        optional("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static CLIENT_CREDENTIALS_FLOW: Definition = define(
    "OAuth Flow",
    &[
        optional("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static AUTHORIZATION_CODE_FLOW: Definition = define(
    "OAuth Flow",
    &[
        required("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static SECURITY_REQUIREMENT: Definition =
    Definition { name: "Security Requirement", fields: &[], others: Others::Any(&List(&Text)), is_extensible: false };
