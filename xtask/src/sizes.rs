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
        let later = self.sum(|name| name.starts_with("later-") || name.starts_with("shared-"));
        let texts = self.sum(|name| name.ends_with(".json"));
        println!("{}", budget("first load, gzip", page, 330));
        println!("{}", plain("later parts, gzip", later));
        println!("{}", plain("texts of all catalogues, gzip", texts));
        println!("{}", budget("file worker, gzip", office, 750));
        println!("{}", budget("single file", single, 1600));
    }

    fn sum(&self, is_part: impl Fn(&str) -> bool) -> usize {
        self.0.iter().filter(|(name, ..)| is_part(name)).map(|(_, _, gzip)| gzip).sum()
    }
}

fn budget(what: &str, bytes: usize, kilobytes: usize) -> String {
    let verdict = if bytes <= kilobytes * 1000 { "within" } else { "OVER" };
    format!("{}, {verdict} {kilobytes} KB", plain(what, bytes))
}

/// Kilobytes are of 1,000 bytes.
fn plain(what: &str, bytes: usize) -> String {
    let (whole, tenth) = (bytes / 1000, bytes % 1000 / 100);
    format!("{what:<30} {whole}.{tenth} KB")
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
