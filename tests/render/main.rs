//! The documents people look at: HTML against golden files, PDF through Typst.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod html;
mod paper;
mod layers;
mod pdf;
mod sample;
