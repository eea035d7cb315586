//! The two forms of a build: the static site, and the one file that holds all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::pack::{lzip, printable, smallest_gzip};
use crate::page::{Page, Sources, element, icon_address, integrity, page, short_hash};
use crate::program::{self, Form, OFFICE, PAGE, Program, UNPACK, WHOLE};
use crate::sizes::Sizes;
use crate::toolchain::Web;

const HOSTED_POLICY: &str =
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'";
const SINGLE_POLICY: &str = "img-src data: blob:; connect-src 'none'; worker-src blob:";

/// Names of parts by what they belong to.
type Groups = BTreeMap<String, Vec<String>>;

/// A file of the output: its name and its content.
type File = (String, Vec<u8>);

/// The sources of the page, and the version that is made of them and programs.
struct Build {
    sources: Sources,
    version: String,
}

/// Writes the static site and `zhidu.html` for users.
pub fn release(web: &Web, out: &Path, features: Option<&str>) -> Result<Sizes> {
    let programs = [PAGE, OFFICE, WHOLE, UNPACK];
    let [page, office, whole, unpack] = program::build(web, Form::Release, programs, features)?;
    let build = Build::new([&page, &office, &whole, &unpack])?;
    let mut files = build.hosted(&page, &office, false)?;
    files.push(("zhidu.html".to_owned(), build.single(&whole, &unpack)?.into_bytes()));
    write(out, &files)?;
    println!("wrote {}", out.display());
    Ok(Sizes::of(&files))
}

/// Writes the static site alone, for the development server and for builds that are
/// only measured.
pub fn site(web: &Web, form: Form, out: &Path, features: Option<&str>) -> Result<()> {
    let [page, office] = program::build(web, form, [PAGE, OFFICE], features)?;
    let fresh = matches!(form, Form::Dev);
    write(out, &Build::new([&page, &office])?.hosted(&page, &office, fresh)?)
}

impl Build {
    fn new<const N: usize>(programs: [&Program; N]) -> Result<Self> {
        let sources = Sources::read()?;
        let mut all = sources.all().into_bytes();
        for program in programs {
            all.extend_from_slice(program.script.as_bytes());
            all.extend_from_slice(&program.module);
            program.later.pieces.values().for_each(|piece| all.extend_from_slice(piece));
        }
        Ok(Self { version: short_hash(&all), sources })
    }

    /// The static site. With `fresh` its service worker asks the network for the
    /// page first, so that a reload always shows the last build.
    fn hosted(&self, page_program: &Program, office: &Program, fresh: bool) -> Result<Vec<File>> {
        let mut files = vec![
            named("zhidu", "wasm", &page_program.module),
            named("office", "js", format!("{}{}", office.script, self.sources.worker).as_bytes()),
            named("office", "wasm", &office.module),
            ("manifest.webmanifest".to_owned(), self.sources.manifest.clone().into_bytes()),
            ("icon.svg".to_owned(), self.sources.icon.clone().into_bytes()),
        ];
        let parts = ["page", "officeScript", "officeProgram"].into_iter().zip(&files);
        let mut parts: Vec<String> = parts.map(|(part, file)| listed(part, file)).collect();
        for (piece, module) in &page_program.later.pieces {
            let file = named(piece, "wasm", module);
            parts.push(listed(piece, &file));
            files.push(file);
        }
        let mut texts = Groups::new();
        for (id, editions) in &self.sources.texts {
            for (at, text) in editions.iter().enumerate() {
                let part = format!("{id}.{at}");
                let file = named(id, "json", text.as_bytes());
                parts.push(listed(&part, &file));
                files.push(file);
                texts.entry(id.clone()).or_default().push(part);
            }
        }
        let html = page(
            &self.sources,
            &Page {
                policy: HOSTED_POLICY,
                links: format!("{}\n<link rel=\"manifest\" href=\"manifest.webmanifest\">", self.icon()),
                names: self.names("hosted", &parts, &page_program.later.parts, &texts),
                script: &page_program.script,
                unpack: String::new(),
                page_data: String::new(),
                office_data: String::new(),
            },
        )?;
        let kept = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let kept = std::iter::once(("", html.as_bytes())).chain(kept);
        let kept: Vec<String> =
            kept.map(|(name, bytes)| format!("\"{name}\":\"{}\"", integrity(bytes))).collect();
        let service_worker = format!(
            "const VERSION = \"{}\";\nconst FRESH = {fresh};\nconst FILES = {{{}}};\n{}",
            self.version,
            kept.join(","),
            self.sources.service_worker
        );
        files.push(("index.html".to_owned(), html.into_bytes()));
        files.push(("sw.js".to_owned(), service_worker.into_bytes()));
        Ok(files)
    }

