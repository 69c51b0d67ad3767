//! Says in Danish what is wrong with a command line; clap itself knows English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Returns the message, or nothing when clap's own is help or a version and not an error.
pub(super) fn danish(error: &clap::Error) -> Option<String> {
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let perhaps = |kind: ContextKind| match said(kind) {
        near if near.is_empty() => String::new(),
        near => format!("; måske »{near}«"),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = perhaps(ContextKind::SuggestedSubcommand);
            format!("»{}« er ingen kommando{near}", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("»{argument}« kendes ikke{}", perhaps(ContextKind::SuggestedArg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("der mangler noget efter {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let allowed = match said(ContextKind::ValidValue) {
                allowed if allowed.is_empty() => String::new(),
                allowed => format!("; her kan stå: {allowed}"),
            };
            format!("»{value}« kan ikke bruges ved {argument}{allowed}")
        }
        ErrorKind::MissingRequiredArgument => format!("der mangler: {argument}"),
        ErrorKind::ArgumentConflict => {
            format!("{argument} kan ikke bruges sammen med {}", said(ContextKind::PriorArg))
        }
        _ => return None,
    };
    Some(format!("{message}\nse vedtaegt --help"))
}
