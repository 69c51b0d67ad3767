//! JSON files, read into the shape that a proof needs; a field that is missing or given twice is a finding.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::{Files, damaged, damaged_at, text};
use crate::diag::Findings;

/// Reads a file.
pub fn read<T: DeserializeOwned>(files: &Files, file: &str, findings: &mut Findings) -> Option<T> {
    let text = text(files, file, findings)?;
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) if error.line() == 0 => {
            damaged(findings, file, "json");
            None
        }
        Err(error) => {
            damaged_at(findings, file, error.line(), "json");
            None
        }
    }
}

/// Reads a field that may be `null` but must be there.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}
