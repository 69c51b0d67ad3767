//! The documents people look at: HTML against golden files, PDF through Typst.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod html;
mod layers;
mod paper;
mod pdf;
mod sample;
