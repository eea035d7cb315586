//! The page's text: the template `index.html` with styles, scripts and the
//! Content-Security-Policy that allows exactly these and nothing else.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::run;

/// The scripts of the shell in the order in which they stand in the page; they
/// share one function scope.
const SHELL: [&str; 10] = [
    "parts.js",
    "crash.js",
    "raw.js",
    "safe.js",
    "later.js",
    "texts.js",
    "office.js",
    "offline.js",
    "update.js",
    "start.js",
];

/// The sources of the page, apart from the programs.
pub struct Sources {
    pub template: String,
    pub style: String,
    pub floor: String,
    pub shell: String,
    pub worker: String,
    pub service_worker: String,
    pub manifest: String,
    pub icon: String,
    /// Catalogues by id: today's text first, then those of earlier editions.
    pub texts: BTreeMap<String, Vec<String>>,
}

impl Sources {
    pub fn read() -> Result<Self> {
        let shell: Vec<String> = SHELL.iter().map(|name| shell_file(name)).collect::<Result<_>>()?;
        let shell = format!("(() => {{\nif (!window.zhidu) return;\n{}}})();\n", shell.concat());
        Ok(Self {
            template: read("index.html")?,
            style: styles()?,
            floor: shell_file("floor.js")?,
            shell: without_comments(&shell),
            worker: without_comments(&shell_file("worker.js")?),
            service_worker: shell_file("sw.js")?,
            manifest: shell_file("manifest.webmanifest")?,
            icon: read("style/icon.svg")?,
            texts: texts()?,
        })
    }

    /// Everything above as one text, to name a version by.
    pub fn all(&self) -> String {
        let parts = [&self.template, &self.style, &self.floor, &self.shell, &self.worker];
        let rest = [&self.service_worker, &self.manifest, &self.icon];
        let all = parts.into_iter().chain(rest).chain(self.texts.values().flatten());
        all.map(String::as_str).collect::<Vec<_>>().join("\0")
    }
}

/// What differs between the static site and the single file.
pub struct Page<'a> {
    /// Sources besides script and style hashes, as they stand in the policy.
    pub policy: &'a str,
    /// Elements of the head.
    pub links: String,
    /// The statement that makes `zhidu`.
    pub names: String,
    /// The page program's script.
    pub script: &'a str,
    /// The script that makes `zhidu.unpacker`, where there is something to unpack.
    pub unpack: String,
    /// Data blocks before the scripts, and after them.
    pub page_data: String,
    pub office_data: String,
}

/// Fills the template.
pub fn page(sources: &Sources, page: &Page) -> Result<String> {
    let floor = format!("{}\n{}", page.names, without_comments(&sources.floor));
    let script = without_comments(page.script);
    let unpack = without_comments(&page.unpack);
    let scripts = [floor.as_str(), &unpack, &script, &sources.shell];
    let hashes: Vec<String> = scripts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| format!("'{}'", integrity(text.as_bytes())))
        .collect();
    let csp = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src '{}'; {}; base-uri 'none'; form-action 'none'",
        hashes.join(" "),
        integrity(sources.style.as_bytes()),
        page.policy,
    );
    let csp = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{csp}\">");
    let [floor, unpack, shell] = [&floor, &unpack, &sources.shell].map(|text| element("script", "", text));
    let unpack = if page.unpack.is_empty() { String::new() } else { unpack? };
    let script = element("script", " id=\"part-program\"", &script);
    fill(
        &sources.template,
        &[
            ("csp", &csp),
            ("links", &page.links),
            ("floor", &floor?),
            ("style", &element("style", "", &sources.style)?),
            ("page-data", &page.page_data),
            ("unpack", &unpack),
            ("page", &script?),
            ("shell", &shell?),
            ("office-data", &page.office_data),
        ],
    )
}

/// "sha256-…", as `integrity` attributes and the policy write it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// Eight hexadecimal digits that name this content.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// A data: address for the icon.
pub fn icon_address(svg: &str) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}

