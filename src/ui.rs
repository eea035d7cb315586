//! The interface. Computes nothing about the domain; every change of the open
//! assessment is a method call on [`desk::Desk`].

mod app;
mod chosen;
mod desk;
mod dom;
mod dropping;
mod events;
mod form;
mod frame;
mod go;
mod home;
pub mod late;
mod live;
mod notices;
mod read;
mod schools;
mod together;

/// Mounts the page and takes the shell's loading text away.
pub fn start() {
    app::mount();
}
