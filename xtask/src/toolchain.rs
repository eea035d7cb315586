//! A compiler for `wasm32-unknown-unknown`: the one that is in use, else with
//! rustup's target added, else Debian's. Every answer is proved by compiling.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::debian::TARGET;
use crate::{debian, run};

/// A cargo that can build for WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Web {
    /// The cargo that runs everything else.
    Usual,
    /// `/usr/bin/cargo`, beside which another one comes first on PATH.
    Debian,
}

impl Web {
    /// Finds one, or makes one the way this machine allows.
    pub fn find() -> Result<Self> {
        if let Some(ready) = Self::ready() {
            return Ok(ready);
        }
        if run::which(&["rustup"]).is_some() {
            println!("adding the target {TARGET} with rustup");
            let mut add = run::command("rustup");
            add.args(["target", "add", TARGET]);
            if run::succeeds_within(&mut add, Duration::from_secs(90)) && Self::Usual.compiles() {
                return Ok(Self::Usual);
            }
            println!("rustup could not add it");
        }
        if debian::is_debian() {
            debian::make()?;
            if Self::Debian.compiles() {
                return Ok(Self::Debian);
            }
            bail!("Debian's rustc does not compile for {TARGET} although its library was built");
        }
        bail!(
            "no Rust compiler here knows {TARGET}: run `rustup target add {TARGET}` where there is a network"
        );
    }

    fn ready() -> Option<Self> {
        [Self::Usual, Self::Debian].into_iter().find(|web| web.compiles())
    }

    /// A cargo command with the environment that it needs.
    pub fn cargo(self) -> Command {
        self.tool("cargo")
    }

    fn tool(self, tool: &str) -> Command {
        match self {
            Self::Usual => run::command(tool),
            Self::Debian => {
                let mut command = run::command(Path::new("/usr/bin").join(tool));
                debian::environment(&mut command);
                command
            }
        }
    }

    /// Installs clippy for this compiler if it can.
    pub fn ensure_clippy(self) -> Result<()> {
        let mut version = self.cargo();
        if run::output(version.args(["clippy", "--version"])).is_some() {
            return Ok(());
        }
        match self {
            Self::Usual => bail!("clippy is missing: run `rustup component add clippy`"),
            Self::Debian => debian::install(&["rust-web-clippy"]),
        }
    }

    /// Does a small library that uses `std` compile for the target?
    fn compiles(self) -> bool {
        let out = run::root().join("target/probe.rmeta");
        let mut rustc = self.tool("rustc");
        rustc.args(["--target", TARGET, "--crate-type=lib", "--crate-name=probe", "--emit=metadata"]);
        rustc.arg("-o").arg(&out).arg("-");
        rustc.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(mut child) = rustc.spawn() else { return false };
        let source = b"pub fn text() -> String { String::new() }";
        let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(source).is_ok());
        child.wait().is_ok_and(|status| status.success()) && written
    }
}
