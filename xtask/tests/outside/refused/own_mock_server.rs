//! error[E0277]: the trait bound `Mine: runtime::mock::Sealed` is not satisfied

struct Mine;

impl lineworks_partner_client::mock::MockServerExt for Mine {}

fn main() {}
