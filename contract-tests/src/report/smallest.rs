//! The payload of an enumerated case made as small as one that chance has found: everything goes that does not matter.

use proptest::strategy::ValueTree;
use serde_json::Value;

use crate::bindings::{Binding, SCHEMAS};
use crate::cases::Case;
use crate::difference::Difference;
use crate::document::{Conjunction, Document, Located};
use crate::oracle::{Validator, client, derived};
use crate::strategy::Shrinking;

/// How many smaller payloads are tried at most.
const TRIES: usize = 5_000;

/// The smallest payload that shows the same difference, with the same verdict of the document; nothing where the difference
/// is shown by something else than one payload, or by one that isn't found again.
pub fn smallest(document: &Document, difference: &Difference) -> Option<Difference> {
    if !matches!(difference.oracle, "client" | "derived") {
        return None;
    }
    let name = difference.place.split('/').next()?;
    let binding = SCHEMAS.iter().find(|binding| binding.name == name)?;
    let (_, schema) = document.component_schemas().into_iter().find(|(known, _)| *known == name)?;
    let judge = Judge::new(document, binding, schema)?;
    let verdict = judge.validator.violations(&difference.shown_by);
    let same = |payload: &Value| {
        let found =
            (judge.validator.violations(payload) == verdict).then(|| judge.of(difference.oracle, payload))??;
        (found.key() == difference.key()).then_some(found)
    };
    let mut best = same(&difference.shown_by)?;
    let mut tree = Shrinking::from(difference.shown_by.clone(), [].into());
    let mut more = tree.simplify();
    for _ in 0..TRIES {
        if !more {
            break;
        }
        more = match same(&tree.current()) {
            Some(smaller) => {
                best = smaller;
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    Some(best)
}

/// What judges one schema's payloads again.
struct Judge<'d> {
    document: &'d Document,
    binding: &'static Binding,
    conjunction: Conjunction<'d>,
    validator: Validator,
    compiled: Option<Validator>,
}

impl<'d> Judge<'d> {
    fn new(document: &'d Document, binding: &'static Binding, schema: Located<'d>) -> Option<Self> {
        let validator = Validator::new(document, schema.clone()).ok()?;
        let conjunction = Conjunction::of(document, schema).ok()?;
        Some(Self { document, binding, conjunction, validator, compiled: derived::compiled(binding).ok().flatten() })
    }

    /// What an oracle says of a payload with at most one fault.
    fn of(&self, oracle: &str, payload: &Value) -> Option<Difference> {
        let mut faults = self.validator.violations(payload).into_iter();
        let (fault, None) = (faults.next(), faults.next()) else { return None };
        let label = match &fault {
            Some(fault) => format!("{fault}: {}", payload.pointer(fault.pointer.as_str()).unwrap_or(&Value::Null)),
            None => "it conforms".into(),
        };
        let case = Case { label, payload: payload.clone(), fault };
        match oracle {
            "derived" => derived::judge_case(self.binding, self.compiled.as_ref()?, &case),
            _ => client::judge_case(self.document, &self.conjunction, self.binding, &case).ok().flatten(),
        }
    }
}
