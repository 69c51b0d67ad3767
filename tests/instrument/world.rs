//! Random bylaws and random edits: every case is made from one number and can be made again from it.

use std::collections::HashSet;
use vedtaegt::document::number::{Marker, number};
use vedtaegt::document::{Block, Bylaw, Chapter, Letter, NodeId, Paragraph, Point, Section, Subsection, Text};

/// Draws numbers from a seed (SplitMix64).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Draws from 0 up to, not including, `n`.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }
    pub fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// A word, or a reference that follows the § it points at.
#[derive(Clone, Debug, PartialEq)]
pub enum Tok {
    Word(String),
    Ref(u32),
}

type Words = Vec<Tok>;

#[derive(Clone, Debug)]
pub enum Item {
    Point(u32, Words, Vec<(u32, Words)>),
    Text(u32, Words),
}

#[derive(Clone, Debug)]
pub struct Stk {
    id: u32,
    words: Words,
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
pub struct Sec {
    id: u32,
    number: String,
    heading: Option<Words>,
    stks: Vec<Stk>,
}

#[derive(Clone, Debug)]
pub struct Chap {
    id: u32,
    number: String,
    title: Words,
    secs: Vec<Sec>,
}

/// How lists are punctuated, and whether §§ are numbered through.
#[derive(Clone, Debug)]
pub struct Style {
    list: u8,
    marker: Marker,
    through: bool,
    chapters: bool,
}

#[derive(Clone, Debug)]
pub struct World {
    style: Style,
    next: u32,
    title: Words,
    preamble: Vec<(u32, Words)>,
    chapters: Vec<Chap>,
    /// Every § and chapter number there has been: numbers are not used again.
    used: HashSet<String>,
}

const NAMES: [&str; 14] = [
    "Teknik- og Miljøudvalget",
    "Teknik- og Miljøudvalgets",
    "Klima-, Miljø- og Teknikudvalget",
    "teknik- og miljøborgmesteren",
    "Socialudvalget",
    "Socialudvalgets",
    "Social- og Ældreudvalget",
    "formand",
    "formanden",
    "formandens",
    "næstformand",
    "formænd",
    "Udvalget for Børn og Skole",
    "Børn og Skole",
];

const SMALL: [&str; 44] = [
    "og",
    "den",
    "de",
    "opgaver",
    "om",
    "kommunens",
    "sager",
    "efter",
    "har",
    "ikke",
    "plan",
    "planlægning",
    "område",
    "områder",
    "en",
    "for",
    "på",
    "særlig",
    "vedrører",
    "det",
    "m.v.",
    "jf.",
    "hver",
    "veje",
    "parker",
    "skoler",
    "byggeri",
    "500.000",
    "kr.",
    "11",
    "medlemmer",
    "møde",
    "møder",
    "nr. 3",
    "stk. 2",
    "den 1. januar 2026",
    "i",
    "(herunder",
    "tilsyn)",
    "»byen«",
    "it-drift",
    "a",
    "§ 2 i lov om kommunernes styrelse",
    "Børn",
];

fn word(dice: &mut Dice) -> Tok {
    let text = if dice.chance(4) { dice.pick(&NAMES) } else { dice.pick(&SMALL) };
    Tok::Word((*text).to_string())
}

fn words(dice: &mut Dice, least: usize, most: usize) -> Words {
    let n = least + dice.below(most - least + 1);
    let mut out: Words = (0..n).map(|_| word(dice)).collect();
    if out.len() > 4 && dice.chance(3) {
        let at = 1 + dice.below(out.len() - 2);
        out.insert(at, Tok::Word(",".into()));
    }
    if out.len() > 6 && dice.chance(4) {
        let at = 2 + dice.below(out.len() - 3);
        out.insert(at, Tok::Word(".".into()));
        out.insert(at + 1, Tok::Word((*dice.pick(&["Udvalget", "Rådet", "Det"])).to_string()));
    }
    out
}

/// Words as they are printed.
fn print(words: &Words, world: &World, end: &str) -> String {
    let mut out = String::new();
    for tok in words {
        let text = match tok {
            Tok::Word(text) => text.clone(),
            Tok::Ref(id) => {
                let found = world.chapters.iter().flat_map(|c| &c.secs).find(|s| s.id == *id);
                found.map_or("loven".to_string(), |s| format!("§ {}", s.number))
            }
        };
        if !out.is_empty() && !matches!(text.as_str(), "," | ".") {
            out.push(' ');
        }
        out.push_str(&text);
    }
    out.push_str(end);
    out
}

impl World {
    /// Makes a bylaw.
    pub fn new(dice: &mut Dice) -> World {
        let style = Style {
            list: dice.below(3) as u8,
            marker: if dice.chance(4) { Marker::Dash } else { Marker::Number },
            through: dice.chance(4),
            chapters: !dice.chance(5),
        };
        let mut world = World {
            style,
            next: 1,
            title: vec![Tok::Word("Styrelsesvedtægt for".into()), Tok::Word("X Kommune".into())],
            preamble: Vec::new(),
            chapters: Vec::new(),
            used: HashSet::new(),
        };
        for _ in 0..dice.below(3) {
            let id = world.id();
            world.preamble.push((id, words(dice, 2, 6)));
        }
        let chapters = if world.style.chapters { 1 + dice.below(3) } else { 1 };
        let mut number = 0;
        for c in 0..chapters {
            let id = world.id();
            let mut chap = Chap { id, number: String::new(), title: Vec::new(), secs: Vec::new() };
            if world.style.chapters {
                chap.number = (c + 1).to_string();
                chap.title = words(dice, 1, 3);
            }
            for _ in 0..1 + dice.below(4) {
                number += 1;
                let mut sec = world.section(dice);
                sec.number = number.to_string();
                world.used.insert(sec.number.clone());
                chap.secs.push(sec);
            }
            world.chapters.push(chap);
        }
        let ids: Vec<u32> = world.sections();
        world.lines(&mut |words| {
            if dice.chance(6) {
                words.push(Tok::Word("efter".into()));
                words.push(Tok::Ref(*dice.pick(&ids)));
            }
        });
        world
    }

    fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn section(&mut self, dice: &mut Dice) -> Sec {
        let id = self.id();
        let heading = (!dice.chance(3)).then(|| words(dice, 1, 3));
        let stks = (0..1 + dice.below(4)).map(|_| self.stk(dice)).collect();
        Sec { id, number: String::new(), heading, stks }
    }

    fn stk(&mut self, dice: &mut Dice) -> Stk {
        let mut items = Vec::new();
        if dice.chance(2) {
            for _ in 0..1 + dice.below(7) {
                let point = self.point(dice);
                items.push(point);
            }
            if dice.chance(4) {
                items.push(Item::Text(self.id(), words(dice, 3, 6)));
            }
        }
        Stk { id: self.id(), words: words(dice, 3, 14), items }
    }

    fn point(&mut self, dice: &mut Dice) -> Item {
        let mut letters = Vec::new();
        if dice.chance(5) {
            for _ in 0..1 + dice.below(4) {
                letters.push((self.id(), words(dice, 1, 5)));
            }
        }
        Item::Point(self.id(), words(dice, 1, 7), letters)
    }

    fn sections(&self) -> Vec<u32> {
        self.chapters.iter().flat_map(|c| &c.secs).map(|s| s.id).collect()
    }

    /// Visits every line.
    fn lines(&mut self, visit: &mut dyn FnMut(&mut Words)) {
        visit(&mut self.title);
        self.preamble.iter_mut().for_each(|p| visit(&mut p.1));
        for chapter in &mut self.chapters {
            if self.style.chapters {
                visit(&mut chapter.title);
            }
            for sec in &mut chapter.secs {
                sec.heading.iter_mut().for_each(&mut *visit);
                for stk in &mut sec.stks {
                    visit(&mut stk.words);
                    for item in &mut stk.items {
                        match item {
                            Item::Text(_, words) => visit(words),
                            Item::Point(_, words, letters) => {
                                visit(words);
                                letters.iter_mut().for_each(|l| visit(&mut l.1));
                            }
                        }
                    }
                }
            }
        }
    }

