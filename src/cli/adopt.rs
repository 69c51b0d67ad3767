//! `vedtaegt adopt`: what was adopted at the second reading becomes the text in force.

use super::lock::{open_amendment, read, stale, under};
use super::project;
use super::{Context, End};
use crate::check::check;
use crate::diag::Findings;
use crate::lock::adopt::{Ahead, edition_id, plan};
use crate::model::Model;
use crate::output::Files;
use crate::output::set::baseline;
use crate::output::step::Project;
use crate::output::write::Folder;
use crate::rules;
use crate::world::Disk;

/// Gør det, der er vedtaget ved 2. behandling, til den gældende tekst
#[derive(clap::Args, Debug)]
#[command(
    disable_help_flag = true,
    next_help_heading = "Valg",
    override_usage = "vedtaegt adopt [VALG]",
    after_help = "\
Eksempler:
  vedtaegt adopt                     efter 2. behandling, når alle ændringsforslag er afgjort

Udgaven skrives i rules/editions.yaml. Reglerne, behandlingerne og den hidtidige tekst gemmes i
rules/adopted/<dag>/. Det, der endnu ikke har en dato, venter fortsat; dagen skrives som decided
ved den effect, der er i mappen."
)]
pub(super) struct Args {}

pub(super) fn run(context: &Context, _: &Args) -> anyhow::Result<End> {
    let (mut opened, checked) = match project::sound(context, &context.project)? {
        Ok(both) => both,
        Err(end) => return Ok(end),
    };
    project::drift(&mut opened, &checked);
    if opened.findings.has_errors() {
        context.show(&opened.findings, &opened.sources);
        return Ok(End::Findings);
    }
    let Some(reading) = checked.model.rules.readings.iter().find(|r| r.number.value == 2).cloned() else {
        context.say("der er ingen 2. behandling at vedtage noget ved", "there is no second reading to adopt at");
        return Ok(End::Findings);
    };
    if let Some(open) = open_amendment(&checked) {
        context.say(
            &format!(
                "ændringsforslaget »{open}« er ikke afgjort; skriv decision: vedtaget, forkastet eller bortfaldet"
            ),
            &format!("the amendment `{open}` is not decided; write decision: vedtaget, forkastet or bortfaldet"),
        );
        return Ok(End::Findings);
    }
    let trouble = |e: crate::output::write::WriteError| anyhow::anyhow!("{}", e.say(context.lang));
    let root = opened.root.clone();
    let step = Project::new(&root);
    let _lock = step.lock().map_err(trouble)?;
    let published = Folder::new(&root.join("output")).read().map_err(trouble)?;
    for number in project::readings(&checked) {
        if let Some(end) = stale(context, &checked, &published, number) {
            return Ok(end);
        }
    }
    let files: Files =
        under(&root, "rules").into_iter().filter_map(|path| Some((path.clone(), read(&root, &path)?))).collect();
    let Some(plan) = plan(&checked, &reading, &files, &published) else { return Ok(End::CouldNotRun) };
    // The project must hold together afterwards, and its rules must print the text that was adopted.
    let disk = Disk::open(&root)?;
    let ahead = Ahead { world: &disk, plan: &plan };
    let mut findings = Findings::default();
    let (sources, rules) = rules::load(&ahead, &mut findings);
    let after = rules.and_then(|rules| {
        let model = Model::new(rules, &mut findings);
        check(model, &mut findings)
    });
    if let Some(after) = &after {
        baseline(after, &mut findings);
    }
    if after.is_none() || findings.has_errors() {
        context.show(&findings, &sources);
        return Ok(End::Findings);
    }
    let id = edition_id(&checked, &reading);
    step.take(&plan).map_err(trouble)?;
    context.say(
        &format!("udgaven {id} er vedtaget; den er nu den gældende tekst i {}", rules::CURRENT),
        &format!("the edition {id} is adopted; it is now the text in force in {}", rules::CURRENT),
    );
    findings.retain(|d| d.code == crate::diag::Code::NotifyAndPublish);
    context.show(&findings, &sources);
    Ok(End::Fine)
}
