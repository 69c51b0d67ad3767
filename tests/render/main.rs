//! The documents people look at: HTML against golden files, PDF through Typst.

mod html;
mod pdf;
mod sample;
