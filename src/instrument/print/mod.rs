//! Prints an instrument as the Danish of Vejledning om lovkvalitet. It knows the instrument alone, not the texts.

mod address;
mod italics;
mod markdown;
mod orders;
mod paper;

pub use markdown::markdown;
pub use orders::{Piece, item};
pub use paper::paper;
