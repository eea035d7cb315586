//! `cargo xtask serve`: the site on localhost, rebuilt whenever a source changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};

use crate::program::Form;
use crate::toolchain::Web;
use crate::{dist, http, run};

/// What the site is made of.
const SOURCES: [&str; 6] = ["src", "style", "indicators", "index.html", "Cargo.toml", "Cargo.lock"];

pub struct Options {
    pub port: u16,
    /// Build as for users instead of quickly.
    pub release: bool,
    /// Serve this folder as it is.
    pub dist: Option<PathBuf>,
}

/// Serves until it is interrupted.
pub fn serve(options: &Options) -> Result<()> {
    // The port first: who waits for a build should not learn afterwards that it is taken.
    let listener = http::listen(options.port)?;
    let address = format!("http://localhost:{}/", options.port);
    if let Some(folder) = &options.dist {
        if !folder.join("index.html").is_file() {
            bail!("{} holds no index.html", folder.display());
        }
        println!("{address}");
        http::serve(&listener, folder);
        return Ok(());
    }
    let web = Web::find()?;
    let form = if options.release { Form::Release } else { Form::Dev };
    let folder = run::root().join("target/serve");
    println!("building; the first time takes some minutes");
    let seen = newest();
    dist::site(&web, form, &folder, None)?;
    println!("{address}");
    let watched = folder.clone();
    thread::spawn(move || rebuild_on_change(web, form, &watched, seen));
    http::serve(&listener, &folder);
    Ok(())
}

/// A failed build is printed and leaves the last good one in place.
fn rebuild_on_change(web: Web, form: Form, folder: &Path, mut seen: State) {
    loop {
        thread::sleep(Duration::from_millis(400));
        let now = newest();
        if now == seen {
            continue;
        }
        seen = now;
        let start = Instant::now();
        match dist::site(&web, form, folder, None) {
            Ok(()) => println!("rebuilt in {:.1} s", start.elapsed().as_secs_f32()),
            Err(error) => eprintln!("{error:#}"),
        }
    }
}

/// The newest change and the number of files, so that a removal counts too.
type State = (Option<SystemTime>, usize);

fn newest() -> State {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&run::root().join(source), &mut files);
    }
    (files.iter().copied().max(), files.len())
}

fn collect(path: &Path, times: &mut Vec<SystemTime>) {
    let Ok(data) = fs::metadata(path) else { return };
    if data.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            collect(&entry.path(), times);
        }
    } else if let Ok(time) = data.modified() {
        times.push(time);
    }
}