    /// Makes one edit of a random kind.
    pub fn edit(&mut self, dice: &mut Dice) {
        match dice.below(26) {
            0 | 1 => self.rename(dice),
            2 => self.swap(dice),
            3..=6 => self.reword(dice),
            7..=9 => self.with_list(dice, &mut |world, dice, items| {
                let new = world.point(dice);
                let most = items.iter().take_while(|i| matches!(i, Item::Point(..))).count();
                items.insert(dice.below(most + 1), new);
            }),
            10 | 11 => self.with_list(dice, &mut |_, dice, items| {
                items.remove(dice.below(items.len()));
            }),
            12 | 13 => self.move_point(dice),
            14 => self.with_list(dice, &mut |_, dice, items| {
                let at = dice.below(items.len());
                let item = items.remove(at);
                items.insert(dice.below(items.len() + 1), item);
            }),
            15 => self.twin(dice),
            16 => self.letters(dice),
            17 => self.with_list(dice, &mut |world, dice, items| match items.last() {
                Some(Item::Text(..)) => {
                    items.pop();
                }
                _ => items.push(Item::Text(world.id(), words(dice, 3, 6))),
            }),
            18 | 19 => self.stks(dice),
            20 | 21 => self.secs(dice),
            22 => self.headings(dice),
            23 => self.chaps(dice),
            24 => self.merge(dice),
            _ => self.preambles(dice),
        }
        if self.style.through {
            let mut n = 0;
            for sec in self.chapters.iter_mut().flat_map(|c| &mut c.secs) {
                n += 1;
                sec.number = n.to_string();
            }
            for (n, chapter) in (1..).zip(&mut self.chapters).filter(|_| self.style.chapters) {
                chapter.number = n.to_string();
            }
        }
    }

    /// One word becomes another everywhere, or in all forms.
    fn rename(&mut self, dice: &mut Dice) {
        let (a, b) = ((*dice.pick(&NAMES)).to_string(), (*dice.pick(&NAMES)).to_string());
        let some = dice.chance(3);
        let mut dice = dice.clone();
        self.lines(&mut |words| {
            for tok in words {
                if *tok == Tok::Word(a.clone()) && !(some && dice.chance(2)) {
                    *tok = Tok::Word(b.clone());
                }
            }
        });
    }

    /// Two words change places everywhere.
    fn swap(&mut self, dice: &mut Dice) {
        let (a, b) = ((*dice.pick(&NAMES)).to_string(), (*dice.pick(&NAMES)).to_string());
        self.lines(&mut |words| {
            for tok in words {
                *tok = match &*tok {
                    Tok::Word(w) if *w == a => Tok::Word(b.clone()),
                    Tok::Word(w) if *w == b => Tok::Word(a.clone()),
                    other => other.clone(),
                };
            }
        });
    }

    fn reword(&mut self, dice: &mut Dice) {
        let mut count = 0;
        self.lines(&mut |_| count += 1);
        let at = dice.below(count);
        let mut i = 0;
        let ids = self.sections();
        self.lines(&mut |words| {
            if i == at {
                for _ in 0..1 + dice.below(3) {
                    let place = dice.below(words.len() + 1);
                    match dice.below(4) {
                        0 if words.len() > 1 => {
                            words.remove(place.min(words.len() - 1));
                        }
                        1 => words.insert(place, word(dice)),
                        2 => words.insert(place, Tok::Ref(*dice.pick(&ids))),
                        _ => {
                            let place = place.min(words.len().saturating_sub(1));
                            if let Some(tok) = words.get_mut(place) {
                                *tok = word(dice);
                            }
                        }
                    }
                }
                tidy(words);
            }
            i += 1;
        });
    }

    fn stk_count(&self) -> usize {
        self.chapters.iter().flat_map(|c| &c.secs).map(|s| s.stks.len()).sum()
    }

    fn stk_at(&mut self, at: usize) -> Option<&mut Stk> {
        self.chapters.iter_mut().flat_map(|c| &mut c.secs).flat_map(|s| &mut s.stks).nth(at)
    }

    fn with_list(&mut self, dice: &mut Dice, change: &mut dyn FnMut(&mut World, &mut Dice, &mut Vec<Item>)) {
        let count = self.stk_count();
        let from = dice.below(count);
        for k in 0..count {
            let at = (from + k) % count;
            let Some(stk) = self.stk_at(at) else { return };
            if stk.items.is_empty() {
                continue;
            }
            let mut items = std::mem::take(&mut stk.items);
            change(self, dice, &mut items);
            order(&mut items);
            if let Some(stk) = self.stk_at(at) {
                stk.items = items;
            }
            return;
        }
    }

