//! `cargo xtask <command>`: builds, serves, tests and packs the program.
//!
//! | file | what it does |
//! | --- | --- |
//! | `toolchain`, `debian` | finds or makes a compiler for WebAssembly |
//! | `tools` | finds or installs browsers, Node packages, readers of office files |
//! | `program`, `split` | the WebAssembly programs: cargo, wasm-bindgen, wasm-opt; parts that are loaded later |
//! | `page`, `dist`, `pack`, `sizes` | the page's text, the two forms of the build, their sizes |
//! | `serve`, `http` | the development server |
//! | `test`, `tally` | everything that has to pass |
//!
//! Nothing here is part of what users get.

mod args;
mod debian;
mod dist;
mod http;
mod pack;
mod page;
mod program;
mod run;
mod serve;
mod sizes;
mod split;
mod tally;
mod test;
mod toolchain;
mod tools;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use args::Args;

const HELP: &str = "\
cargo xtask serve [--port 8080] [--release]   build, serve on localhost, rebuild on change
cargo xtask serve --dist DIR [--port 8080]    serve a directory that is already built
cargo xtask dist [--out dist] [--features F]  write the static site and zhidu.html
cargo xtask test [--only STEP]                format, lints, native tests, build, browser tests
cargo xtask bench [--quick]                   measure sizes and times in Chromium
cargo xtask faults [--histories N] [OPTIONS]  crash, kill, fill and cross the program many times
cargo xtask setup                             find or install everything that test needs";

fn main() -> ExitCode {
    match command(Args::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(mut args: Args) -> Result<()> {
    match args.command().as_deref() {
        Some("serve") => {
            let port = args.value("--port")?.unwrap_or_else(|| "8080".to_owned());
            let options = serve::Options {
                port: port.parse().with_context(|| format!("--port {port} is not a port number"))?,
                release: args.flag("--release"),
                dist: args.value("--dist")?.map(Into::into),
            };
            args.finish()?;
            serve::serve(&options)
        }
        Some("dist") => {
            let out = args.value("--out")?.map_or_else(|| run::root().join("dist"), Into::into);
            let features = args.value("--features")?;
            args.finish()?;
            dist::release(&toolchain::Web::find()?, &out, features.as_deref())?.print();
            Ok(())
        }
        Some("test") => {
            let only = args.value("--only")?;
            args.finish()?;
            test::test(only.as_deref())
        }
        Some("bench") => {
            let quick = args.flag("--quick");
            args.finish()?;
            test::bench(quick)
        }
        Some("faults") => {
            let histories = args.value("--histories")?.unwrap_or_else(|| "20000".to_owned());
            let histories =
                histories.parse().with_context(|| format!("--histories {histories} is no number"))?;
            test::faults(histories, &args.rest())
        }
        Some("setup") => args.finish().and_then(|()| tools::setup()),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("unknown command {other}\n{HELP}"),
    }
}
