//! How good the comparison of two texts is when nothing is known of them, and what it makes of bad input.
//!
//! The cases in `tests/cases/redline` come from `benches/redline`: two texts and, for every word, whether a rule kept,
//! changed or moved it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use vedtaegt::diff::{Identity, NoCauses, Redline, Row, compare, segments};
use vedtaegt::document::Bylaw;
use vedtaegt::document::units::units;
use vedtaegt::parse::loose;
use vedtaegt::render::{markdown, text};

fn between(old: &str, new: &str) -> (Bylaw, Bylaw, Redline) {
    let (a, b) = (loose::read(old).0, loose::read(new).0);
    let redline = compare(&a, &b, Identity::Unknown, &NoCauses);
    (a, b, redline)
}

/// Returns a text as its lines.
fn flat(bylaw: &Bylaw) -> String {
    let mut out = String::new();
    for unit in units(bylaw) {
        let text = unit.text.to_plain();
        let space = if unit.label.is_empty() || text.is_empty() { "" } else { " " };
        writeln!(out, "{}{space}{text}", unit.label).unwrap();
    }
    out
}

fn side(segments: &[(char, String)], ops: &str) -> String {
    segments.iter().filter(|s| ops.contains(s.0)).map(|s| s.1.as_str()).collect()
}

/// Compares, and says that rejecting and accepting everything gives the two texts back, in every form.
fn holds(old: &str, new: &str) -> Redline {
    let (a, b, redline) = between(old, new);
    let found = segments(&redline);
    assert!(side(&found, "=-<") == flat(&a), "reject");
    assert!(side(&found, "=+>") == flat(&b), "accept");
    let marked = markdown::redline(&redline);
    let printed = |bylaw: &Bylaw| vedtaegt::document::print::markdown(bylaw);
    assert_eq!(marked.contains("{++") || marked.contains("{--"), redline.rows.iter().any(Row::is_marked));
    assert_eq!(critic(&marked, "{--"), filled(&printed(&a)), "reject in Markdown");
    assert_eq!(critic(&marked, "{++"), filled(&printed(&b)), "accept in Markdown");
    text::redline(&redline, false);
    text::redline(&redline, true);
    redline
}

/// Returns the lines that are not empty.
fn filled(text: &str) -> Vec<String> {
    text.lines().map(|l| l.trim_end().to_string()).filter(|l| !l.is_empty()).collect()
}

