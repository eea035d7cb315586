//! WebAssembly with Debian's packages, where rustup cannot reach its server.
//!
//! Debian's `rustc-web` comes with the library's source but without a build of
//! it for WebAssembly. It is built here once, with bitcode so that a release
//! build can optimise across it, and put where that rustc looks for it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run;

/// What the programs are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-19"];

/// Is this a system with apt?
pub fn is_debian() -> bool {
    run::which(&["apt-get"]).is_some()
}

/// Installs the compiler and builds the library for it.
pub fn make() -> Result<()> {
    install(&PACKAGES)?;
    println!("building Rust's standard library for {TARGET}; this takes two minutes, once");
    let scratch = run::root().join("target/wasm-std");
    // What an earlier rustc left there does not fit this one.
    if scratch.exists() {
        fs::remove_dir_all(&scratch)?;
    }
    write_scratch_package(&scratch)?;
    let mut build = run::command("/usr/bin/cargo");
    environment(&mut build);
    build.current_dir(&scratch).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    build.args(["build", "--quiet", "--release", "--target", TARGET, "--target-dir", "target"]);
    run::run(build.arg("-Zbuild-std=std,panic_abort"))?;
    copy_libraries(&scratch.join("target").join(TARGET).join("release/deps"))
}

/// Installs packages that are missing; needs root.
pub fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_root() {
        bail!("missing: {list}. Run `sudo apt-get install --no-install-recommends {list}`");
    }
    println!("installing {list}");
    // An old list of packages often still serves, so a failure here is not the end.
    let _ = run::run(&mut apt(&["update", "-qq"]));
    let mut install = apt(&["install", "-y", "-qq", "--no-install-recommends"]);
    run::run(install.args(&missing)).with_context(|| format!("Debian could not install {list}"))
}

fn apt(words: &[&str]) -> Command {
    let mut command = run::command("apt-get");
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(std::process::Stdio::null());
    command
}

fn installed(package: &str) -> bool {
    let mut query = run::command("dpkg-query");
    let status = run::output(query.args(["-W", "-f", "${Status}", package]));
    status.is_some_and(|text| text == "install ok installed")
}

fn is_root() -> bool {
    run::output(run::command("id").arg("-u")).as_deref() == Some("0")
}

fn write_scratch_package(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let manifest = "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    Ok(())
}

fn copy_libraries(deps: &Path) -> Result<()> {
    let place = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&place)
        .with_context(|| format!("{} cannot be written; run as root", place.display()))?;
    for file in libraries(&place)? {
        fs::remove_file(file)?;
    }
    for file in libraries(deps)? {
        let name = file.file_name().unwrap_or_default().to_owned();
        if !name.to_string_lossy().starts_with("libscratch") {
            fs::copy(&file, place.join(name))?;
        }
    }
    Ok(())
}

fn libraries(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let files: Vec<PathBuf> = files.collect::<std::io::Result<_>>()?;
    Ok(files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "rlib")).collect())
}

/// Cargo hands its own toolchain on to what it runs; none of that may reach the
/// other compiler.
pub fn environment(command: &mut Command) {
    for name in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "CARGO", "RUSTDOC", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
    command.env("RUSTC", "/usr/bin/rustc").env("PATH", usr_bin_first());
    // rustc looks for `rust-lld`, which Debian does not install under this name. Older
    // linkers leave symbols of segments behind that they have dropped, which nothing
    // that splits a program can read.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
}

fn usr_bin_first() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from("/usr/bin")).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap_or(path)
}
