//! How large a build is, beside the budget of each part.

use crate::pack::gzip;

/// Files with their sizes as they are and compressed, in bytes.
pub struct Sizes(Vec<(String, usize, usize)>);

impl Sizes {
    pub fn of(files: &[(String, Vec<u8>)]) -> Self {
        let size = |bytes: &Vec<u8>| gzip(bytes).map_or(bytes.len(), |gzip| gzip.len());
        Self(files.iter().map(|(name, bytes)| (name.clone(), bytes.len(), size(bytes))).collect())
    }

    pub fn print(&self) {
        println!("{:<28} {:>10} {:>10}", "file", "bytes", "gzip");
        for (name, raw, gzip) in &self.0 {
            println!("{name:<28} {raw:>10} {gzip:>10}");
        }
        let page = self.sum(|name| name == "index.html" || name.starts_with("zhidu-"));
        let office = self.sum(|name| name.starts_with("office-"));
        let single = self.0.iter().find(|(name, ..)| name == "zhidu.html").map_or(0, |(_, raw, _)| *raw);
        println!("{}", budget("page, gzip", page, 250));
        println!("{}", budget("file worker, gzip", office, 750));
        println!("{}", budget("single file", single, 1600));
    }

    fn sum(&self, is_part: impl Fn(&str) -> bool) -> usize {
        self.0.iter().filter(|(name, ..)| is_part(name)).map(|(_, _, gzip)| gzip).sum()
    }
}

/// Kilobytes are of 1,000 bytes.
fn budget(what: &str, bytes: usize, kilobytes: usize) -> String {
    let verdict = if bytes <= kilobytes * 1000 { "within" } else { "OVER" };
    let (whole, tenth) = (bytes / 1000, bytes % 1000 / 100);
    format!("{what:<28} {whole}.{tenth} KB, {verdict} {kilobytes} KB")
}

#[cfg(test)]
mod tests {
    use super::budget;

    #[test]
    fn the_budget_includes_its_limit() {
        assert!(budget("page", 250_000, 250).ends_with("250.0 KB, within 250 KB"));
        assert!(budget("page", 250_001, 250).ends_with("250.0 KB, OVER 250 KB"));
    }
}
