//! error[E0004]: non-exhaustive patterns

use lineworks_partner_client::types::DomainType;

fn main() {
    match DomainType::Group {
        DomainType::Domain | DomainType::Group | DomainType::Unlisted(_) => {}
    }
}
