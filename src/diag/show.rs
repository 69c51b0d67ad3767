//! Shows findings: to people, to programs, and on GitHub; and the index page of all codes.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Code, Diagnostic, Findings, Severity};
use crate::lang::{self, Lang, fill, visible, wording};
use crate::source::{SourceFile, Sources, Span};

/// How wide a shown source line may be before it is cut around the place.
const WIDTH: usize = 120;

/// Returns a finding's fact in one line.
pub fn message(d: &Diagnostic, lang: Lang) -> String {
    fill(wording(d.code, lang).message, &spoken(d), lang)
}

/// Returns what to do about a finding; empty when there is nothing to say.
pub fn hint(d: &Diagnostic, lang: Lang) -> String {
    fill(wording(d.code, lang).hint, &spoken(d), lang)
}

/// Marks the words for shapes and kinds of place as stock words; elsewhere `text` and `list` are what a user wrote.
fn spoken(d: &Diagnostic) -> Vec<(&'static str, String)> {
    let shapes = matches!(d.code, Code::WrongShape | Code::WrongPlace);
    let say = |name: &str, value: &str| {
        if shapes && matches!(name, "expected" | "found") { lang::stock(value) } else { value.to_string() }
    };
    d.args.iter().map(|(name, value)| (*name, say(name, value))).collect()
}

/// Shows all findings with their source lines, in the order of the files, and counts them in a last line.
pub fn human(findings: &Findings, sources: &Sources, lang: Lang, color: bool) -> String {
    let renderer = if color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut out = String::new();
    for d in findings.sorted() {
        out.push_str(&one(d, sources, lang, &renderer));
        out.push_str("\n\n");
    }
    if !findings.is_empty() {
        out.push_str(&count(findings, lang));
        out.push('\n');
    }
    out
}

/// Counts the findings in a line: `2 fejl og 1 advarsel`.
pub fn count(findings: &Findings, lang: Lang) -> String {
    let (errors, warnings) = findings.count();
    let counted = |n: usize, words: [&str; 2]| (n > 0).then(|| format!("{n} {}", words[usize::from(n != 1)]));
    let (error, warning, none, and) = match lang {
        Lang::Da => (["fejl", "fejl"], ["advarsel", "advarsler"], "ingen fejl", "og"),
        Lang::En => (["error", "errors"], ["warning", "warnings"], "no errors", "and"),
    };
    match (counted(errors, error), counted(warnings, warning)) {
        (Some(errors), Some(warnings)) => format!("{errors} {and} {warnings}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => none.to_string(),
    }
}

fn one(d: &Diagnostic, sources: &Sources, lang: Lang, renderer: &Renderer) -> String {
    let words = Words::of(lang);
    let level = match d.code.severity() {
        Severity::Error => Level::ERROR.with_name(words.error),
        Severity::Warning => Level::WARNING.with_name(words.warning),
    };
    let mut group = Group::with_title(level.primary_title(message(d, lang)).id(d.code.as_str()));
    let also = match d.code {
        Code::DuplicateKey | Code::DuplicateId | Code::DuplicateNumber => words.first,
        _ => words.also,
    };
    let mut shown: Vec<Span> = Vec::new();
    for span in d.span.iter().chain(&d.others) {
        // The places in one file share a snippet; the first place decides where the file comes.
        if shown.iter().any(|s| s.file == span.file) {
            continue;
        }
        shown.push(*span);
        if let Some(file) = sources.get(span.file) {
            group = group.element(snippet(d, span.file.0, file, also));
        }
    }
    let (hint, law) = (hint(d, lang), d.code.law());
    if !hint.is_empty() {
        group = group.element(Level::HELP.with_name(words.help).message(hint));
    }
    if !law.is_empty() {
        group = group.element(Level::NOTE.with_name(words.law).message(law));
    }
    renderer.render(&[group])
}

/// Shows the lines of one file that a finding touches.
fn snippet(
    d: &Diagnostic,
    file: u32,
    source: &SourceFile,
    also: &'static str,
) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let text = source.text.as_str();
    let primary: Vec<Range<usize>> = d.span.iter().filter(|s| s.file.0 == file).map(|s| first_line(text, *s)).collect();
    let others: Vec<Range<usize>> =
        d.others.iter().filter(|s| s.file.0 == file).map(|s| first_line(text, *s)).collect();
    let all = || primary.iter().chain(&others);
    let first = all().map(|r| r.start).min().unwrap_or(0);
    let last = all().map(|r| r.end).max().unwrap_or(0);
    let from = text[..first].rfind('\n').map_or(0, |i| i + 1);
    let to = text[last..].find('\n').map_or(text.len(), |i| last + i);
    let line = text[..from].matches('\n').count() + 1;
    // A character that cannot be seen is shown as another of another length.
    let clean = |range: Range<usize>| -> String {
        text[range].chars().map(|c| if c == '\n' { c } else { lang::shown(c) }).collect()
    };
    let within = |r: &Range<usize>| {
        let start = clean(from..r.start).len();
        start..start + clean(r.clone()).len()
    };
    Snippet::source(clean(from..to))
        .line_start(line)
        .path(visible(&source.path))
        .annotations(primary.iter().map(|r| AnnotationKind::Primary.span(within(r))))
        .annotations(others.iter().map(|r| {
            let kind = if primary.is_empty() { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(within(r)).label(also)
        }))
}

/// Fits a span to the text and to its first line: a marker over twenty lines hides what it shows.
fn first_line(text: &str, span: Span) -> Range<usize> {
    let start = boundary(text, span.start as usize);
    let end = boundary(text, span.end as usize).max(start);
    let end = text[start..end].find('\n').map_or(end, |i| start + i);
    start..end
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Holds the few words of the frame around a finding.
struct Words {
    error: &'static str,
    warning: &'static str,
    help: &'static str,
    law: &'static str,
    also: &'static str,
    first: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Da => Words {
                error: "fejl",
                warning: "advarsel",
                help: "hjælp",
                law: "lov",
                also: "se også her",
                first: "står første gang her",
            },
            Lang::En => Words {
                error: "error",
                warning: "warning",
                help: "help",
                law: "law",
                also: "see also here",
                first: "stands first here",
            },
        }
    }
}

