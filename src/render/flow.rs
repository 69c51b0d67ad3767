//! A picture of what moves from whom to whom: givers left, receivers right, a band between them for each flow.
//!
//! Every number is whole and comes from the data, so the picture is the same everywhere. It is read without colour: a
//! flow that has no date is white with a broken edge. Nothing is loaded, and elements are closed as in a page.

use super::html::xml::Xml;

/// Is a picture to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// What it is called.
    pub title: String,
    /// The same in words.
    pub words: String,
    /// The names of those who give.
    pub givers: Vec<String>,
    /// The names of those who receive.
    pub receivers: Vec<String>,
    /// The bands.
    pub bands: Vec<Band>,
}

/// Is one flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Band {
    /// Who gives: an index into [`Flow::givers`].
    pub giver: usize,
    /// Who receives: an index into [`Flow::receivers`].
    pub receiver: usize,
    /// How many tasks.
    pub count: usize,
    /// Whether it has a date.
    pub dated: bool,
}

const WIDTH: usize = 860;
const LEFT: usize = 245;
const RIGHT: usize = WIDTH - LEFT;
const BAR: usize = 12;
const TOP: usize = 44;
/// Between two owners.
const GAP: usize = 14;
/// Is how high three lines of a name are.
const NAME: usize = 54;
/// Is how high the tasks of all flows may be together before they are drawn smaller.
const ROOM: usize = 420;
/// Is the least height of a band: its number must be read.
const LEAST: usize = 16;
/// Is how many letters of a name go on a line.
const LINE: usize = 24;

/// Draws the picture as SVG.
pub fn svg(flow: &Flow) -> String {
    let all: usize = flow.bands.iter().map(|b| b.count).sum();
    let unit = (ROOM / all.max(1)).clamp(2, 16);
    let height = |band: &Band| (band.count * unit).max(LEAST);
    let left = column(flow.givers.len(), |i| flow.bands.iter().filter(|b| b.giver == i).map(height).sum());
    let right = column(flow.receivers.len(), |i| flow.bands.iter().filter(|b| b.receiver == i).map(height).sum());
    let bottom = left.iter().chain(&right).map(|(y, h)| y + h.max(&NAME)).max().unwrap_or(TOP);
    // The key stands below.
    let tall = bottom + 46;
    let mut x = Xml::default();
    let view = format!("0 0 {WIDTH} {tall}");
    let (width, tall) = (WIDTH.to_string(), tall.to_string());
    x.open("svg", &[("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", &view), ("width", &width), ("height", &tall)]);
    x.leaf("title", &[], &flow.title).leaf("desc", &[], &flow.words);
    words(&mut x, LEFT, 24, "end", true, "Afgiver");
    words(&mut x, RIGHT, 24, "start", true, "Modtager");
    let mut from: Vec<usize> = left.iter().map(|(y, _)| *y).collect();
    let mut to: Vec<usize> = vec![0; right.len()];
    // Into an owner the bands come in the order of those they come from.
    let mut ends: Vec<usize> = vec![0; flow.bands.len()];
    for (receiver, (y, _)) in right.iter().enumerate() {
        if let Some(next) = to.get_mut(receiver) {
            *next = *y;
        }
    }
    let mut order: Vec<usize> = (0..flow.bands.len()).collect();
    order.sort_by_key(|i| flow.bands.get(*i).map(|b| (b.giver, b.receiver, !b.dated)));
    for i in &order {
        if let Some(band) = flow.bands.get(*i)
            && let (Some(next), Some(end)) = (to.get_mut(band.receiver), ends.get_mut(*i))
        {
            *end = *next;
            *next += height(band);
        }
    }
    for i in &order {
        let (Some(band), Some(end)) = (flow.bands.get(*i), ends.get(*i)) else { continue };
        let Some(start) = from.get_mut(band.giver) else { continue };
        draw(&mut x, band, *start, *end, height(band));
        *start += height(band);
    }
    for (side, names, column) in [(false, &flow.givers, &left), (true, &flow.receivers, &right)] {
        for (name, (y, h)) in names.iter().zip(column) {
            owner(&mut x, name, *y, *h, side);
        }
    }
    key(&mut x, bottom + 34);
    x.close("svg");
    x.finish()
}

/// Places owners below each other: where each begins, and how high its bands are.
fn column(owners: usize, height: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    let mut y = TOP;
    (0..owners)
        .map(|i| {
            let place = (y, height(i));
            y += place.1.max(NAME) + GAP;
            place
        })
        .collect()
}

