//! The command line: one file a command, and the only place that prints.
//!
//! stdout is data, stderr is talk. Exit 0: fine (warnings too), 1: findings, 2: could not run.

mod adopt;
mod apply;
mod build;
mod check;
mod coverage;
mod diff;
mod explain;
mod lock;
mod owners;
mod project;
mod text;
mod timeline;
mod usage;
mod verify;

use crate::diag::{Findings, show};
use crate::lang::Lang;
use crate::source::Sources;
use crate::world::environment;
use clap::{FromArgMatches, Parser, Subcommand, ValueEnum};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
{about}

Brug: {usage}

{all-args}{after-help}";

/// Says how a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing to complain of.
    Fine,
    /// There are findings, or the thing asked about is not so.
    Findings,
    /// The command could not run.
    CouldNotRun,
}

/// Oversætter regler om ansvar til en kommunes styrelsesvedtægt og beviser, at dokumenterne siger det samme.
#[derive(Parser, Debug)]
#[command(
    name = "vedtaegt",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "Kommandoer",
    subcommand_value_name = "KOMMANDO",
    override_usage = "vedtaegt [VALG] <KOMMANDO>",
    next_help_heading = "Valg",
    after_help = "\
Eksempler:
  vedtaegt check                     er reglerne i orden?
  vedtaegt build                     dan alle dokumenter til begge behandlinger
  vedtaegt owners --task parker      hvem har opgaven, og fra hvornår?
  vedtaegt diff current reading-2    hvad ændres i forhold til den gældende tekst?

Slutkode: 0 i orden, 1 der er noget at rette, 2 kommandoen kunne ikke køre."
)]
pub(crate) struct Cli {
    /// Projektets mappe, den, der indeholder rules/ (ellers den mappe, du står i)
    #[arg(long, global = true, value_name = "MAPPE", default_value = ".", hide_default_value = true)]
    project: PathBuf,
    /// Sproget i meddelelser: da eller en (ellers efter systemets indstilling)
    #[arg(long, global = true, value_name = "SPROG", hide_possible_values = true)]
    lang: Option<LangArg>,
    /// Vis denne hjælp
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Vis programmets version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangArg {
    Da,
    En,
}

#[derive(Subcommand, Debug)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Coverage(coverage::Args),
    Diff(diff::Args),
    Owners(owners::Args),
    Explain(explain::Args),
    Text(text::Args),
    Apply(apply::Args),
    Timeline(timeline::Args),
    Lock(lock::Args),
    Adopt(adopt::Args),
    Verify(verify::Args),
}

/// Is what every command needs: where the project is, and how to speak.
pub(crate) struct Context {
    pub(crate) project: PathBuf,
    pub(crate) lang: Lang,
    pub(crate) color: bool,
}

impl Context {
    /// Shows findings to a person.
    pub(crate) fn show(&self, findings: &Findings, sources: &Sources) {
        if !findings.is_empty() {
            talk(&show::human(findings, sources, self.lang, self.color));
        }
    }

    /// Chooses the words of the language the user reads.
    pub(crate) fn say(&self, danish: &str, english: &str) {
        talk(match self.lang {
            Lang::Da => danish,
            Lang::En => english,
        });
    }
}

/// Says something on stderr.
pub(crate) fn talk(text: &str) {
    // Nothing can be done if nobody listens.
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

/// Writes data on stdout; a reader that has gone away is no error.
pub(crate) fn data(bytes: &[u8]) -> End {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            talk(&e.to_string());
            End::CouldNotRun
        }
        _ => End::Fine,
    }
}

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let cli = match command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return wrong_usage(&error),
    };
    let lang = match cli.lang {
        Some(LangArg::Da) => Lang::Da,
        Some(LangArg::En) => Lang::En,
        None => system_language(),
    };
    let color = std::io::stderr().is_terminal() && environment("NO_COLOR").is_none();
    let context = Context { project: cli.project, lang, color };
    let end = match cli.command {
        Command::Build(args) => build::run(&context, &args),
        Command::Coverage(args) => coverage::run(&context, &args),
        Command::Check(args) => check::run(&context, &args),
        Command::Diff(args) => diff::run(&context, &args),
        Command::Owners(args) => owners::run(&context, &args),
        Command::Explain(args) => explain::run(&context, &args),
        Command::Text(args) => text::run(&context, &args),
        Command::Apply(args) => apply::run(&context, &args),
        Command::Adopt(args) => adopt::run(&context, &args),
        Command::Lock(args) => lock::run(&context, &args),
        Command::Timeline(args) => timeline::run(&context, &args),
        Command::Verify(args) => verify::run(&context, &args),
    };
    match end {
        Ok(End::Fine) => ExitCode::SUCCESS,
        Ok(End::Findings) => ExitCode::from(1),
        Ok(End::CouldNotRun) => ExitCode::from(2),
        Err(error) => {
            talk(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Returns the language the system is set to.
fn system_language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| environment(n).filter(|v| !v.is_empty()));
    // Where nothing is set (Windows), the users are Danish.
    set.map_or(Lang::Da, |v| Lang::from_locale(&v.to_string_lossy()))
}

/// Says what is wrong with the command line, or shows the help that was asked for.
fn wrong_usage(error: &clap::Error) -> ExitCode {
    let args: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
    let asked = args.windows(2).find(|w| w[0] == "--lang").map(|w| w[1].clone());
    let asked = asked.or_else(|| args.iter().find_map(|a| a.strip_prefix("--lang=").map(str::to_string)));
    let lang = asked.map_or_else(system_language, |lang| Lang::from_locale(&lang));
    match usage::danish(error).filter(|_| lang == Lang::Da) {
        Some(text) => {
            talk(&text);
            ExitCode::from(2)
        }
        None => error.exit(),
    }
}

/// Returns the command line as clap knows it, for the reference page.
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command().help_template(HELP).mut_subcommands(|c| c.help_template(HELP))
}
