//! What moves as a picture and in words that say the same.

use super::papers::moves::Move;
use super::papers::names::Names;
use crate::render::flow::{Band, Flow, svg};
use crate::render::paper::Figure;

/// Makes the picture of some moves; empty when nothing moves.
pub fn figure(moves: &[Move], names: &Names<'_>) -> Figure {
    if moves.is_empty() {
        return Figure::default();
    }
    // Owners stand in the order of the rules, the council last.
    let order = |id: &str| {
        let committees = &names.model.rules.committees;
        committees.iter().position(|c| c.id.value == id).unwrap_or(committees.len())
    };
    let mut givers: Vec<(usize, &str)> = moves.iter().map(|m| (order(&m.giver), m.from.as_str())).collect();
    let mut receivers: Vec<(usize, &str)> = moves.iter().map(|m| (order(&m.receiver), m.to.as_str())).collect();
    for side in [&mut givers, &mut receivers] {
        side.sort_unstable();
        side.dedup();
    }
    let mut bands: Vec<Band> = Vec::new();
    for moved in moves {
        let giver = givers.iter().position(|(_, name)| *name == moved.from).unwrap_or_default();
        let receiver = receivers.iter().position(|(_, name)| *name == moved.to).unwrap_or_default();
        let count = moved.tasks.len();
        match bands.iter_mut().find(|b| (b.giver, b.receiver, b.dated) == (giver, receiver, moved.dated)) {
            Some(band) => band.count += count,
            None => bands.push(Band { giver, receiver, count, dated: moved.dated }),
        }
    }
    let words = words(moves);
    let flow = Flow {
        title: "Opgaver, der flytter mellem udvalgene".into(),
        words: words.clone(),
        givers: givers.into_iter().map(|(_, name)| name.to_string()).collect(),
        receivers: receivers.into_iter().map(|(_, name)| name.to_string()).collect(),
        bands,
    };
    Figure { svg: svg(&flow), alt: words, caption: String::new() }
}

/// Says the same as the picture, one flow a line.
fn words(moves: &[Move]) -> String {
    let line = |m: &Move| format!("Fra {} til {}, {}: {}.", m.from, m.to, m.when, m.words);
    moves.iter().map(line).collect::<Vec<_>>().join("\n")
}