/// Returns the lines of a CriticMarkup text when the marks of one sort stay and those of the other go.
fn critic(marked: &str, stays: &str) -> Vec<String> {
    let mut out = String::new();
    let mut rest = marked;
    let mut shown = true;
    while let Some(c) = rest.chars().next() {
        let mark = rest.get(..3).filter(|m| ["{++", "++}", "{--", "--}", "{>>", "<<}"].contains(m));
        if let Some(mark) = mark {
            shown = !mark.starts_with('{') || mark == stays;
            rest = &rest[3..];
            continue;
        }
        let size = c.len_utf8() + if c == '\\' { rest[1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        if shown || c == '\n' {
            out.push_str(&rest[..size]);
        }
        rest = &rest[size..];
    }
    filled(&out)
}

/// Says that something is quick: far slower would be another order of growth, whatever the machine.
fn quick<T>(seconds: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(seconds), "{took:?}");
    out
}

// The measures.

struct Word {
    text: String,
    key: usize,
    class: char,
    line: usize,
    unit: String,
}

/// Reads the words of one side with what the truth says of them.
fn truth(folder: &Path, side: &str) -> Vec<Word> {
    let text = std::fs::read_to_string(folder.join(format!("{side}.md"))).unwrap();
    let stamps = std::fs::read_to_string(folder.join(format!("{side}.truth"))).unwrap();
    let flat = flat(&loose::read(&text).0);
    let mut words = cut(&flat).into_iter();
    let mut out = Vec::new();
    for (line, stamps) in stamps.lines().enumerate() {
        let (unit, stamps) = stamps.split_once('\t').unwrap();
        for stamp in stamps.split_whitespace() {
            let (key, class) = stamp.split_at(stamp.len() - 1);
            let (start, end) = words.next().unwrap();
            out.push(Word {
                text: flat[start..end].to_string(),
                key: key.parse().unwrap(),
                class: class.chars().next().unwrap(),
                line,
                unit: unit.to_string(),
            });
        }
    }
    assert!(words.next().is_none());
    out
}

/// Cuts a text into words and signs as the kit does.
fn cut(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().chain([(text.len(), ' ')]).collect();
    let word = |i: usize| chars.get(i).is_some_and(|c| c.1.is_alphanumeric() || c.1 == '_');
    let (mut i, mut out) = (0, Vec::new());
    while i + 1 < chars.len() {
        let start = i;
        i += 1;
        if word(start) {
            while word(i) || chars[i].1 == '-' && word(i + 1) {
                i += 1;
            }
            i += usize::from(chars[i].1 == '-');
        }
        if !chars[start].1.is_whitespace() {
            out.push((chars[start].0, chars[i].0));
        }
    }
    out
}

#[derive(Debug, Default)]
struct Score {
    precision: f64,
    recall: f64,
    f1_moves: f64,
    storm: f64,
    moves: (usize, usize),
    false_move_words: usize,
    hidden: usize,
    mispaired: usize,
    split: usize,
}

fn score(folder: &Path, found: &[(char, String)]) -> Score {
    let mut out = Score::default();
    let mut count: BTreeMap<(char, char), usize> = BTreeMap::new();
    let mut kept: [BTreeMap<usize, (usize, usize)>; 2] = Default::default();
    let mut units: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, (name, ops, mark, moved)) in [("old", "=-<", '-', '<'), ("new", "=+>", '+', '>')].into_iter().enumerate() {
        let words = truth(folder, name);
        let (mut text, mut flags, mut equal) = (String::new(), Vec::new(), Vec::new());
        let mut position = 0;
        for (op, part) in found {
            if ops.contains(*op) {
                text.push_str(part);
                flags.extend(std::iter::repeat_n(*op, part.len()));
                equal.extend((0..part.len()).map(|i| position + i));
            }
            position += if *op == '=' { part.len() } else { 0 };
        }
        let tokens = cut(&text);
        assert_eq!(tokens.len(), words.len());
        for (word, (start, end)) in words.iter().zip(tokens) {
            assert_eq!(word.text, text[start..end]);
            if !word.text.starts_with(|c: char| c.is_alphanumeric() || c == '§') {
                continue;
            }
            let ops: BTreeSet<char> = flags[start..end].iter().copied().collect();
            out.split += usize::from(ops.len() > 1);
            let op = *ops.iter().next().unwrap();
            let shown = if ops.len() > 1 || op == mark {
                'd'
            } else if op == moved {
                'm'
            } else {
                'k'
            };
            *count.entry((shown, word.class)).or_default() += 1;
            if shown == 'k' {
                kept[at].insert(equal[start], (word.key, word.line));
            }
            if at == 0 && word.unit != "-" {
                let unit = units.entry(word.unit.clone()).or_default();
                unit.0 += 1;
                unit.1 += usize::from(shown == 'm');
            }
        }
    }
    let n = |shown: &str, class: &str| -> f64 {
        let fits = |k: &(char, char)| shown.contains(k.0) && class.contains(k.1);
        count.iter().filter(|(k, _)| fits(k)).map(|(_, n)| *n).sum::<usize>() as f64
    };
    let f1 = |p: f64, r: f64| 2.0 * p * r / (p + r).max(1e-9);
    out.precision = n("d", "XRM") / n("d", "XRMK").max(1.0);
    out.recall = n("dm", "XRM") / n("dmk", "XRM").max(1.0);
    out.storm = n("d", "XRMK") / n("dmk", "XR").max(1.0);
    let good = n("d", "XR") + n("m", "M");
    out.f1_moves = f1(good / (n("d", "XRMK") + n("m", "XRMK")).max(1.0), good / n("dmk", "XRM").max(1.0));
    out.false_move_words = n("m", "K") as usize;
    out.hidden = n("m", "X") as usize;
    out.mispaired = kept[0].iter().filter(|(at, a)| kept[1].get(at).is_some_and(|b| a.0 != b.0)).count();
    out.moves = (units.values().filter(|u| 2 * u.1 >= u.0).count(), units.len());
    out
}

