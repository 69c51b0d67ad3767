//! The `vedtaegt` program; see [`vedtaegt::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    vedtaegt::cli::run()
}
