//! Records as a later program may write them: another version, a field more in the
//! header, a sum that is right.

/// A record of this version with this body.
pub fn later(version: u32, body: &str) -> String {
    let of = format!("{version}\n13\n李四\n{body}");
    let sum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(of.as_bytes());
    format!("{{\"v\":{version},\"seq\":13,\"by\":\"李四\",\"sum\":\"{sum:08x}\",\"order\":1}}\n{body}")
}

/// A record of today as a later program may have written it: with a field more.
pub fn grown(text: &str) -> String {
    let (_, body) = text.split_once('\n').expect("a record has two lines");
    later(6, &body.replacen('{', "{\"ledger\":[{\"act\":1}],", 1))
}