#[test]
fn good_without_knowing_anything() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/redline");
    for name in ["kit", "city", "town"] {
        let folder = cases.join(name);
        let read = |side: &str| std::fs::read_to_string(folder.join(format!("{side}.md"))).unwrap();
        let redline = holds(&read("old"), &read("new"));
        let found = score(&folder, &segments(&redline));
        assert!(found.precision >= 0.985 && found.recall >= 0.995, "{name}: {found:?}");
        assert!(found.f1_moves >= 0.95 && found.storm <= 1.05, "{name}: {found:?}");
        assert!(7 * found.moves.0 >= 6 * found.moves.1, "{name}: {found:?}");
        assert!(found.mispaired <= 2 && found.split == 0, "{name}: {found:?}");
        assert!(found.false_move_words == 0 && found.hidden == 0, "{name}: {found:?}");
        // A comparison that knows nothing of moves must not pass.
        let blind: Vec<(char, String)> = segments(&redline)
            .into_iter()
            .map(|(op, text)| {
                (
                    match op {
                        '<' => '-',
                        '>' => '+',
                        op => op,
                    },
                    text,
                )
            })
            .collect();
        let blind = score(&folder, &blind);
        assert!(found.moves.1 == 0 || blind.f1_moves < found.f1_moves && blind.moves.0 == 0, "{name}: {blind:?}");
    }
}

// Bad input.

