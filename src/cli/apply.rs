//! `vedtaegt apply`: carries an amending instrument out on a text, from files alone.

use super::{Context, End, data, talk};
use crate::diag::Findings;
use crate::instrument::apply::{When, apply_noting};
use crate::instrument::{read, text};
use crate::parse::loose;
use crate::source::Sources;
use jiff::civil::Date;
use std::path::Path;

/// Gennemfør et ændringsforslag i en tekst, og skriv den ændrede tekst
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt apply [VALG] <FORSLAG> <TEKST>",
    after_help = "\
Forslaget læses ord for ord. Passer ét nummer ikke, skrives intet; fejlen siger, hvad der står i stedet.

Teksten kan være skrevet på mange måder: »## § 1«, »§1.«, »Stk.2.«, »**Stk. 2**«, lister med stjerner. Den skrives ud \
på én måde, og på stderr står, hvad der er læst anderledes end skrevet. Står »Stk. 1.« efter §, bliver det stående.

Eksempler:
  vedtaegt apply forslag.md gaeldende.md > ny.md
  vedtaegt apply forslag.md gaeldende.md --at 2026-01-01     kun det, der er trådt i kraft den dag"
)]
pub(super) struct Args {
    /// Ændringsforslaget, en .md- eller .txt-fil
    #[arg(help_heading = "Filer", display_order = 1, value_name = "FORSLAG")]
    instrument: String,
    /// Teksten, som den er før ændringerne, en .md- eller .txt-fil
    #[arg(help_heading = "Filer", display_order = 2, value_name = "TEKST")]
    current: String,
    /// Kun de ændringer, der er trådt i kraft denne dag (år-måned-dag)
    #[arg(long, value_name = "DATO")]
    at: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> anyhow::Result<End> {
    let when = match args.at.as_deref().map(str::parse::<Date>) {
        None => When::Always,
        Some(Ok(day)) => When::By(day),
        Some(Err(_)) => {
            context.say("datoen skal skrives år-måned-dag, f.eks. 2026-01-31", "write the date as 2026-01-31");
            return Ok(End::CouldNotRun);
        }
    };
    let (Some(instrument), Some(current)) = (file(context, &args.instrument)?, file(context, &args.current)?) else {
        return Ok(End::CouldNotRun);
    };
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let id = sources.add(args.instrument.as_str(), instrument.as_str());
    let (orders, unread) = read::read(&instrument);
    for one in &unread {
        findings.push(one.diagnostic(Some(id)));
    }
    let mut amended = None;
    if !findings.has_errors() {
        let Some(before) = profile(context, &args.current, &current) else { return Ok(End::CouldNotRun) };
        match apply_noting(&orders, &before, when) {
            Ok((after, missed)) => {
                missed.iter().for_each(|m| findings.push(m.diagnostic(Some(id))));
                amended = Some(text::print(&after));
            }
            Err(troubles) => troubles.iter().for_each(|t| findings.push(t.diagnostic(Some(id)))),
        }
    }
    context.show(&findings, &sources);
    Ok(match amended {
        Some(text) => data(text.as_bytes()),
        None => End::Findings,
    })
}

/// Reads the text before. What is not in the profile is put into it first, with a note for each liberty; a text that
/// the applier would not print back as it was is none it can amend.
fn profile(context: &Context, path: &str, current: &str) -> Option<text::Text> {
    let (clean, notes) = loose::tidy(current);
    if clean != current {
        if notes.is_empty() {
            context.say(
                &format!("{path}: blanke linjer og mellemrum er rettet til"),
                &format!("{path}: empty lines and spaces were put right"),
            );
        }
        for note in notes {
            talk(&format!("{path}: {note}"));
        }
    }
    let before = text::read(&clean);
    let printed = text::print(&before);
    if printed == clean {
        return Some(before);
    }
    let odd = clean.lines().zip(printed.lines()).find(|(a, b)| a != b).map_or("", |(a, _)| a).trim();
    context.say(
        &format!("{path}: »{odd}« kan ikke læses sikkert, så intet er ændret; skriv linjen med »§ 1.«, »Stk. 2.«, »1)« eller »a)« foran"),
        &format!("{path}: \"{odd}\" cannot be read for certain, so nothing was amended"),
    );
    None
}

/// Reads a file as text; `None` after saying why not.
fn file(context: &Context, path: &str) -> anyhow::Result<Option<String>> {
    let bytes = std::fs::read(Path::new(path)).map_err(|e| anyhow::anyhow!("{path}: {e}"))?;
    if bytes.len() > read::MAX_BYTES {
        context.say(&format!("{path} er for stor"), &format!("{path} is too large"));
        return Ok(None);
    }
    let Ok(text) = String::from_utf8(bytes) else {
        context.say(&format!("{path} er ikke UTF-8"), &format!("{path} is not UTF-8"));
        return Ok(None);
    };
    Ok(Some(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n")))
}
