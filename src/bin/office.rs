//! The file worker.

#[path = "../worker.rs"]
mod worker;

fn main() {
    worker::start();
}
