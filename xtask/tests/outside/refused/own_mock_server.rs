//! error[E0277]: the trait bound `Mine: lineworks_partner_client::generated::runtime::mock::Sealed` is not satisfied

struct Mine;

impl lineworks_partner_client::mock::MockServerExt for Mine {}

fn main() {}