/// Replaces each `<!--name-->`; every one has to be there once, and none besides.
fn fill(template: &str, texts: &[(&str, &str)]) -> Result<String> {
    let mut filled = String::new();
    let mut rest = template;
    let mut used = 0;
    while let Some((before, name, after)) = placeholder(rest) {
        let text = texts.iter().find(|(known, _)| *known == name);
        let (_, text) = text.with_context(|| format!("index.html: unknown placeholder {name}"))?;
        filled.push_str(before);
        filled.push_str(text);
        used += 1;
        rest = after;
    }
    if used != texts.len() {
        bail!("index.html: {used} of {} placeholders", texts.len());
    }
    filled.push_str(rest);
    Ok(filled)
}

fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("<!--")?;
    let (name, after) = rest.split_once("-->")?;
    Some((before, name, after))
}

/// An element whose text is taken as it stands, so it must not end it early.
pub fn element(tag: &str, attributes: &str, text: &str) -> Result<String> {
    let lower = text.to_ascii_lowercase();
    let end = format!("</{tag}");
    if let Some(found) = [end.as_str(), "<!--", "<script"].into_iter().find(|found| lower.contains(found)) {
        bail!("an inline {tag} must not contain {found}");
    }
    Ok(format!("<{tag}{attributes}>{text}</{tag}>"))
}

/// Leaves out what is for readers of the source: indentation, and lines that are only
/// a `//` comment.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The catalogues as they stand in `indicators/`: `<id>.json`, and each earlier edition
/// as `<id>.<hash>.json`.
fn texts() -> Result<BTreeMap<String, Vec<String>>> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names_in("indicators")? {
        let Some(stem) = name.strip_suffix(".json").filter(|stem| *stem != "schema") else { continue };
        let text = read(&format!("indicators/{name}"))?;
        match stem.split_once('.') {
            None => texts.entry(stem.to_owned()).or_default().insert(0, text),
            Some((id, _)) => texts.entry(id.to_owned()).or_default().push(text),
        }
    }
    Ok(texts)
}

/// The names of what is in a folder of the project, in their order.
fn names_in(folder: &str) -> Result<Vec<String>> {
    let entries = fs::read_dir(run::root().join(folder))?;
    let entries = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = entries.collect::<std::io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// The shell's own styles, then `style/*.css` in the order of their names.
fn styles() -> Result<String> {
    let mut names = names_in("style")?;
    names.retain(|name| name.ends_with(".css"));
    let mut all = shell_file("shell.css")?;
    for name in names {
        all.push_str(&read(&format!("style/{name}"))?);
    }
    Ok(without_css_comments(&all))
}

fn without_css_comments(style: &str) -> String {
    let mut kept = String::new();
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

fn shell_file(name: &str) -> Result<String> {
    read(&format!("src/shell/{name}"))
}

/// With `\n` alone at line ends, because that is what a browser hashes.
fn read(path: &str) -> Result<String> {
    let text =
        fs::read_to_string(run::root().join(path)).with_context(|| format!("{path} cannot be read"))?;
    Ok(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_browsers_expect() {
        // The example of the Content Security Policy specification's hash section.
        let script = b"alert('Hello, world.');";
        assert_eq!(integrity(script), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
        assert_eq!(short_hash(b""), "e3b0c442");
    }

    #[test]
    fn the_template_is_filled_once_and_completely() {
        let texts = [("a", "1"), ("b", "<!--a-->")];
        assert_eq!(fill("x<!--a-->y<!--b-->z", &texts).unwrap(), "x1y<!--a-->z");
        assert!(fill("<!--a-->", &texts).unwrap_err().to_string().contains("1 of 2"));
        assert!(fill("<!--c-->", &texts).unwrap_err().to_string().contains("unknown placeholder c"));
    }

    #[test]
    fn a_text_that_would_end_its_element_is_refused() {
        assert_eq!(element("script", "", "1").unwrap(), "<script>1</script>");
        assert!(element("script", "", "'</Script>'").is_err());
        assert!(element("style", "", "a</style").is_err());
    }

    #[test]
    fn comments_stay_in_the_source() {
        assert_eq!(without_comments("// a\n  // b\nc // d\n\n"), "c // d\n");
        assert_eq!(without_css_comments("/* a\n b */\n.c {\n  d: e;\n}\n/* open"), ".c {\nd: e;\n}\n");
    }
}
