//! The catalogues of this version.

/// Id and JSON of each.
type Shipped = (&'static str, &'static str);

const SHIPPED: [Shipped; 4] = [
    ("beijing-balance-2018", include_str!("../../indicators/beijing-balance-2018.json")),
    ("beijing-duties-2023", include_str!("../../indicators/beijing-duties-2023.json")),
    ("beijing-reform-2020", include_str!("../../indicators/beijing-reform-2020.json")),
    ("panjin-duties-2019", include_str!("../../indicators/panjin-duties-2019.json")),
];

/// Id and JSON of each catalogue of this version, in the order in which they are
/// offered. Nothing is parsed here.
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    &SHIPPED
}
