//! error[E0407]: method `value` is not a member of trait `lineworks_partner_client::runtime::IntoValue`

struct Mine;

impl lineworks_partner_client::runtime::IntoValue<i64> for Mine {
    fn value(self) -> i64 {
        1
    }
}

fn main() {}
