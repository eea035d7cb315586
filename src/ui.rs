//! The interface. Computes nothing about the domain; every change of the open
//! assessment is a method call on [`desk::Desk`].

mod acts;
mod analysis;
mod app;
mod card;
mod check;
mod coefficients;
mod crash;
mod deleted;
mod desk;
mod dialog;
mod dom;
mod dropping;
mod edition;
mod export;
mod fields;
mod filters;
mod frame;
mod go;
mod group;
mod hear;
mod home;
mod import;
mod keeping;
mod keyboard;
mod large;
mod measures;
mod new;
mod notices;
mod past;
mod printing;
mod reading;
mod redraw;
mod rows;
mod sample;
mod schools;
mod standing;
mod tree;

/// Mounts the page and takes the shell's loading text away.
pub fn start() {
    app::mount();
}
