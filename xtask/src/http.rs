//! A small file server for localhost: GET and HEAD of the files of one folder.
//!
//! It is for development and for looking at a build, not for the open network.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};

/// Takes the port; fails with one sentence when another program has it.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("port {port} is taken: end what uses it, or choose another with --port")
        }
        _ => anyhow!("port {port} cannot be used: {error}"),
    })
}

/// Answers for ever.
pub fn serve(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().flatten() {
        let folder = folder.to_path_buf();
        // A browser that goes away in the middle is no failure of ours.
        thread::spawn(move || answer(stream, &folder).ok());
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).take(64 * 1024).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The headers say nothing that matters here; reading them keeps the
    // connection from being reset before the answer has arrived.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let body = match method {
        "GET" | "HEAD" => file_of(target, folder).and_then(|file| Some((fs::read(&file).ok()?, file))),
        _ => None,
    };
    let Some((bytes, file)) = body else {
        let text = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return stream.write_all(text.as_bytes());
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {}\r\nConnection: close\r\n\r\n",
        content_type(&file),
        bytes.len(),
        cache_control(&file),
    );
    stream.write_all(head.as_bytes())?;
    if method == "GET" { stream.write_all(&bytes) } else { Ok(()) }
}

/// The file that a request names; `None` for anything that leaves the folder.
fn file_of(target: &str, folder: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '%']);
    path.split('/').all(plain).then(|| folder.join(path))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// A name with a hash in it never changes its content; all else may.
fn cache_control(file: &Path) -> &'static str {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let hashed = |hash: &str| hash.len() == 8 && hash.chars().all(|digit| digit.is_ascii_hexdigit());
    match stem.rsplit_once('-') {
        Some((_, hash)) if hashed(hash) => "public, max-age=31536000, immutable",
        _ => "no-cache",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_stays_inside_the_folder() {
        let file = |target| file_of(target, Path::new("dist"));
        assert_eq!(file("/"), Some("dist/index.html".into()));
        assert_eq!(file("/sub/?a#b"), Some("dist/sub/index.html".into()));
        assert_eq!(file("/sw.js"), Some("dist/sw.js".into()));
        for outside in ["/../Cargo.toml", "//etc/passwd", "/a/%2e%2e/b", "/.git/config", "http://x/", ""] {
            assert_eq!(file(outside), None, "{outside}");
        }
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        let kept = |name| cache_control(Path::new(name)).contains("immutable");
        assert!(kept("office-0a1b2c3d.js"));
        assert!(!kept("index.html") && !kept("sw.js") && !kept("office-new.js"));
    }
}
