//! The programs, from source to script and WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::debian::TARGET;
use crate::page::short_hash;
use crate::split::{LOADERS, Later, split};
use crate::toolchain::Web;
use crate::{run, tools};

/// What today's rustc emits and every browser since Chromium 96 accepts.
/// Functions stand in the order of their names, so that those that a generic one became
/// are neighbours: what compresses the web looks back 32 KB.
const WASM_OPT: [&str; 10] = [
    "-Oz",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
];

/// How a program is built.
#[derive(Clone, Copy)]
pub enum Form {
    /// Quick to build, large.
    Dev,
    /// Small.
    Release,
}

/// A program: a classic script that defines `wasm_bindgen`, and the module that
/// it loads.
pub struct Program {
    pub script: String,
    pub module: Vec<u8>,
    /// The parts that are loaded after it; empty where it is one.
    pub later: Later,
}

/// The page.
pub const PAGE: &str = "zhidu";
/// The file worker.
pub const OFFICE: &str = "office";
/// Both in one, for the single file.
pub const WHOLE: &str = "whole";
/// What unpacks that.
pub const UNPACK: &str = "unpack";

/// Where Cargo puts them, apart from what is native.
const FOLDER: &str = "target/web";

/// A cargo command about programs. They share all features, so that what they have
/// in common is compiled once and they are linked side by side; a linked program
/// holds only what it calls.
pub fn cargo(web: &Web, command: &str, programs: &[&str]) -> Command {
    let mut cargo = web.cargo();
    cargo.args([command, "--quiet", "--package", "zhidu", "--features", "page,worker"]);
    cargo.args(programs.iter().flat_map(|name| ["--bin", name]));
    cargo.args(["--target", TARGET, "--target-dir", FOLDER]);
    cargo
}

/// Builds programs, with `extra` features if any.
pub fn build<const N: usize>(
    web: &Web,
    form: Form,
    programs: [&str; N],
    extra: Option<&str>,
) -> Result<[Program; N]> {
    let target = run::root().join(FOLDER);
    let mut cargo = cargo(web, "build", &programs);
    cargo.args(extra.into_iter().flat_map(|extra| ["--features", extra]));
    let folder = match form {
        Form::Dev => {
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
            "debug"
        }
        Form::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    cargo.env("CARGO_ENCODED_RUSTFLAGS", rust_flags().join("\u{1f}"));
    run::run(&mut cargo).context("the programs were not built")?;
    let finished = &|name: &str| {
        let linked = target.join(TARGET).join(folder).join(format!("{name}.wasm"));
        // wasm-opt orders the functions by their names, and takes these away.
        let named = matches!(form, Form::Release) && wasm_opt().is_some();
        let program = bound(&target, &linked, named)?;
        match form {
            Form::Dev => Ok(program),
            Form::Release => shrink(program, &target.join("shrunk")),
        }
    };
    let finished: Vec<Program> = thread::scope(|scope| {
        let finishing = programs.map(|name| scope.spawn(move || finished(name)));
        let each =
            finishing.into_iter().map(|it| it.join().map_err(|_| anyhow!("a program was not finished"))?);
        each.collect::<Result<_>>()
    })?;
    finished.try_into().map_err(|_| anyhow!("not every program was finished"))
}

/// Components without their own view types, which makes the page both quicker to
/// build and a tenth smaller; and no folder of this machine in panic messages,
/// so that every machine builds the same bytes.
fn rust_flags() -> Vec<String> {
    let mut flags = vec!["--cfg".to_owned(), "erase_components".to_owned()];
    let mut hide = |folder: &Path, name: &str| {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    };
    hide(&run::root(), "zhidu");
    if let Some(home) = cargo_home() {
        for registry in fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten() {
            hide(&registry.path(), "crates");
        }
    }
    flags
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// A linked program as it is delivered: the page in parts, the others as one.
fn bound(target: &Path, linked: &Path, named: bool) -> Result<Program> {
    if linked.file_stem().is_none_or(|name| name != PAGE) {
        return bind(linked, None, named);
    }
    let folder = target.join("split");
    let (first, later) = split(linked, &folder)?;
    bind(&first, Some(later), named)
}

/// Binds a program to its script; its functions keep their names if it is to be `named`.
fn bind(built: &Path, split_off: Option<Later>, named: bool) -> Result<Program> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).no_modules(true)?.typescript(false);
    bindgen.remove_name_section(!named).remove_producers_section(true);
    // A script that is no module cannot import; what the first part imports from
    // LOADERS is named below.
    bindgen.omit_imports(split_off.is_some()).keep_lld_exports(split_off.is_some());
    let mut output = bindgen.generate_output()?;
    let inline = output.snippets().values().any(|scripts| !scripts.is_empty());
    if inline || !output.local_modules().is_empty() {
        bail!("{} brings scripts of its own, which one inline script cannot hold", built.display());
    }
    let mut script = output.js().replace(&format!("require(\"{LOADERS}\")"), "zhidu?.later");
    let imports = output.wasm_mut().imports.iter_mut();
    rename(imports.map(|import| &mut import.name), &mut script);
    Ok(Program { script, module: output.wasm_mut().emit_wasm(), later: split_off.unwrap_or_default() })
}

