//! error[E0603]: struct `Examiner` is private

use lineworks_partner_client::{Conformance, runtime};

struct Mine;

impl Conformance for Mine {
    fn examine<'a>(&'a self, _: &mut runtime::Examiner<'a>, _: &runtime::Rules) {}
}

fn main() {}
