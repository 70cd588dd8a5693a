//! What honours a keyword, by the parts that the writers of items make their output of: a part that is taken away takes its claim
//! along.

use serde_json::Value;

use super::{Derived, Keyword, References, Words, checks};
use crate::claim::Claim;

impl Keyword {
    /// What honours it in a schema; without one, what may.
    pub fn honoured_by(&self, schema: Option<&Value>) -> Vec<Claim> {
        let mut claims = (self.also)(schema).to_vec();
        if self.is_a_rule(schema) {
            claims.extend([Claim::Constructor, Claim::Conformance]);
        }
        if self.is_derived(schema) {
            claims.push(Claim::DerivedSchema);
        }
        if self.is_told(schema) {
            claims.push(Claim::Documentation);
        }
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The same keyword without any part.
    #[cfg(test)]
    pub(crate) fn switched_off(&self) -> Self {
        Self { derived: Derived::Nothing, ..Self::annotation(self.name, self.value) }
    }

    /// Whether the runtime gets a rule of it.
    fn is_a_rule(&self, schema: Option<&Value>) -> bool {
        let field = self.rule.as_ref().map(|rule| rule.field);
        field.is_some_and(|field| schema.is_none_or(|schema| field(schema).is_some()))
    }

    /// Whether the derived schema says it.
    fn is_derived(&self, schema: Option<&Value>) -> bool {
        match self.derived {
            Derived::Nothing => false,
            Derived::WithAnother(is_said) => schema.is_none_or(is_said),
            Derived::As(translate) => schema.is_none_or(|schema| translate(schema, &mut Any).is_some()),
            _ => true,
        }
    }

    /// Whether the documentation of a type, a field or a parameter says it.
    fn is_told(&self, schema: Option<&Value>) -> bool {
        let value = schema.map(|schema| schema.get(self.name).unwrap_or(&Value::Null));
        let is = |test: &dyn Fn(&Value) -> bool| value.is_none_or(test);
        match self.words {
            // Of which kind a value is, its type says.
            Words::None | Words::Kind(_) => false,
            Words::Limit(_) | Words::Sentence => true,
            Words::Flag(_) | Words::Mark(_) => is(&|value| *value == Value::Bool(true)),
            Words::Paragraph(say) => is(&|value| say(value).is_some()),
            Words::Shown(_, takes, _) => is(&takes),
            Words::Each(..) => true,
            // Other parts have types of their own, with documentation of their own.
            Words::Parts(say) => {
                checks::is_one(self.name) && schema.is_none_or(|schema| !say(schema, &|_| String::new()).is_empty())
            }
        }
    }
}

/// References that lead somewhere, wherever they lead.
struct Any;

impl References for Any {
    fn schema_for(&mut self, _: &str) -> Option<Value> {
        Some(Value::Bool(true))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::keyword::{Rule, all, named};

    fn claims(schema: Value, name: &str) -> Vec<Claim> {
        named(name).unwrap().honoured_by(Some(&schema))
    }

    /// The claims of a keyword of which the part behind one is taken away.
    fn without(keyword: &Keyword, claim: Claim) -> Vec<Claim> {
        let rule = keyword.rule.as_ref().map(|Rule { of, needs_a_type, field }| Rule {
            of: *of,
            needs_a_type: *needs_a_type,
            field: *field,
        });
        let Keyword { derived, words, also, .. } = *keyword;
        let mut rest = Keyword { rule, derived, words, also, ..keyword.switched_off() };
        match claim {
            Claim::Constructor | Claim::Conformance => rest.rule = None,
            Claim::DerivedSchema => rest.derived = Derived::Nothing,
            Claim::Documentation => rest.words = Words::None,
            _ => rest.also = |_| &[],
        }
        rest.honoured_by(None)
    }

    #[test]
    fn whose_part_is_switched_off_loses_the_claim() {
        for keyword in all() {
            let of_parts = [Claim::Constructor, Claim::Conformance, Claim::DerivedSchema, Claim::Documentation];
            let stated = (keyword.also)(None);
            for claim in keyword.honoured_by(None) {
                if of_parts.contains(&claim) != stated.contains(&claim) {
                    assert!(!without(keyword, claim).contains(&claim), "{} {claim:?}", keyword.name);
                }
            }
            assert_eq!(keyword.switched_off().honoured_by(None), [], "{}", keyword.name);
        }
    }

    #[test]
    fn a_rule_is_honoured_by_more_than_words() {
        for keyword in all().filter(|keyword| keyword.rule.is_some()) {
            assert!(keyword.honoured_by(None).contains(&Claim::Conformance), "{}", keyword.name);
        }
    }

    #[test]
    fn what_asks_for_nothing_is_claimed_by_nobody() {
        assert!(!claims(json!({ "minLength": 0 }), "minLength").contains(&Claim::Constructor));
        assert!(claims(json!({ "minLength": 1 }), "minLength").contains(&Claim::Constructor));
        assert_eq!(claims(json!({ "minimum": 1, "exclusiveMinimum": false }), "exclusiveMinimum"), []);
        assert_eq!(claims(json!({ "exclusiveMinimum": true }), "exclusiveMinimum"), [Claim::Documentation]);
        let excluded = claims(json!({ "minimum": 1, "exclusiveMinimum": true }), "exclusiveMinimum");
        assert_eq!(excluded, [Claim::Constructor, Claim::Conformance, Claim::DerivedSchema, Claim::Documentation]);
        assert!(!claims(json!({ "readOnly": false }), "readOnly").contains(&Claim::Documentation));
        assert!(!claims(json!({ "example": { "a": 1 } }), "example").contains(&Claim::Documentation));
        assert_eq!(
            claims(json!({ "format": "int64" }), "format"),
            [Claim::Type, Claim::DerivedSchema, Claim::Documentation]
        );
        assert_eq!(claims(json!({ "format": "password" }), "format"), [Claim::DerivedSchema, Claim::Documentation]);
    }
}