    /// The single file. One program serves as the page and as the file worker, so
    /// that what both need is in the file once.
    fn single(&self, whole: &Program, unpack: &Program) -> Result<String> {
        let parts = [
            r#""unpack":{"block":"part-unpack"}"#,
            r#""page":{"block":"part-module"}"#,
            r#""officeScript":{"scripts":["part-program","part-worker"]}"#,
            r#""officeProgram":{"block":"part-module"}"#,
        ];
        page(
            &self.sources,
            &Page {
                policy: SINGLE_POLICY,
                links: self.icon(),
                names: self.names("single", &parts.map(str::to_owned), &Groups::new(), &Groups::new()),
                script: &whole.script,
                page_data: [
                    block("part-unpack", &smallest_gzip(&unpack.module)?)?,
                    block("part-module", &lzip(&whole.module)?)?,
                ]
                .concat(),
                unpack: format!(
                    "if (window.zhidu) zhidu.unpacker = (() => {{\n{}\nreturn wasm_bindgen;\n}})();\n",
                    unpack.script
                ),
                office_data: data("part-worker", "text/plain", &self.sources.worker)?,
            },
        )
    }

    fn icon(&self) -> String {
        format!("<link rel=\"icon\" href=\"{}\">", icon_address(&self.sources.icon))
    }

    /// The statement that makes `zhidu`: version and form, where each part is, for each
    /// later part of the program the pieces that it needs, for each catalogue its texts.
    fn names(&self, form: &str, parts: &[String], later: &Groups, texts: &Groups) -> String {
        let group = |groups: &Groups| {
            let lines: Vec<String> = groups.iter().map(|(name, of)| format!("\"{name}\":{of:?}")).collect();
            lines.join(",")
        };
        let (version, files) = (&self.version, parts.join(","));
        let (pieces, texts) = (group(later), group(texts));
        format!(
            "var zhidu = {{\"version\":\"{version}\",\"form\":\"{form}\",\"files\":{{{files}}},\"pieces\":{{{pieces}}},\"texts\":{{{texts}}}}};"
        )
    }
}

/// A part of the program in the page's list of files.
fn listed(part: &str, (name, bytes): &File) -> String {
    format!(r#""{part}":{{"url":"{name}","integrity":"{}"}}"#, integrity(bytes))
}

fn named(stem: &str, end: &str, bytes: &[u8]) -> File {
    (format!("{stem}-{}.{end}", short_hash(bytes)), bytes.to_vec())
}

/// A block of data in the page, which no browser runs.
/// A packed part of the single file as text.
fn block(id: &str, packed: &[u8]) -> Result<String> {
    data(id, "application/octet-stream", &printable(packed))
}

fn data(id: &str, media_type: &str, text: &str) -> Result<String> {
    element("script", &format!(" type=\"{media_type}\" id=\"{id}\""), text)
}

/// Replaces the files of an earlier build, the page itself last; refuses a
/// folder that holds something else.
fn write(out: &Path, files: &[File]) -> Result<()> {
    fs::create_dir_all(out)?;
    let entries = fs::read_dir(out)?.map(|entry| Ok(entry?.path()));
    let old: Vec<_> = entries.collect::<std::io::Result<_>>()?;
    if !old.is_empty() && !out.join("sw.js").is_file() {
        bail!("{} holds files that are not of an earlier build; name another folder", out.display());
    }
    for (name, bytes) in files {
        let fresh = out.join(format!(".{name}"));
        fs::write(&fresh, bytes)?;
        fs::rename(fresh, out.join(name))?;
    }
    let stays = |file: &Path| files.iter().any(|(name, _)| out.join(name) == file);
    for file in old.iter().filter(|file| file.is_file() && !stays(file)) {
        fs::remove_file(file)?;
    }
    Ok(())
}