/// Gives what the module imports from its script short names. Those of bindgen end with a
/// hash, which no compression makes smaller: some 20 bytes for each, twice.
fn rename<'a>(imports: impl Iterator<Item = &'a mut String>, script: &mut String) {
    for (number, name) in imports.enumerate() {
        let entry = format!("\n{name}: ");
        // What the script does not define in one place keeps its name.
        if script.matches(&entry).count() == 1 && script.matches(name.as_str()).count() == 1 {
            let short = format!("i{number}");
            *script = script.replace(&entry, &format!("\n{short}: "));
            *name = short;
        }
    }
}

/// Runs wasm-opt when it is there. Its answer is kept by the hash of what it was
/// given and asked, because it takes longer than all the rest.
fn shrink(program: Program, kept: &Path) -> Result<Program> {
    let Program { script, module, mut later } = program;
    for piece in later.pieces.values_mut() {
        *piece = smaller(piece, kept)?;
    }
    Ok(Program { script, module: smaller(&module, kept)?, later })
}

fn smaller(module: &[u8], kept: &Path) -> Result<Vec<u8>> {
    let Some(mut command) = wasm_opt() else { return Ok(module.to_vec()) };
    let hash = short_hash(&[WASM_OPT.concat().as_bytes(), module].concat());
    let done = kept.join(format!("{hash}.wasm"));
    if !done.is_file() {
        fs::create_dir_all(kept)?;
        let [given, made] = ["given", "made"].map(|it| kept.join(format!("{it}-{hash}.wasm")));
        fs::write(&given, module)?;
        // It warns of sections that it does not know; nothing hangs on them.
        let told = command.args(WASM_OPT).arg(&given).arg("-o").arg(&made).output()?;
        if !told.status.success() {
            bail!("wasm-opt failed: {}", String::from_utf8_lossy(&told.stderr));
        }
        fs::rename(&made, &done)?;
        fs::remove_file(&given)?;
    }
    Ok(fs::read(&done)?)
}

fn wasm_opt() -> Option<Command> {
    let script: PathBuf = tools::browser_tests().join("node_modules/binaryen/bin/wasm-opt");
    if script.is_file() && run::which(&["node"]).is_some() {
        let mut node = run::command("node");
        node.arg(script);
        return Some(node);
    }
    run::which(&["wasm-opt"]).map(run::command)
}

#[cfg(test)]
mod tests {
    use super::rename;

    #[test]
    fn an_import_is_renamed_on_both_sides_and_only_where_it_is_one_thing() {
        let mut names = ["__wbg_a_0123", "__wbg_b_4567", "__wbindgen_c"].map(str::to_owned);
        let mut script = "{\n__wbg_a_0123: function() {},\n__wbg_b_4567: f,\n}; __wbg_b_4567();".to_owned();
        rename(names.iter_mut(), &mut script);
        assert_eq!(names, ["i0", "__wbg_b_4567", "__wbindgen_c"]);
        assert_eq!(script, "{\ni0: function() {},\n__wbg_b_4567: f,\n}; __wbg_b_4567();");
    }
}
