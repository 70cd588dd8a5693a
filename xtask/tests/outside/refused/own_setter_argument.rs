//! error[E0425]: cannot find type `Sealed` in module `runtime`

use lineworks_partner_client::runtime;

struct Mine;

impl runtime::IntoValue<i64> for Mine {
    fn into_value(self, _: runtime::Sealed) -> Result<i64, String> {
        Ok(1)
    }
}

fn main() {}
