//! Paths and URLs with `{name}` in them.

use std::collections::HashSet;

use thiserror::Error;

/// What is wrong with a template; the text is what such a template "…".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum TemplateError {
    #[error("has a `{{` without its `}}`")]
    Unclosed,
    #[error("has a `}}` without its `{{`")]
    Unopened,
    #[error("has `{{}}` without a name")]
    Unnamed,
    #[error("has `{{{0}}}` twice")]
    Repeated(String),
}

/// The names in a template, in order.
pub(super) fn template_names(template: &str) -> Result<Vec<&str>, TemplateError> {
    let (mut names, mut seen) = (Vec::new(), HashSet::new());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (_, brace) = rest.split_at(at);
        let Some(inner) = brace.strip_prefix('{') else { return Err(TemplateError::Unopened) };
        let Some((name, after)) = inner.split_once('}') else { return Err(TemplateError::Unclosed) };
        if name.contains('{') {
            return Err(TemplateError::Unclosed);
        }
        if name.is_empty() {
            return Err(TemplateError::Unnamed);
        }
        if !seen.insert(name) {
            return Err(TemplateError::Repeated(name.to_owned()));
        }
        names.push(name);
        rest = after;
    }
    Ok(names)
}

/// The name in an expression of RFC 6570, such as `{;name*}`, which OpenAPI does not know.
pub(super) fn without_operators(name: &str) -> &str {
    name.trim_start_matches(['.', ';', '?', '&', '+', '#', '/']).trim_end_matches('*')
}

/// A template without its names: equal for templates that match the same texts.
pub(super) fn shape_of(template: &str) -> String {
    let mut is_name = false;
    template
        .chars()
        .filter(|c| {
            let was_name = is_name;
            is_name = if *c == '{' { true } else { is_name && *c != '}' };
            !was_name || *c == '}'
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{TemplateError, shape_of, template_names};

    #[test]
    fn reads_names() {
        assert_eq!(template_names("/a/{b}/{c}.json"), Ok(vec!["b", "c"]));
        assert_eq!(template_names("/a/{b"), Err(TemplateError::Unclosed));
        assert_eq!(template_names("/a/{b{c}"), Err(TemplateError::Unclosed));
        assert_eq!(template_names("/a/b}"), Err(TemplateError::Unopened));
        assert_eq!(template_names("/a/{}"), Err(TemplateError::Unnamed));
        assert_eq!(template_names("/{b}/{b}"), Err(TemplateError::Repeated("b".to_owned())));
        assert_eq!(shape_of("/a/{b}/c{d}"), "/a/{}/c{}");
    }
}