    fn move_point(&mut self, dice: &mut Dice) {
        let mut taken = None;
        self.with_list(dice, &mut |_, dice, items| {
            let at = dice.below(items.len());
            if matches!(items[at], Item::Point(..)) {
                taken = Some(items.remove(at));
            }
        });
        let Some(mut item) = taken else { return };
        // A rename inside what moves.
        if let Item::Point(_, words, _) = &mut item
            && dice.chance(3)
        {
            let at = dice.below(words.len());
            words[at] = word(dice);
            tidy(words);
        }
        let count = self.stk_count();
        let at = dice.below(count);
        if let Some(stk) = self.stk_at(at) {
            let most = stk.items.iter().take_while(|i| matches!(i, Item::Point(..))).count();
            stk.items.insert(dice.below(most + 1), item);
            order(&mut stk.items);
        }
    }

    /// Two items that read the same.
    fn twin(&mut self, dice: &mut Dice) {
        self.with_list(dice, &mut |world, dice, items| {
            if let Item::Point(_, words, _) = items[dice.below(items.len())].clone() {
                let id = world.id();
                items.insert(dice.below(items.len()), Item::Point(id, words, Vec::new()));
            }
        });
    }

    fn letters(&mut self, dice: &mut Dice) {
        self.with_list(dice, &mut |world, dice, items| {
            let at = dice.below(items.len());
            let id = world.id();
            if let Some(Item::Point(_, _, letters)) = items.get_mut(at) {
                match dice.below(3) {
                    0 if !letters.is_empty() => {
                        letters.remove(dice.below(letters.len()));
                    }
                    1 if letters.len() > 1 => {
                        let letter = letters.remove(dice.below(letters.len()));
                        letters.insert(dice.below(letters.len() + 1), letter);
                    }
                    _ => letters.insert(dice.below(letters.len() + 1), (id, words(dice, 1, 5))),
                }
            }
        });
    }

    fn stks(&mut self, dice: &mut Dice) {
        let new = self.stk(dice);
        let secs: Vec<&mut Sec> = self.chapters.iter_mut().flat_map(|c| &mut c.secs).collect();
        let n = secs.len();
        if n == 0 {
            return;
        }
        let (from, to) = (dice.below(n), dice.below(n));
        let mut secs = secs;
        match dice.below(4) {
            0 if secs[from].stks.len() > 1 => {
                let at = dice.below(secs[from].stks.len());
                secs[from].stks.remove(at);
            }
            1 if secs[from].stks.len() > 1 => {
                let at = dice.below(secs[from].stks.len());
                let stk = secs[from].stks.remove(at);
                let at = dice.below(secs[to].stks.len() + 1);
                secs[to].stks.insert(at, stk);
            }
            _ => {
                let at = dice.below(secs[to].stks.len() + 1);
                secs[to].stks.insert(at, new);
            }
        }
    }

    fn secs(&mut self, dice: &mut Dice) {
        let total = self.sections().len();
        match dice.below(3) {
            0 if total > 1 => {
                self.take_section(dice);
            }
            1 if total > 1 => {
                if let Some(mut sec) = self.take_section(dice) {
                    sec.id = if dice.chance(2) { sec.id } else { self.id() };
                    self.put_section(dice, sec);
                }
            }
            _ => {
                let sec = self.section(dice);
                self.put_section(dice, sec);
            }
        }
    }

    fn take_section(&mut self, dice: &mut Dice) -> Option<Sec> {
        let c = dice.below(self.chapters.len());
        let chapter = &mut self.chapters[c];
        if chapter.secs.is_empty() {
            return None;
        }
        let at = dice.below(chapter.secs.len());
        Some(chapter.secs.remove(at))
    }

