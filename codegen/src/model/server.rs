//! Servers and the URLs that they stand for.

/// A server.
#[derive(Debug, Clone, Default)]
pub struct Server<'a> {
    /// The URL, a template where there are variables.
    pub url: &'a str,
    /// The description.
    pub description: Option<&'a str>,
    /// The variables of the URL.
    pub variables: Vec<ServerVariable<'a>>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, Default)]
pub struct ServerVariable<'a> {
    /// Its name.
    pub name: &'a str,
    /// The value that it has by default.
    pub default: Option<&'a str>,
    /// The values that it may have, where they are listed.
    pub values: Vec<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
}

impl Server<'_> {
    /// The URL with its variables at their defaults, without a slash at its end.
    pub fn default_url(&self) -> String {
        let mut url = self.url.to_owned();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), variable.default.unwrap_or_default());
        }
        url.trim_end_matches('/').to_owned()
    }

    /// The URL of the first of some servers, where it is absolute.
    pub fn base_url(servers: &[Self]) -> Option<String> {
        servers.first().map(Self::default_url).filter(|url| url.contains("://"))
    }

    /// The path of the first of some servers.
    pub fn base_path(servers: &[Self]) -> String {
        let url = servers.first().map(Self::default_url).unwrap_or_default();
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
            None => &url,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        if matches!(path, "" | ".") { String::new() } else { format!("/{path}") }
    }
}
