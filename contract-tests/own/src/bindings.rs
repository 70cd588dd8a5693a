//! bindings
#![allow(deprecated, reason = "x")]

contract_tests::client! {
    lineworks_partner_client, "../../generated-client/src/generated", DEFAULT_BASE_URL;
    schemas {
        "Customer" Both => types::Customer, properties {
            "tenantId" => tenant_id: i64,
            "productId" => product_id: types::ProductId | null,
            "administrator" => administrator: types::Administrator,
        };
        "Memo" Both => types::Memo;
        "Locale" Both => types::Locale, variants { "ja_JP" => JaJp, "en_US" => EnUs };
        "ProductId" Both => types::ProductId | null, variants { "STD_T" => StdT };
    }
    operations {
        "getCustomer" => get_customer GetCustomer(Path "domainId" => domain_id: i64)
            => One { "200" "application/json" } else One { "401" "application/json", "404" "application/json" };
    }
}