    /// Puts a § in with a number of its own between its neighbours', if there is one that was never used.
    fn put_section(&mut self, dice: &mut Dice, mut sec: Sec) {
        let c = dice.below(self.chapters.len());
        let at = dice.below(self.chapters[c].secs.len() + 1);
        let before: Vec<&Sec> = self.chapters[..c].iter().flat_map(|c| &c.secs).collect();
        let last = self.chapters[c].secs[..at].last().or(before.last().copied()).map(|s| s.number.clone());
        let after: Vec<&Sec> = self.chapters[c + 1..].iter().flat_map(|c| &c.secs).collect();
        let next = self.chapters[c].secs[at..].first().or(after.first().copied()).map(|s| s.number.clone());
        let key = |n: &str| {
            let (figure, letter) = n.split_once(' ').unwrap_or((n, ""));
            (figure.parse::<u32>().unwrap_or(0), letter.to_string())
        };
        let low = last.as_deref().map_or((0, String::new()), key);
        let high = next.as_deref().map_or((u32::MAX, String::new()), key);
        let letters = ["", "a", "b", "c", "d", "e", "f", "g"];
        let wanted = (low.0..=low.0 + 1).flat_map(|n| letters.iter().map(move |l| (n, (*l).to_string()))).find(|k| {
            let text = if k.1.is_empty() { k.0.to_string() } else { format!("{} {}", k.0, k.1) };
            *k > low && *k < high && k.0 > 0 && !self.used.contains(&text)
        });
        let number = match wanted {
            Some((n, l)) if l.is_empty() => n.to_string(),
            Some((n, l)) => format!("{n} {l}"),
            None if self.style.through => String::new(),
            None => return,
        };
        self.used.insert(number.clone());
        sec.number = number;
        self.chapters[c].secs.insert(at, sec);
    }

    fn headings(&mut self, dice: &mut Dice) {
        let c = dice.below(self.chapters.len());
        let n = self.chapters[c].secs.len();
        if n == 0 {
            return;
        }
        let sec = &mut self.chapters[c].secs[dice.below(n)];
        sec.heading = match sec.heading.take() {
            Some(_) if dice.chance(2) => None,
            _ => Some(words(dice, 1, 4)),
        };
    }

    fn chaps(&mut self, dice: &mut Dice) {
        if !self.style.chapters {
            return;
        }
        let c = dice.below(self.chapters.len());
        match dice.below(4) {
            // All of it goes.
            0 if self.chapters.len() > 1 && self.sections().len() > self.chapters[c].secs.len() => {
                self.chapters.remove(c);
            }
            // Its heading goes, its §§ join the chapter before.
            1 if c > 0 => {
                let gone = self.chapters.remove(c);
                self.chapters[c - 1].secs.extend(gone.secs);
            }
            // It is divided.
            2 => {
                let at = dice.below(self.chapters[c].secs.len() + 1);
                let secs = self.chapters[c].secs.split_off(at);
                self.new_chapter(dice, c + 1, secs);
            }
            _ => {
                self.new_chapter(dice, c + 1, Vec::new());
            }
        }
    }

    fn new_chapter(&mut self, dice: &mut Dice, at: usize, secs: Vec<Sec>) {
        let base = self.chapters[at - 1].number.split(' ').next().unwrap_or("1").to_string();
        let free = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|l| format!("{base} {l}"))
            .find(|n| !self.used.contains(&format!("k{n}")) && self.chapters.iter().all(|c| c.number != *n));
        let Some(number) = free else {
            self.chapters[at - 1].secs.extend(secs);
            return;
        };
        self.used.insert(format!("k{number}"));
        let id = self.id();
        self.chapters.insert(at, Chap { id, number, title: words(dice, 1, 3), secs });
    }

    /// Two neighbouring items become one, or one becomes two.
    fn merge(&mut self, dice: &mut Dice) {
        self.with_list(dice, &mut |world, dice, items| {
            let at = dice.below(items.len());
            let Some(Item::Point(id, words, letters)) = items.get(at).cloned() else { return };
            if dice.chance(2) && words.len() > 1 {
                let (a, b) = words.split_at(words.len() / 2);
                let new = world.id();
                let (mut a, mut b) = (a.to_vec(), b.to_vec());
                tidy(&mut a);
                tidy(&mut b);
                items[at] = Item::Point(id, a, letters);
                items.insert(at + 1, Item::Point(new, b, Vec::new()));
            } else if let Some(Item::Point(_, more, _)) = items.get(at + 1).cloned() {
                items.remove(at + 1);
                items[at] = Item::Point(id, words.into_iter().chain(more).collect(), letters);
            }
        });
    }

