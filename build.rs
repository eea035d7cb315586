//! Tells the linker to keep in the page program what is needed to split it, and how much
//! memory the file worker may take: a file that needs more ends the worker, which is
//! replaced, and not the browser of a machine with little memory.

/// 192 MiB.
const WORKER_MEMORY: u32 = 192 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") {
        println!("cargo::rustc-link-arg-bin=zhidu=--emit-relocs");
        println!("cargo::rustc-link-arg-bin=office=--max-memory={WORKER_MEMORY}");
    }
}
