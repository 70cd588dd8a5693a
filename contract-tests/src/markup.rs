//! What the pages of reports share: their frame and style, and how content gets into them without becoming markup.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::visible::{visible, visible_json};

/// The colours and letters of every page, light and dark.
const STYLE: &str = include_str!("markup/style.css");

/// A page that needs nothing else. A script runs only where it is the page's own, which the page's policy says by its digest;
/// nothing is fetched.
pub fn page(title: &str, style: &str, body: &str, script: Option<&str>) -> String {
    let allowed = script.map(|script| format!("; script-src 'sha256-{}'", STANDARD.encode(Sha256::digest(script))));
    let script = script.map(|script| format!("<script>{script}</script>")).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'{}\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title><style>{STYLE}{style}</style></head>\n<body>{body}{script}</body></html>\n",
        allowed.unwrap_or_default(),
        escaped(title)
    )
}

/// A text that is no markup, with what would not be seen written out.
pub fn escaped(text: &str) -> String {
    let text = visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

/// Data for a page's script: JSON in an element that nothing in it can end.
pub fn data(id: &str, value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    let json = visible_json(&json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{json}</script>"))
}

#[cfg(test)]
mod tests {
    use super::{data, escaped, page};

    #[test]
    fn nothing_that_a_document_says_is_markup() {
        assert_eq!(escaped("<script>\"&'\u{202e}"), "&lt;script&gt;&quot;&amp;&#39;\\u{202e}");
        let hostile = "</script><script>alert(1)</script><!-- &lt; \u{2028}";
        let element = data("data", &hostile).expect("it is JSON");
        let json = element.strip_prefix("<script type=\"application/json\" id=\"data\">").expect("the element");
        let json = json.strip_suffix("</script>").expect("its end");
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(json).expect("it is JSON still"), hostile);
    }

    #[test]
    fn a_page_allows_its_own_script_alone() {
        let plain = page("a <b>", "", "", None);
        assert!(
            plain.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'\"")
                && plain.contains("a &lt;b&gt;"),
            "{plain}"
        );
        // The digest of `1`, as `openssl dgst -sha256 -binary | base64` has it.
        let own = page("a", "", "", Some("1"));
        assert!(own.contains("script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"), "{own}");
    }
}
