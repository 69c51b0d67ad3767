//! Reads XML as elements and words. What a DOCX has no need for (a DTD, CDATA, processing instructions, comments) is
//! refused.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::html::{Part, character, tag};

/// Is how deep elements may stand in each other.
const MAX_DEPTH: usize = 32;

/// Reads a part and hands over its pieces. Fails with a reason.
pub fn read(xml: &str, mut part: impl FnMut(Part) -> Result<(), &'static str>) -> Result<(), &'static str> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        match reader.read_event().map_err(|_| "not-well-formed")? {
            Event::Eof => break,
            Event::Start(start) => {
                roots += usize::from(depth == 0);
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err("too-deep");
                }
                part(Part::Open(tag(&start)?))?;
            }
            Event::Empty(start) => {
                roots += usize::from(depth == 0);
                part(Part::Open(tag(&start)?))?;
                part(Part::Close)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                part(Part::Close)?;
            }
            Event::Text(text) => {
                let text = text.into_inner();
                if depth > 0 {
                    part(Part::Words(text.into_owned()))?;
                } else if !text.trim().is_empty() {
                    return Err("not-well-formed");
                }
            }
            Event::GeneralRef(reference) => part(Part::Words(character(&reference).ok_or("entity")?.to_string()))?,
            Event::Decl(_) if roots == 0 => {}
            Event::Decl(_) | Event::DocType(_) | Event::Comment(_) | Event::CData(_) | Event::PI(_) => {
                return Err("not-well-formed");
            }
        }
    }
    if depth == 0 && roots == 1 { Ok(()) } else { Err("not-well-formed") }
}