    fn preambles(&mut self, dice: &mut Dice) {
        let id = self.id();
        match dice.below(2) {
            0 if !self.preamble.is_empty() => {
                self.preamble.remove(dice.below(self.preamble.len()));
            }
            _ => self.preamble.insert(dice.below(self.preamble.len() + 1), (id, words(dice, 2, 6))),
        }
    }

    /// Makes the tree.
    pub fn bylaw(&self) -> Bylaw {
        let text = |words: &Words, end: &str| Text::plain(print(words, self, end));
        let id = |n: u32| NodeId::new(format!("n{n}"));
        let paragraph = |n: u32, words: &Words, end: &str| Paragraph { id: id(n), op: None, text: text(words, end) };
        let mut bylaw = Bylaw { title: text(&self.title, ""), ..Bylaw::default() };
        bylaw.preamble = self.preamble.iter().map(|(n, w)| paragraph(*n, w, ".")).collect();
        for chap in &self.chapters {
            let mut chapter = Chapter { id: id(chap.id), number: chap.number.clone(), ..Chapter::default() };
            if self.style.chapters {
                chapter.title = text(&chap.title, "");
            }
            for sec in &chap.secs {
                let heading = sec.heading.as_ref().map(|h| text(h, ""));
                let mut section = Section { id: id(sec.id), number: sec.number.clone(), heading, ..Section::default() };
                for stk in &sec.stks {
                    section.subsections.push(self.subsection(stk, &id));
                }
                chapter.sections.push(section);
            }
            bylaw.chapters.push(chapter);
        }
        number(&mut bylaw);
        bylaw
    }

    fn subsection(&self, stk: &Stk, id: &dyn Fn(u32) -> NodeId) -> Subsection {
        let text = |words: &Words, end: &str| Text::plain(print(words, self, end));
        let end = if stk.items.is_empty() { "." } else { ":" };
        let first = Paragraph { id: id(stk.id), op: None, text: text(&stk.words, end) };
        let mut blocks = vec![Block::Text(first)];
        let total = stk.items.iter().filter(|i| matches!(i, Item::Point(..))).count();
        let mut list: Vec<Point> = Vec::new();
        for (i, item) in stk.items.iter().enumerate() {
            match item {
                Item::Text(n, words) => {
                    if !list.is_empty() {
                        blocks.push(Block::List(std::mem::take(&mut list)));
                    }
                    blocks.push(Block::Text(Paragraph { id: id(*n), op: None, text: text(words, ".") }));
                }
                Item::Point(n, words, letters) => {
                    let end = match (self.style.list, total - i.min(total)) {
                        (2, _) | (_, 0 | 1) => ".",
                        (0, 2) => " og",
                        _ => ",",
                    };
                    let last = letters.len();
                    let letters = letters.iter().enumerate().map(|(k, (n, w))| {
                        let end = if k + 1 == last { end } else { "," };
                        Letter { id: id(*n), text: text(w, end), ..Letter::default() }
                    });
                    let letters: Vec<Letter> = letters.collect();
                    let own = if letters.is_empty() { end } else { ":" };
                    let label = self.style.marker.label(1);
                    list.push(Point { id: id(*n), label, text: text(words, own), letters, ..Point::default() });
                }
            }
        }
        if !list.is_empty() {
            blocks.push(Block::List(list));
        }
        Subsection { id: id(stk.id), number: 0, blocks }
    }
}

/// A list comes first, paragraphs without a label after it.
fn order(items: &mut [Item]) {
    items.sort_by_key(|i| matches!(i, Item::Text(..)));
}

/// Signs stand between words only.
fn tidy(words: &mut Words) {
    let sign = |t: &Tok| matches!(t, Tok::Word(w) if w == "," || w == ".");
    while words.first().is_some_and(sign) {
        words.remove(0);
    }
    while words.last().is_some_and(sign) {
        words.pop();
    }
    words.dedup_by(|a, b| sign(a) && sign(b));
    if words.is_empty() {
        words.push(Tok::Word("andet".into()));
    }
}
