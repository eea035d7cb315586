//! Random bits for identities. `crypto.getRandomValues` exists on plain http
//! and `file://` too, unlike `randomUUID`.

/// 128 random bits.
pub fn random_bits() -> u128 {
    let mut bytes = [0; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled {
        return u128::from_le_bytes(bytes);
    }
    // No browser above the floor comes here; should one, ids stay distinct.
    let part = || (js_sys::Math::random() * f64::from(u32::MAX)) as u128;
    part() | part() << 32 | part() << 64 | part() << 96
}
