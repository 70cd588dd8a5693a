//! Security: the schemes by which calls are authorized, and what an operation requires of them.

/// A scheme by which calls are authorized.
#[derive(Debug, Clone)]
pub struct SecurityScheme<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub kind: SchemeKind<'a>,
    /// The description.
    pub description: Option<&'a str>,
    /// The format of its bearer tokens.
    pub bearer_format: Option<&'a str>,
    /// The URL of its OpenID Connect configuration.
    pub open_id_connect_url: Option<&'a str>,
    /// The ways to get a token.
    pub flows: Vec<Flow<'a>>,
}

/// The kinds of security schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind<'a> {
    /// OAuth 2.0.
    OAuth2,
    /// OpenID Connect.
    OpenIdConnect,
    /// A key in a header, in the query or in a cookie, with its name there.
    ApiKey(&'a str, &'a str),
    /// A scheme of HTTP's own.
    Http(&'a str),
    /// Another type, by its name.
    Other(&'a str),
}

/// A way to get a token.
#[derive(Debug, Clone)]
pub struct Flow<'a> {
    /// Which one.
    pub grant: Grant,
    /// Where users authorize the client.
    pub authorization_url: Option<&'a str>,
    /// Where tokens come from.
    pub token_url: Option<&'a str>,
    /// Where tokens are renewed.
    pub refresh_url: Option<&'a str>,
    /// Each scope with its description.
    pub scopes: Vec<(&'a str, &'a str)>,
}

/// The grants of OAuth 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum Grant {
    AuthorizationCode,
    Implicit,
    Password,
    ClientCredentials,
}

/// A scheme that an operation requires.
#[derive(Debug, Clone)]
pub struct Requirement<'a> {
    /// The scheme's name.
    pub scheme: &'a str,
    /// Where its credential goes.
    pub credential: Credential<'a>,
    /// The scopes that the credential must have.
    pub scopes: Vec<&'a str>,
}

/// Where a credential goes in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential<'a> {
    /// The `Authorization` header, after this scheme's name.
    Authorization(&'a str),
    /// A header of this name.
    Header(&'a str),
    /// A query parameter of this name.
    Query(&'a str),
    /// A cookie of this name.
    Cookie(&'a str),
}

/// From where the client gets the tokens of a scheme.
#[derive(Debug, Clone, Copy)]
pub struct Tokens<'a> {
    /// The grant of the first token, and the URL that gives it.
    pub first: (Grant, &'a str),
    /// The grant whose tokens are renewed, and the URL that renews them.
    pub renewed: Option<(Grant, &'a str)>,
}

impl<'a> SecurityScheme<'a> {
    /// From where its tokens come, where a flow says it: at best by the client's own credentials. Those of users are the ones that are
    /// renewed, at the URL for tokens unless the flow has one of its own.
    pub fn tokens(&self) -> Option<Tokens<'a>> {
        let mut flows = self.flows.iter().filter(|flow| flow.gives_tokens());
        let first =
            flows.clone().find(|flow| flow.grant == Grant::ClientCredentials).or_else(|| flows.clone().next())?;
        let renewed = flows.find(|flow| flow.grant != Grant::ClientCredentials);
        let renewed = renewed.or_else(|| self.flows.iter().find(|flow| flow.refresh_url.is_some()));
        Some(Tokens {
            first: (first.grant, first.token_url?),
            renewed: renewed.and_then(|flow| Some((flow.grant, flow.refresh_url.or(flow.token_url)?))),
        })
    }
}

impl Flow<'_> {
    /// Whether a client can ask for a token. An implicit one comes with the user.
    pub fn gives_tokens(&self) -> bool {
        self.grant != Grant::Implicit && self.token_url.is_some()
    }
}

impl<'a> SchemeKind<'a> {
    /// Where the credential of such a scheme goes; OAuth 2.0 and OpenID Connect give bearer tokens.
    pub fn credential(&self) -> Credential<'a> {
        match *self {
            Self::ApiKey("query", name) => Credential::Query(name),
            Self::ApiKey("cookie", name) => Credential::Cookie(name),
            Self::ApiKey(_, name) => Credential::Header(name),
            Self::Http(scheme) if scheme.eq_ignore_ascii_case("basic") => Credential::Authorization("Basic"),
            Self::Http(scheme) if !scheme.eq_ignore_ascii_case("bearer") => Credential::Authorization(scheme),
            _ => Credential::Authorization("Bearer"),
        }
    }
}