fn words(count: usize, seed: usize) -> String {
    let word = |i: usize| {
        let n = (i.wrapping_mul(2_654_435_761) ^ seed.wrapping_mul(40_503)) % 5_000;
        format!("ord{n}{}", if i % 17 == 16 { "." } else { "" })
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// Changes every `every`th word.
fn touched(text: &str, every: usize) -> String {
    let change = |(i, w): (usize, &str)| if i % every == 0 { format!("nyt{i}") } else { w.to_string() };
    text.split(' ').enumerate().map(change).collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_in_common() {
    let new = "# Regulativ\n\n§ 1. Hunde føres i snor.\n\nStk. 2. Katte går frit.\n";
    let redline =
        holds("# Vedtægt\n\n## Kapitel 1. Byrådet\n\n§ 1. Byrådet har 21 medlemmer.\n\n1) en,\n2) to.\n", new);
    assert!(redline.rows.iter().any(Row::is_marked));
    holds("", new);
    holds(new, "");
    holds("", "");
}

#[test]
fn the_same_twice_says_so() {
    let text = "# Vedtægt\n\n§ 1. Byrådet har 21 medlemmer.\n\n1) en,\n2) to.\n";
    let redline = holds(text, text);
    assert!(redline.changes.is_empty());
    assert_eq!(segments(&redline), [('=', "Vedtægt\n§ 1. Byrådet har 21 medlemmer.\n1) en,\n2) to.\n".to_string())]);
    assert_eq!(text::redline(&redline, false), "Ingen forskel.\n");
    // The same with a BOM, Windows' line ends, other spaces and soft hyphens.
    let odd = format!("\u{feff}{}", text.replace('\n', "\r\n").replace("§ 1", "§\u{a0}1").replace("råd", "rå\u{ad}d"));
    assert!(holds(text, &odd).changes.is_empty());
}

#[test]
fn duplicate_numbers() {
    let old = "§ 1. Et.\n\n§ 1. To.\n\n§ 2. Jf. § 1 og § 2.\n\n§ 1. Tre.\n";
    holds(old, "§ 1. To.\n\n§ 1. Et.\n\n§ 1. Tre.\n\n§ 2. Jf. § 1 og § 3.\n");
    holds("1) a\n1) b\n", "§ 1. x\n\n1) a\n1) b\n3) a\n\nStk. 2. y\n\nStk. 2. y\n");
}

#[test]
fn text_that_looks_like_marks() {
    let old = "§ 1. Skriv {++ny++} eller {--gammel--}, {>>note<<} og {~~a~>b~~} <b>fed</b> <w:t>x</w:t> {{ PAGE }} <!-- ja --> x.\n";
    let new = old.replace("eller", "og/eller").replace("x.", "&lt;del&gt; {++y++} ]]> \\{ x.");
    holds(old, &new);
    holds(&new, old);
}

#[test]
fn odd_letters() {
    let old = "§ 1. Byra\u{30a}det  \u{202b}שלום\u{202c} og cafe\u{301} e\u{301}t \u{a0} \u{200d}👩\u{200d}💻 skole\u{ad}væsen.\n";
    holds(old, "§ 1. Byrådet \u{200f}שלום עולם og café ét 👩‍💻👩‍💻 skolevæsenet\u{2028}ny linje.\n");
    holds("§ 1. \u{301}\u{301}\u{301}", "§ 1. \u{301}");
}

#[test]
fn one_long_provision() {
    let old = words(3_000, 1);
    quick(20, || holds(&format!("§ 1. {old}\n"), &format!("§ 1. {}\n", touched(&old, 50))));
    quick(20, || holds(&format!("§ 1. {old}\n"), &format!("§ 1. {}\n", words(3_000, 2))));
    let one = "samme ".repeat(2_000);
    quick(20, || holds(&format!("§ 1. {one}\n"), &format!("§ 1. {}andet {one}\n", one.repeat(2))));
}

#[test]
fn many_points() {
    let list = |count: usize, step: usize| -> String {
        (0..count).fold("§ 1. Opgaver:\n\n".to_string(), |mut out, i| {
            writeln!(out, "{}) opgave {} i bydel {},", i + 1, i * step, i % 7).unwrap();
            out
        })
    };
    quick(20, || holds(&list(600, 1), &list(600, 3)));
    let same = |count: usize| format!("§ 1. Opgaver:\n\n{}", "1) ens,\n".repeat(count));
    quick(20, || holds(&same(600), &same(550)));
}

#[test]
#[ignore = "heavy: the sizes that the small tests above stand for"]
fn the_heaviest() {
    let old = words(100_000, 1);
    quick(60, || holds(&format!("§ 1. {old}\n"), &format!("§ 1. {}\n", touched(&old, 50))));
    quick(60, || holds(&format!("§ 1. {old}\n"), &format!("§ 1. {}\n", touched(&old, 2))));
    quick(60, || holds(&format!("§ 1. {old}\n"), &format!("§ 1. {}\n", words(100_000, 2))));
    let one = "samme ".repeat(50_000);
    quick(60, || holds(&format!("§ 1. {one}\n"), &format!("§ 1. {}andet {one}\n", one)));
    let list = |count: usize, step: usize| -> String {
        (0..count).fold("§ 1. Opgaver:\n\n".to_string(), |mut out, i| {
            writeln!(out, "{}) opgave {} i bydel {},", i + 1, i * step, i % 7).unwrap();
            out
        })
    };
    quick(60, || holds(&list(5_000, 1), &list(5_000, 3)));
    let same = |count: usize| format!("§ 1. Opgaver:\n\n{}", "1) ens,\n".repeat(count));
    quick(60, || holds(&same(5_000), &same(4_900)));
    let whole = |seed: usize| -> String {
        (0..2_000).fold("# V\n\n".to_string(), |mut out, i| {
            writeln!(out, "§ {}. {}\n", i + 1, words(100, i * 3 + seed)).unwrap();
            out
        })
    };
    quick(60, || holds(&whole(1), &touched(&whole(1), 60)));
    quick(60, || holds(&whole(1), &whole(2)));
}
