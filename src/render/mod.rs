//! The documents people look at: plain view data first, then HTML and, through Typst, PDF.
//!
//! [`view`] is the one content; [`html`] prints it, [`pdf`] hands it to Typst as data, and serialised it is the JSON
//! beside them. Nothing here reads files, the clock or the environment except the Typst runner in [`pdf`].

mod anchors;
mod build;
pub mod data;
pub mod docx;
mod excerpt;
pub mod flow;
pub mod frame;
pub mod html;
pub mod layers;
pub mod markdown;
pub mod paper;
pub mod pdf;
pub mod places;
mod rows;
mod sections;
pub mod text;
pub mod typeset;
pub mod view;
pub mod words;
