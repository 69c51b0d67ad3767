//! Skeleton.

use super::Wording;
use crate::diag::Code;

pub(super) fn wording(code: Code) -> Wording {
    Wording { message: code.as_str(), hint: "", explanation: "" }
}

pub(super) fn term(_word: &str) -> Option<&'static str> {
    None
}
