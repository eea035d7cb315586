//! The interface. Computes nothing about the domain; every change of the open
//! assessment is a method call on [`desk::Desk`].

mod app;
mod aside;
mod card;
mod cover;
mod crash;
mod desk;
mod dialog;
mod evidence;
mod export;
mod field;
mod filters;
mod frame;
mod group;
mod home;
mod import;
mod keyboard;
mod large;
mod new;
mod notices;
mod own_items;
mod print;
mod sample;
mod score;
mod tree;

/// Mounts the page and takes the shell's loading text away.
pub fn start() {
    app::mount();
}