/// Is one finding as a program reads it; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Record {
    code: &'static str,
    severity: &'static str,
    message: String,
    hint: String,
    law: &'static str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

fn record(d: &Diagnostic, sources: &Sources, lang: Lang) -> Record {
    let place = d.span.filter(|s| sources.get(s.file).is_some());
    let start = place.map(|s| sources.line_column(s));
    let end = place.map(|s| sources.line_column(Span { start: s.end.max(s.start), ..s }));
    Record {
        code: d.code.as_str(),
        severity: match d.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: message(d, lang),
        hint: hint(d, lang),
        law: d.code.law(),
        file: place.map(|s| sources.path(s.file).to_string()),
        line: start.map(|s| s.0),
        column: start.map(|s| s.1),
        end_line: end.map(|s| s.0),
        end_column: end.map(|s| s.1),
    }
}

/// Gives all findings as a JSON array, `null` for the place of those that have none.
pub fn json(findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let records: Vec<Record> = findings.sorted().into_iter().map(|d| record(d, sources, lang)).collect();
    let mut out = serde_json::to_string_pretty(&records).unwrap_or_else(|_| "[]".to_string());
    out.push('\n');
    out
}

/// Gives all findings as workflow commands, which GitHub shows beside the lines of a change.
pub fn github(findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for d in findings.sorted() {
        let r = record(d, sources, lang);
        let mut properties = Vec::new();
        if let (Some(file), Some(line), Some(column)) = (&r.file, r.line, r.column) {
            properties.push(format!("file={}", property(file)));
            properties.push(format!("line={line},col={column}"));
            if let (Some(end_line), Some(end_column)) = (r.end_line, r.end_column) {
                properties.push(format!("endLine={end_line}"));
                if end_line == line && end_column > column {
                    properties.push(format!("endColumn={end_column}"));
                }
            }
        }
        properties.push(format!("title={}", property(r.code)));
        let mut text = r.message;
        for line in [r.hint.as_str(), r.law] {
            if !line.is_empty() {
                text.push('\n');
                text.push_str(line);
            }
        }
        out.push_str(&format!("::{} {}::{}\n", r.severity, properties.join(","), data(&text)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Explains one code, for `vedtaegt explain`.
pub fn explain(code: Code, lang: Lang) -> String {
    let (w, words) = (wording(code, lang), Words::of(lang));
    let severity = match code.severity() {
        Severity::Error => words.error,
        Severity::Warning => words.warning,
    };
    let mut out = format!("{severity}[{}]: {}\n\n{}\n", code.as_str(), open(w.message), w.explanation);
    if !w.hint.is_empty() {
        out.push_str(&format!("\n{}: {}\n", words.help, open(w.hint)));
    }
    if !code.law().is_empty() {
        out.push_str(&format!("{}: {}\n", words.law, code.law()));
    }
    out
}

/// Returns a wording with "…" for each slot, since there is nothing to fill it with.
fn open(template: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in lang::bare(template).chars() {
        match c {
            '{' => inside = true,
            '}' if inside => {
                inside = false;
                out.push('…');
            }
            _ if inside => {}
            _ => out.push(c),
        }
    }
    out
}

/// Makes the page that explains every code, `lang` first and the other language under it.
pub fn index(lang: Lang) -> String {
    let (title, intro, other) = match lang {
        Lang::Da => (
            "Fejl og advarsler",
            "Alle koder, som `vedtaegt` kan melde. `vedtaegt explain <kode>` viser det samme. \
             Ord i klammer udfyldes, når beskeden vises. Siden dannes af programmet: ret teksterne i `src/lang/`.",
            Lang::En,
        ),
        Lang::En => (
            "Errors and warnings",
            "Every code that `vedtaegt` may report. `vedtaegt explain <code>` shows the same. \
             Words in braces are filled in when the message is shown. The program makes this page: edit `src/lang/`.",
            Lang::Da,
        ),
    };
    let mut out = format!("# {title}\n\n{intro}\n\n");
    for code in Code::ALL {
        out.push_str(&format!("- [`{0}`](#{0}): {1}\n", code.as_str(), markdown(wording(*code, lang).message)));
    }
    for code in Code::ALL {
        let words = Words::of(lang);
        let severity = match code.severity() {
            Severity::Error => words.error,
            Severity::Warning => words.warning,
        };
        let law = if code.law().is_empty() { String::new() } else { format!(" · {}", code.law()) };
        out.push_str(&format!("\n## {}\n\n*{severity}{law}*\n\n", code.as_str()));
        let (here, there) = (wording(*code, lang), wording(*code, other));
        for (w, quote) in [(here, ""), (there, "> ")] {
            out.push_str(&format!("{quote}**{}**\n{}\n", markdown(w.message), quote.trim_end()));
            out.push_str(&format!("{quote}{}\n", markdown(w.explanation)));
            if !w.hint.is_empty() {
                out.push_str(&format!("{}\n{quote}→ {}\n", quote.trim_end(), markdown(w.hint)));
            }
            if quote.is_empty() {
                out.push('\n');
            }
        }
    }
    out
}

/// Shows a template in Markdown: its characters stand for themselves.
fn markdown(template: &str) -> String {
    let mut out = String::new();
    for c in lang::bare(template).chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
