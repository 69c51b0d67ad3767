//! Turns a state of the model into a bylaw: state → context → template → marked Markdown → tree with ids and origins.

mod context;
mod resolve;

use crate::diag::{Code, Findings};
use crate::document::Bylaw;
use crate::model::{Model, State, Version};
use crate::parse::marks::{self, Marked};
use crate::parse::{Trouble, strict};
use crate::report;
use crate::template::{MAIN, Templates};

/// Is a version of the bylaw with the state it came from.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The version.
    pub version: Version,
    /// The state.
    pub state: State,
    /// The tree.
    pub bylaw: Bylaw,
}

/// Compiles a version of the bylaw; `None` when a template failed, and then the findings say why.
pub fn compile(model: &Model, templates: &Templates, version: Version, findings: &mut Findings) -> Option<Compiled> {
    let mut state = model.state(version, findings);
    resolve::number_sections(model, &mut state);
    let mut marks = marks::Marks::default();
    let context = context::build(model, templates, &state, &mut marks, findings)?;
    let rendered = templates.render(MAIN, &context, &model.rules.sources, findings)?;
    let mut bylaw = match strict::read(&rendered, Some(&marks)) {
        Ok(bylaw) => bylaw,
        Err(errors) => {
            for error in errors {
                let line = rendered.lines().nth(error.line.saturating_sub(1)).unwrap_or("");
                let (code, reason) = match &error.trouble {
                    Trouble::NoId => (Code::TemplateNode, String::new()),
                    Trouble::Mark(name) => (Code::TemplateNode, name.clone()),
                    other => (Code::ProfileError, describe(other)),
                };
                report!(
                    findings,
                    code,
                    None,
                    file = format!("templates/{MAIN}"),
                    line = error.line,
                    found = visible(line),
                    reason = reason
                );
            }
            return None;
        }
    };
    resolve::lost_nodes(&bylaw, &marks, findings);
    resolve::references(model, &state, &mut bylaw, findings);
    Some(Compiled { version, state, bylaw })
}

/// Says in Danish what is wrong with a line; an error in a template is for the person who writes templates.
pub fn describe(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Markup => "opmærkning, som profilen ikke har".into(),
        Trouble::Stray => "linjen hører ikke til noget".into(),
        Trouble::Wrapped => "et afsnit skal stå på én linje".into(),
        Trouble::Label(found, expected) => format!("der står »{found}«, men det næste er »{expected}«"),
        Trouble::NoId => "linjen har ingen id".into(),
        Trouble::Mark(name) => format!("ukendt mærke »{name}«"),
        Trouble::NoTitle => "der er ingen titel".into(),
    }
}

/// Takes the private marks out of a line, for showing it.
fn visible(line: &str) -> String {
    marks::split(line)
        .into_iter()
        .map(|m| match m {
            Marked::Text(t) => t,
            Marked::Bracket => "⟦",
            _ => "",
        })
        .collect()
}
