//! The catalogues that every build carries.

/// Id and JSON of each.
type Shipped = (&'static str, &'static str);

const SHIPPED: [Shipped; 4] = [
    ("beijing-balance-2018", include_str!("../../indicators/beijing-balance-2018.json")),
    ("beijing-duties-2023", include_str!("../../indicators/beijing-duties-2023.json")),
    ("beijing-reform-2020", include_str!("../../indicators/beijing-reform-2020.json")),
    ("panjin-duties-2019", include_str!("../../indicators/panjin-duties-2019.json")),
];

/// Id and JSON of each embedded catalogue, in the order in which they are
/// offered. Nothing is parsed here.
#[cfg(not(feature = "synthetic"))]
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    &SHIPPED
}

/// Id and JSON of each embedded catalogue, in the order in which they are
/// offered, and the generated one.
#[cfg(feature = "synthetic")]
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    use std::sync::LazyLock;

    static JSON: LazyLock<String> = LazyLock::new(super::synthetic::json);
    static ALL: LazyLock<Vec<Shipped>> =
        LazyLock::new(|| SHIPPED.into_iter().chain([(super::synthetic::ID, JSON.as_str())]).collect());
    &ALL
}
