//! error[E0433]: cannot find `Examiner` in `runtime`

use lineworks_partner_client::{Conformance, runtime};

struct Mine;

impl Conformance for Mine {
    fn examine<'a>(&'a self, _: &mut runtime::Examiner<'a>, _: &runtime::Rules) {}
}

fn main() {}
