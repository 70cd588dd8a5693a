//! `crossed-bounds`: no value could satisfy both.

use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "crossed-bounds", level: Level::Error, description: "No lower bound is above its upper bound.", check };

const PAIRS: &[(&str, &str)] =
    &[("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minimum", "maximum")];

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        for (lower, upper) in PAIRS {
            let (Some(low), Some(high)) = (schema.number(lower), schema.number(upper)) else { continue };
            let is_exclusive = schema.is_true("exclusiveMinimum") || schema.is_true("exclusiveMaximum");
            let is_empty = *lower == "minimum" && is_exclusive && low >= high;
            if low > high {
                let message = format!("`{upper}: {high}` is below `{lower}: {low}`, so no value satisfies both");
                findings
                    .at_value(&schema.at(upper), message, "raise the one or lower the other")
                    .if_allowed(Reading::Without(schema.at(upper)));
            } else if is_empty {
                let message =
                    format!("`{lower}` and `{upper}` are both {low} and one is exclusive, so no value satisfies both");
                findings
                    .at_value(&schema.at(upper), message, "make both inclusive, or move one of them")
                    .if_allowed(Reading::Without(schema.at(upper)));
            }
        }
    }
}
