//! Operations whose statuses carry different bodies: an enum for the successes, or the errors, with a variant for each status.

use crate::model::{NamedType, Names, Operation, Reading, StatusEnum, StatusVariant, pascal};

/// The enums of all operations, whose names no type has.
pub fn read(operations: &mut [Operation<'_>], types: &[NamedType]) -> Vec<StatusEnum> {
    let taken: Vec<&str> = types.iter().map(|ty| ty.ident.as_str()).collect();
    let mut names = Names::reserving(&taken);
    let mut enums = Vec::new();
    for operation in operations {
        for success in [true, false] {
            let side = operation.readings.iter().filter(|reading| reading.success == success);
            let side: Vec<&Reading<'_>> = side.filter(|reading| !reading.is_bodiless_error()).collect();
            if side.windows(2).all(|pair| matches!(pair, [a, b] if a.body == b.body)) {
                continue;
            }
            let suffix = if success { "success" } else { "failure" };
            let ident = names.claim(&pascal(&format!("{} {suffix}", operation.ident)));
            let mut variants = Names::default();
            let variants = side.iter().map(|reading| StatusVariant {
                status: reading.status.to_owned(),
                // A range such as `4XX` reads better in the case of a type's name.
                ident: variants.claim(&format!("Status{}", reading.status.replace('X', "x").replace('d', "D"))),
                body: reading.body.clone(),
            });
            let declared =
                StatusEnum { ident, operation: operation.ident.clone(), success, variants: variants.collect() };
            let index = Some(enums.len());
            enums.push(declared);
            if success { operation.success = index } else { operation.failure = index }
        }
    }
    enums
}
