//! The values that a response's headers are sent with, each as a header has it.

use serde_json::Value;

use crate::document::{Conjunction, Header, Response, Way};
use crate::ground::Ground;
use crate::request::{Wanted, header_value, spelled};
use crate::strategy::StrategyError;

/// The most values that a header is sent with.
const MOST: usize = 8;

/// Where redirects lead that no client follows.
const ELSEWHERE: &str = "https://elsewhere.example/abc7";

/// A header, and values of it: as JSON, and as they are written.
pub type Sent<'o, 'd> = (&'o Header<'d>, Vec<(Value, String)>);

/// The values that each header of a response is sent with.
pub fn sent_headers<'o, 'd>(
    ground: &Ground<'d>,
    response: &'o Response<'d>,
) -> Result<Vec<Sent<'o, 'd>>, StrategyError> {
    let mut all = Vec::new();
    for header in &response.headers {
        let Some(schema) = &header.schema else {
            all.push((header, vec![("a".into(), "a".to_owned())]));
            continue;
        };
        let conjunction = Conjunction::of(ground.responses, schema.clone())?;
        let wanted = Wanted::of(ground.responses, &conjunction)?;
        let cases = ground.cases(Way::Response, schema.clone())?;
        let payloads = cases.cases.iter().filter(|case| case.fault.is_none()).map(|case| case.payload.clone());
        // A redirect to another server is handed to the caller, one on the same server followed: the first one sent must not be.
        let leads = response.status.starts_with('3') && header.name.eq_ignore_ascii_case("location");
        let elsewhere = Value::from(ELSEWHERE);
        let is_taken = leads && ground.validator(Way::Response, schema)?.accepts(&elsewhere);
        let values = Some(elsewhere).filter(|_| is_taken).into_iter().chain(header.example.cloned()).chain(payloads);
        let written = values.filter_map(|value| {
            let text = written(&value, header)?;
            // A text that is read as the value is one of it.
            let readings = header_value(&text, header.explode, header.media_type, &wanted).ok()?;
            readings.iter().any(|reading| reading.expresses(&value)).then_some((value, text))
        });
        all.push((header, written.take(MOST).collect()));
    }
    Ok(all)
}

/// A header's value in the style `simple`; nothing for one that no header can carry.
fn written(value: &Value, header: &Header<'_>) -> Option<String> {
    let text = match value {
        _ if header.media_type.is_some() => value.to_string(),
        Value::Array(list) => list.iter().map(spelled).collect::<Option<Vec<_>>>()?.join(","),
        Value::Object(map) => {
            let between = if header.explode { "=" } else { "," };
            let members = map.iter().map(|(name, value)| Some(format!("{name}{between}{}", spelled(value)?)));
            members.collect::<Option<Vec<_>>>()?.join(",")
        }
        single => spelled(single)?,
    };
    let plain = !text.is_empty() && text.trim() == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    (plain && text.len() < 2_000).then_some(text)
}
