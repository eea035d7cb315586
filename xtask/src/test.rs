//! `cargo xtask test`: everything that has to pass, in the order in which it is
//! quickest to hear of a mistake; `cargo xtask bench` and `cargo xtask faults`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::program::{self, Form, OFFICE, PAGE, UNPACK, WHOLE};
use crate::tally::Tally;
use crate::toolchain::Web;
use crate::tools::{Tools, browser_tests};
use crate::{dist, run};

/// A step by its name.
type Step = (&'static str, fn() -> Result<Tally>);

const STEPS: [Step; 7] = [
    ("format", format),
    ("lint", lint),
    ("lint-web", lint_web),
    ("native", native),
    ("xtask", xtask),
    ("dist", release),
    ("browser", browser),
];

/// Runs all steps, or only the one that is named, and fails when any failed.
pub fn test(only: Option<&str>) -> Result<()> {
    let chosen = |name: &str| only.is_none_or(|only| only == name);
    if !STEPS.iter().any(|(name, _)| chosen(name)) {
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        bail!("the steps are {}", names.join(", "));
    }
    let mut total = Tally::default();
    let mut report = Vec::new();
    for (name, step) in STEPS.into_iter().filter(|(name, _)| chosen(name)) {
        println!("== {name}");
        let start = Instant::now();
        let tally = step().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::default().close(false)
        });
        let (Tally { passed, failed }, seconds) = (tally, start.elapsed().as_secs_f32());
        report.push(format!("{name:<10} {seconds:>7.1} s   {passed} passed, {failed} failed"));
        total.add(tally);
    }
    println!("\n{}", report.join("\n"));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed > 0 {
        bail!("not everything passed");
    }
    Ok(())
}

/// Measures the build in Chromium, with the shipped catalogues and with 2,000
/// generated points; `quick` takes few samples.
pub fn bench(quick: bool) -> Result<()> {
    let (web, tools) = (Web::find()?, Tools::find()?);
    let plain = run::root().join("target/test-dist");
    let synthetic = run::root().join("target/bench-dist");
    dist::site(&web, Form::Release, &synthetic, Some("synthetic"))?;
    dist::release(&web, &plain, None)?.print();
    let mut node = tools.node(&plain);
    node.env("ZHIDU_BENCH_DIST", synthetic).arg(browser_tests().join("bench.mjs"));
    run::run(node.args(quick.then_some("--quick")))
}

/// Plays many histories on the core and kills, fills and crosses the built
/// program in Chromium many times; beside it a build that keeps work in
/// localStorage alone. `options` go to `tests/browser/faults.mjs`.
pub fn faults(histories: u32, options: &[String]) -> Result<()> {
    let (web, tools) = (Web::find()?, Tools::find()?);
    let (plain, compared) = (test_dist(), run::root().join("target/compare-dist"));
    dist::site(&web, Form::Release, &compared, Some("local-storage-alone"))?;
    dist::release(&web, &plain, None)?;
    let mut core = run::command("cargo");
    core.args(["test", "--quiet", "--package", "zhidu", "--test", "domain", "keeping"]);
    let start = Instant::now();
    run::run(core.env("ZHIDU_HISTORIES", histories.to_string()))?;
    println!(
        "{histories} histories on a store that fails: nothing lost, {:.0} s",
        start.elapsed().as_secs_f32()
    );
    let mut node = tools.node(&plain);
    node.env("ZHIDU_COMPARE_DIST", compared).arg(browser_tests().join("faults.mjs"));
    run::run(node.args(options))
}

fn format() -> Result<Tally> {
    counted(run::command("cargo").args(["fmt", "--all", "--check"]))
}

fn lint() -> Result<Tally> {
    let clippy = ["clippy", "--quiet", "--workspace", "--all-targets"];
    let mut tally = counted(run::command("cargo").args(clippy).args(["--", "-D", "warnings"]))?;
    let office = ["--features", "office", "--", "-D", "warnings"];
    tally.add(counted(run::command("cargo").args(clippy).args(office))?);
    Ok(tally)
}

fn lint_web() -> Result<Tally> {
    let web = Web::find()?;
    web.ensure_clippy()?;
    let mut clippy = program::cargo(&web, "clippy", &[PAGE, OFFICE, WHOLE, UNPACK]);
    counted(clippy.args(["--", "-D", "warnings"]))
}

/// The core and the files. That the core needs no feature is proven by `lint`, which
/// compiles it and its tests without any.
fn native() -> Result<Tally> {
    counted(run::command("cargo").args(["test", "--quiet", "--package", "zhidu", "--features", "office"]))
}

fn xtask() -> Result<Tally> {
    counted(run::command("cargo").args(["test", "--quiet", "--package", "xtask", "--package", "encoding_rs"]))
}

fn release() -> Result<Tally> {
    dist::release(&Web::find()?, &test_dist(), None)?.print();
    Ok(Tally::default().close(true))
}

fn browser() -> Result<Tally> {
    if !test_dist().join("index.html").is_file() {
        release()?;
    }
    let tests = test_files()?;
    if tests.is_empty() {
        bail!("tests/browser holds no *.test.mjs");
    }
    let tools = Tools::find()?;
    let (alone, together): (Vec<PathBuf>, Vec<PathBuf>) = tests.into_iter().partition(|path| is_alone(path));
    let mut tally = Tally::default();
    for (files, at_once) in [(together, 2), (alone, 1)] {
        let mut node = tools.node(&test_dist());
        node.args(["--test", "--test-reporter=spec"])
            .arg(format!("--test-concurrency={at_once}"))
            .args(files);
        tally.add(counted(&mut node)?);
    }
    Ok(tally)
}

/// Whether a file of tests says in its head that nothing may run beside it: it waits by
/// the clock or kills its browser.
fn is_alone(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().take_while(|line| line.starts_with("//")).any(|line| line.contains("Runs alone"))
}

fn test_dist() -> PathBuf {
    run::root().join("target/test-dist")
}

fn test_files() -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(browser_tests())?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<PathBuf> = entries.collect::<std::io::Result<_>>()?;
    files.retain(|file: &PathBuf| name_of(file).ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs to the end, shows what it prints, and counts.
fn counted(command: &mut Command) -> Result<Tally> {
    let name = run::name(command);
    let started = command.stdout(Stdio::piped()).spawn();
    let mut child = started.with_context(|| format!("{name} could not be started"))?;
    let mut tally = Tally::default();
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).split(b'\n')) {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        tally.read(&line);
    }
    let succeeded = child.wait()?.success();
    if !succeeded {
        eprintln!("{name} failed");
    }
    Ok(tally.close(succeeded))
}
