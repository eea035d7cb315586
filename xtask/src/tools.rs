//! The other programs that tests and benchmark use: looked for first, then
//! installed the way the machine allows, else named in one sentence.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::toolchain::Web;
use crate::{debian, run};

/// Where everything is that the browser tests start.
pub struct Tools {
    chromium: PathBuf,
    firefox: PathBuf,
    python: PathBuf,
    soffice: PathBuf,
    pdftotext: PathBuf,
    pdftoppm: PathBuf,
    /// WebKitGTK's driver and a screen for it, where they can be had.
    webkit: Option<[PathBuf; 2]>,
}

/// `cargo xtask setup`
pub fn setup() -> Result<()> {
    let web = Web::find()?;
    web.ensure_clippy()?;
    println!("compiler for WebAssembly: {}", run::name(&web.cargo()));
    let tools = Tools::find()?;
    for (name, file) in tools.environment() {
        println!("{name}={}", file.display());
    }
    println!("everything is there");
    Ok(())
}

impl Tools {
    /// Finds or installs them all.
    pub fn find() -> Result<Self> {
        node()?;
        node_packages()?;
        fonts()?;
        Ok(Self {
            chromium: chromium()?,
            firefox: firefox()?,
            python: python()?,
            soffice: program(&["soffice", "libreoffice"], "libreoffice-calc")?,
            pdftotext: program(&["pdftotext"], "poppler-utils")?,
            pdftoppm: program(&["pdftoppm"], "poppler-utils")?,
            webkit: webkit(),
        })
    }

    /// The variables by which the tests find them.
    pub fn environment(&self) -> Vec<(&'static str, &Path)> {
        let mut found: Vec<(&'static str, &Path)> = vec![
            ("ZHIDU_CHROMIUM", &self.chromium),
            ("ZHIDU_FIREFOX", &self.firefox),
            ("ZHIDU_PYTHON", &self.python),
            ("ZHIDU_SOFFICE", &self.soffice),
            ("ZHIDU_PDFTOTEXT", &self.pdftotext),
            ("ZHIDU_PDFTOPPM", &self.pdftoppm),
        ];
        if let Some([driver, screen]) = &self.webkit {
            found.extend([("ZHIDU_WEBKIT", driver.as_path()), ("ZHIDU_XVFB", screen.as_path())]);
        }
        found
    }

    /// Node, with the built site and the tools in its environment.
    pub fn node(&self, dist: &Path) -> Command {
        let mut command = run::command("node");
        command.env("ZHIDU_DIST", dist).envs(self.environment());
        command
    }
}

/// The folder of the browser tests and their Node packages.
pub fn browser_tests() -> PathBuf {
    run::root().join("tests/browser")
}

fn node() -> Result<()> {
    let version = run::output(run::command("node").arg("--version"))
        .context("Node is missing: install version 20 or newer, npm included")?;
    if major(&version).is_none_or(|major| major < 20) {
        bail!("Node {version} is too old: version 20 or newer is needed");
    }
    Ok(())
}

/// The first number of "v20.1.2".
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs them when the lock file is newer than what is there.
fn node_packages() -> Result<()> {
    let changed = |path: &str| fs::metadata(browser_tests().join(path)).and_then(|data| data.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    println!("installing the Node packages of tests/browser");
    let mut npm = run::command("npm");
    npm.current_dir(browser_tests()).args(["ci", "--silent"]);
    run::run(&mut npm).context("the Node packages could not be installed")
}

fn chromium() -> Result<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(found) = found_or_from_debian(&names, "chromium") {
        return Ok(found);
    }
    let ask = "import('playwright-core').then((it) => console.log(it.chromium.executablePath()))";
    let place = || {
        let mut node = run::command("node");
        let path = PathBuf::from(run::output(node.current_dir(browser_tests()).args(["-e", ask]))?);
        path.is_file().then_some(path)
    };
    if place().is_none() {
        let mut npx = run::command("npx");
        npx.current_dir(browser_tests()).args(["playwright-core", "install", "chromium"]);
        // The sentence below says what to do when this fails.
        let _ = run::run(&mut npx);
    }
    place().ok_or_else(|| anyhow!("Chromium is missing and could not be installed: put `chromium` on PATH"))
}

fn firefox() -> Result<PathBuf> {
    if let Some(found) = found_or_from_debian(&["firefox", "firefox-esr"], "firefox-esr") {
        return Ok(found);
    }
    let mut npx = run::command("npx");
    npx.current_dir(browser_tests()).args(["@puppeteer/browsers", "install", "firefox@stable", "--path"]);
    let answer = run::output(npx.arg(run::root().join("target/browsers"))).unwrap_or_default();
    // It answers "firefox@stable_140.0 /path/to/firefox".
    let path =
        answer.lines().last().and_then(|line| line.split_once(' ')).map(|(_, path)| PathBuf::from(path));
    path.filter(|path| path.is_file())
        .ok_or_else(|| anyhow!("Firefox is missing and could not be installed: put `firefox` on PATH"))
}

/// The third engine is tried where its driver is at hand or can be installed; elsewhere
/// the tests pass its walks over and say so.
fn webkit() -> Option<[PathBuf; 2]> {
    let driver = found_or_from_debian(&["WebKitWebDriver"], "webkit2gtk-driver");
    let screen = found_or_from_debian(&["Xvfb"], "xvfb");
    if driver.is_none() || screen.is_none() {
        println!(
            "WebKitGTK cannot be driven here: WebKitWebDriver or Xvfb is missing, its walks are passed over"
        );
    }
    Some([driver?, screen?])
}

/// A Python that has openpyxl: the system's, else one of our own.
fn python() -> Result<PathBuf> {
    let reads = |python: &Path| run::output(run::command(python).args(["-c", "import openpyxl"])).is_some();
    let own = run::root().join("target/python");
    let own_python = own.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if own_python.is_file() && reads(&own_python) {
        return Ok(own_python);
    }
    let system = program(&["python3", "python"], "python3-venv")?;
    if reads(&system) {
        return Ok(system);
    }
    println!("installing openpyxl");
    if run::run(run::command(&system).args(["-m", "venv"]).arg(&own)).is_err() {
        debian::install(&["python3-venv"])?;
        run::run(run::command(&system).args(["-m", "venv"]).arg(&own))?;
    }
    run::run(run::command(&own_python).args(["-m", "pip", "install", "--quiet", "openpyxl"]))
        .context("openpyxl could not be installed")?;
    Ok(own_python)
}

/// Pages and PDFs have to show Chinese; ordinary desktops bring such fonts along.
fn fonts() -> Result<()> {
    let listed = run::output(run::command("fc-list").arg(":lang=zh"));
    if debian::is_debian() && listed.is_none_or(|list| list.is_empty()) {
        debian::install(&["fonts-noto-cjk"])?;
    }
    Ok(())
}

fn program(names: &[&str], package: &str) -> Result<PathBuf> {
    let first = names.first().copied().unwrap_or_default();
    found_or_from_debian(names, package).ok_or_else(|| anyhow!("{first} is missing: install {package}"))
}

fn found_or_from_debian(names: &[&str], package: &str) -> Option<PathBuf> {
    run::which(names).or_else(|| {
        // Without apt or root, the caller has another way or a sentence.
        debian::install(&[package]).ok()?;
        run::which(names)
    })
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_first_number_of_a_version_counts() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("9.1"), Some(9));
        assert_eq!(major("unknown"), None);
    }
}