fn draw(x: &mut Xml, band: &Band, from: usize, to: usize, h: usize) {
    let (a, b, middle) = (LEFT + BAR, RIGHT - BAR, WIDTH / 2);
    let path = format!(
        "M{a} {from}C{middle} {from} {middle} {to} {b} {to}L{b} {}C{middle} {} {middle} {} {a} {}Z",
        to + h,
        to + h,
        from + h,
        from + h
    );
    let (fill, dash) = if band.dated { ("#b9c0c7", "") } else { ("#ffffff", "5 3") };
    x.open(
        "path",
        &[
            ("d", &path),
            ("fill", fill),
            ("fill-opacity", "0.75"),
            ("stroke", "#4a4f55"),
            ("stroke-width", "1"),
            ("stroke-dasharray", dash),
        ],
    )
    .close("path");
    let count = band.count.to_string();
    words(x, a + 8, from + h / 2 + 5, "start", false, &count);
    words(x, b - 8, to + h / 2 + 5, "end", false, &count);
}

fn owner(x: &mut Xml, name: &str, y: usize, h: usize, receives: bool) {
    let at = if receives { RIGHT - BAR } else { LEFT };
    let (px, py, ph, bar) = (at.to_string(), y.to_string(), h.max(2).to_string(), BAR.to_string());
    x.open("rect", &[("x", &px), ("y", &py), ("width", &bar), ("height", &ph), ("fill", "#26292d")]).close("rect");
    let lines = wrapped(name);
    let first = (y + h / 2 + 5).saturating_sub((lines.len().saturating_sub(1)) * 9);
    for (i, line) in lines.iter().enumerate() {
        let (at, anchor) = if receives { (RIGHT + 8, "start") } else { (LEFT - 8, "end") };
        words(x, at, first.max(TOP) + i * 18, anchor, false, line);
    }
}

fn key(x: &mut Xml, y: usize) {
    let mut at = LEFT - 120;
    for (fill, dash, label) in [("#b9c0c7", "", "fastsat dato"), ("#ffffff", "5 3", "dato ikke fastsat")] {
        let (px, py) = (at.to_string(), (y - 12).to_string());
        x.open(
            "rect",
            &[
                ("x", &px),
                ("y", &py),
                ("width", "26"),
                ("height", "14"),
                ("fill", fill),
                ("stroke", "#4a4f55"),
                ("stroke-dasharray", dash),
            ],
        )
        .close("rect");
        words(x, at + 34, y, "start", false, label);
        at += 160;
    }
    words(x, at + 34, y, "start", false, "Tallene er antal opgaver.");
}

fn words(x: &mut Xml, px: usize, py: usize, anchor: &str, bold: bool, text: &str) {
    let (px, py) = (px.to_string(), py.to_string());
    let weight = if bold { "bold" } else { "" };
    x.leaf(
        "text",
        &[
            ("x", &px),
            ("y", &py),
            ("text-anchor", anchor),
            ("font-family", "Libertinus Serif, Georgia, serif"),
            ("font-size", "15"),
            ("font-weight", weight),
            ("fill", "#1c1d1f"),
        ],
        text,
    );
}

/// Breaks a name at spaces and after hyphens into at most three lines.
fn wrapped(name: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    for word in name.split(' ') {
        let Some(last) = out.last_mut() else { break };
        if !last.is_empty() && last.chars().count() + word.chars().count() + 1 > LINE {
            out.push(word.to_string());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    if out.len() > 3 {
        out.truncate(3);
        if let Some(last) = out.last_mut() {
            last.push('…');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_between_words() {
        assert_eq!(
            wrapped("Beskæftigelses-, Integrations- og Erhvervsudvalget"),
            ["Beskæftigelses-,", "Integrations- og", "Erhvervsudvalget"]
        );
        assert_eq!(wrapped("Socialudvalget"), ["Socialudvalget"]);
    }

    #[test]
    fn bands_that_name_nobody_are_left_out() {
        let flow = Flow {
            bands: vec![Band { giver: 3, receiver: 9, count: usize::MAX / 64, dated: true }],
            ..Flow::default()
        };
        assert!(!svg(&flow).contains("<path"));
    }

    #[test]
    fn bands_of_an_owner_fill_its_bar() {
        let flow = Flow {
            givers: vec!["A".into()],
            receivers: vec!["B".into(), "C".into()],
            bands: vec![
                Band { giver: 0, receiver: 1, count: 3, dated: true },
                Band { giver: 0, receiver: 0, count: 2, dated: false },
            ],
            ..Flow::default()
        };
        let svg = svg(&flow);
        assert_eq!(svg.matches("<path").count(), 2);
        assert_eq!(svg.matches("height=\"80\"").count(), 1, "five tasks of 16: {svg}");
    }
}
