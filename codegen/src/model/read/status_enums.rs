//! Operations whose successes carry different bodies: an enum with a variant for each status.

use crate::model::{NamedType, Names, Operation, Reading, StatusEnum, StatusVariant, pascal};

/// The enums of all operations, whose names no type has.
pub fn read(operations: &mut [Operation<'_>], types: &[NamedType]) -> Vec<StatusEnum> {
    let taken: Vec<&str> = types.iter().map(|ty| ty.ident.as_str()).collect();
    let mut names = Names::reserving(&taken);
    let mut enums = Vec::new();
    for operation in operations {
        let successes: Vec<&Reading<'_>> = operation.readings.iter().filter(|reading| reading.success).collect();
        if successes.windows(2).all(|pair| matches!(pair, [a, b] if a.body.is_typed_as(&b.body))) {
            continue;
        }
        let ident = names.claim(&pascal(&format!("{} success", operation.ident)));
        let mut variants = Names::default();
        let variants = successes.iter().map(|reading| StatusVariant {
            status: reading.status.to_owned(),
            // A range such as `2XX` reads better in the case of a type's name.
            ident: variants.claim(&format!("Status{}", reading.status.replace('X', "x").replace('d', "D"))),
            body: reading.body.clone(),
        });
        let variants = variants.collect();
        operation.success = Some(enums.len());
        enums.push(StatusEnum { ident, operation: operation.ident.clone(), variants });
    }
    enums
}
