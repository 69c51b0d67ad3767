//! What the documents say, as plain data: the same structs are printed as HTML, handed to Typst and written as JSON.
//!
//! Texts have ordinary spaces here; [`super::typeset`] puts in no-break spaces where they are typeset. Places are
//! text ("§ 14, stk. 1, nr. 3"), indices count from 0, and `number` is what a reader sees, from 1.

use serde::Serialize;

use super::frame::Frame;
use super::paper::Figure;

/// Is a bylaw to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BylawDoc {
    /// What stands around the text.
    pub frame: Frame,
    /// The lines in printed order.
    pub lines: Vec<LineView>,
}

/// Is one line of a bylaw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// `title`, `preamble`, `chapter`, `heading`, `subsection`, `text`, `point`, `letter`.
    pub kind: &'static str,
    /// The permanent identity of the line.
    pub unit: String,
    /// What stands before the text, `§ 14.`; may be empty.
    pub label: String,
    /// The words.
    pub text: String,
    /// Where it stands.
    pub address: String,
    /// A name to link to, unique in the document.
    pub anchor: String,
    /// The name of the § it belongs to; empty outside the §§.
    pub section: String,
}

/// Is a redline to be read: what changed, whom it touches, and the text with its marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RedlineDoc {
    /// What stands around the text.
    pub frame: Frame,
    /// What the text before is called where the two stand side by side.
    pub before: String,
    /// What the text after is called there.
    pub after: String,
    /// How many changes there are of each sort.
    pub counts: Counts,
    /// The same as a sentence.
    pub counted: String,
    /// The changes, in the order of the redline; position `i` is change number `i + 1`.
    pub summary: Vec<SummaryRow>,
    /// The changes as a reader wants to go through them: what belongs together in one group.
    pub groups: Vec<Group>,
    /// The changes § by §, in the order of the text.
    pub sections: Vec<SectionView>,
    /// Each administration with the changes that touch it.
    pub by_administration: Vec<AdministrationView>,
    /// Each area of the agreement with the changes it brings; empty where nothing is agreed area by area.
    pub by_area: Vec<AreaView>,
    /// The lines of the text with their marks.
    pub rows: Vec<RowView>,
}

/// Counts the changes by how much they matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Changes of substance.
    pub substance: usize,
    /// Places where only a name is another.
    pub renaming: usize,
    /// Numbers, references and punctuation that follow.
    pub consequence: usize,
}

/// Is one change in the overview.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SummaryRow {
    /// Its number in this document, from 1.
    pub number: usize,
    /// What kind it is, in Danish.
    pub kind: String,
    /// The same for machines: `insert`, `delete`, `edit`, `move`, `split`, `merge`, `rename`, `renumber`,
    /// `reference`, `punctuation`.
    pub code: &'static str,
    /// The class of its marks: `substance`, `renaming`, `renumbering`, `reference`, `punctuation`.
    pub class: &'static str,
    /// Where it stood; empty for what is new.
    pub old: String,
    /// Where it stands; empty for what is gone.
    pub new: String,
    /// The words in short: `»ni« bliver »11«`; all of them stand in the trace.
    pub words: String,
    /// The committees it touches, by name.
    pub committees: Vec<String>,
    /// Why, in a sentence or two.
    pub why: String,
    /// The rules behind it.
    pub rules: Vec<RuleRef>,
    /// The clauses behind it.
    pub clauses: Vec<ClauseRef>,
    /// From when.
    pub effect: String,
    /// The first line that shows it; empty if none does.
    pub anchor: String,
}

/// Is a clause of the agreement (or an amendment) as a document refers to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClauseRef {
    /// Its number, `5.1`.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Is a rule that a change comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleRef {
    /// The file in the project, `rules/changes/05-byens-rum.yaml`, perhaps with a line.
    pub path: String,
    /// The rule's id, `byens-rum`.
    pub id: String,
}

/// Is a group of changes with the same reason and date; consequences are grouped by what they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// `substance`, `renaming` or `consequence`.
    pub class: &'static str,
    /// Why; for consequences what they are: `Nummer`, `Henvisning`, `Tegnsætning`. Empty when no reason is known.
    pub title: String,
    /// From when.
    pub effect: String,
    /// The clauses behind it, in their order.
    pub clauses: Vec<ClauseRef>,
    /// The committees it touches, by name.
    pub committees: Vec<String>,
    /// The changes: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
    /// The same changes told as places.
    pub places: Vec<PlaceView>,
}

/// Is a § in which something changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// The name of the §, as [`RowView::section`]; empty outside the §§.
    pub section: String,
    /// The first line that shows a change.
    pub anchor: String,
    /// Its number: `§ 15`, `§ 30 (hidtil § 31)`.
    pub place: String,
    /// The heading over it; may be empty.
    pub title: String,
    /// Every change in it: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
    /// The same without what merely follows, by reason and date.
    pub groups: Vec<SectionGroup>,
    /// What merely follows, told as places.
    pub follows: Vec<PlaceView>,
}

/// Is what changes in a § for one reason, from one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionGroup {
    /// Why; empty when no reason is known.
    pub title: String,
    /// From when.
    pub effect: String,
    /// The numbers of the clauses behind it.
    pub clauses: Vec<String>,
    /// The changes: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
}

/// Is a place, or a run of places that shift alike, with the changes there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// The changes' numbers, `4` or `5-7`.
    pub numbers: String,
    /// The place: `§ 15, stk. 1`, `§ 5, nr. 1 → § 4, nr. 4`, `§ 15, stk. 1, nr. 3-5, bliver nr. 5-7`.
    pub text: String,
    /// The first line that shows it; empty if none does.
    pub anchor: String,
    /// The changes: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
}

/// Is what happens to an administration in one way: `Flyttet` and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindView {
    /// What kind of change, in Danish.
    pub kind: String,
    /// Where.
    pub places: Vec<PlaceView>,
}

/// Is an administration and what touches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdministrationView {
    /// Its id, for the filter.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its abbreviation; may be empty.
    pub abbreviation: String,
    /// The name of the committee it serves; may be empty.
    pub committee: String,
    /// The changes: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
    /// The same without what merely follows, by kind.
    pub kinds: Vec<KindView>,
    /// How many changes merely follow.
    pub consequences: usize,
}

/// Is an area of the agreement and what it changes, with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaView {
    /// Its id, for the filter: `5`.
    pub id: String,
    /// Its name: `5. Større ansvar for drift og brug af byens rum`.
    pub name: String,
    /// The changes: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
}

/// Is one line of the redline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// As [`LineView::kind`].
    pub kind: &'static str,
    /// `kept`, `inserted`, `deleted`, `moved-from`, `moved-to`.
    pub state: &'static str,
    /// The permanent identity of the line.
    pub unit: String,
    /// A name to link to, unique in the document.
    pub anchor: String,
    /// The name of the § it is shown under; empty outside the §§.
    pub section: String,
    /// The sign in the margin: `+`, `−`, `~`, `↑`, `↓`; empty for a line without marks.
    pub sign: &'static str,
    /// Set when nothing but numbers, references and punctuation is marked.
    pub consequence: bool,
    /// The label with its marks.
    pub label: Vec<Seg>,
    /// The text with its marks.
    pub text: Vec<Seg>,
    /// `flyttet fra § …` or `flyttet til § …`.
    pub note: Option<String>,
    /// Where the note points: the anchor of the other end.
    pub other: Option<String>,
    /// A later date than the rest: `fra 1. august 2026`.
    pub from: Option<String>,
    /// The changes that touch the line: indices into [`RedlineDoc::summary`].
    pub changes: Vec<usize>,
    /// Those of them whose numbers stand in the margin: without what merely follows, if anything else touches the line.
    pub numbers: Vec<usize>,
    /// The administrations the line touches: indices into [`RedlineDoc::by_administration`].
    pub administrations: Vec<usize>,
}

/// Is a stretch of text with one mark. In a line that moved, `keep` is what moved along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seg {
    /// `keep`, `delete` or `insert`.
    pub op: &'static str,
    /// How much the mark matters, `substance` …; empty for kept text.
    pub class: &'static str,
    /// The words with the spaces that belong to them.
    pub text: String,
    /// The change the mark belongs to: an index into [`RedlineDoc::summary`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<usize>,
}

/// Is what the page of a later reading shows beside its redline against the text in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayersDoc {
    /// The redline against what was put to the reading before.
    pub from_first: RedlineDoc,
    /// Both steps in one text.
    pub both: BothDoc,
}

/// Is a text with two layers of marks: what the first reading brought and what came after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BothDoc {
    /// What the three texts are called, earliest first.
    pub names: [String; 3],
    /// The page where the changes of the first layer have their numbers, `../reading-1/redline.html`.
    pub first_page: String,
    /// The changes of the first layer.
    pub first: Vec<SummaryRow>,
    /// The changes of the second layer.
    pub second: Vec<SummaryRow>,
    /// Each administration; its changes are those of the first layer, then those of the second, counted on.
    pub by_administration: Vec<AdministrationView>,
    /// Each area, counted the same way.
    pub by_area: Vec<AreaView>,
    /// The lines of the three texts.
    pub rows: Vec<BothRow>,
}

/// Is one line of a text with two layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BothRow {
    /// As [`LineView::kind`].
    pub kind: &'static str,
    /// As [`RowView::state`], in the first layer; a line that only the second knows is `kept`.
    pub state: &'static str,
    /// The same in the second layer; a line that only the first knows is `kept`.
    pub later: &'static str,
    /// The permanent identity of the line.
    pub unit: String,
    /// A name to link to, unique in the text.
    pub anchor: String,
    /// The name of the § it is shown under; empty outside the §§.
    pub section: String,
    /// The signs of the two layers; empty without marks.
    pub signs: [&'static str; 2],
    /// Set when nothing but numbers, references and punctuation is marked.
    pub consequence: bool,
    /// The label with its marks.
    pub label: Vec<BothSeg>,
    /// The text with its marks.
    pub text: Vec<BothSeg>,
    /// Where the line stands otherwise, in each layer.
    pub notes: Vec<String>,
    /// A later date than the rest, as [`RowView::from`].
    pub from: Vec<String>,
    /// The changes that touch it, as in [`BothDoc::by_administration`].
    pub changes: Vec<usize>,
    /// Those whose numbers stand in the margin.
    pub numbers: Vec<usize>,
}

/// Is a stretch of a text with two layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BothSeg {
    /// `keep`, `delete` or `insert`.
    pub op: &'static str,
    /// Which layer marks it: `1`, `2`, or `1 2` for what the first brought and the second took away again.
    pub layer: &'static str,
    /// How much the mark matters, or `moved`; empty for kept text.
    pub class: &'static str,
    /// The words.
    pub text: String,
    /// The change the mark belongs to, as in [`BothRow::changes`].
    pub change: Option<usize>,
}

/// Is who owns what before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnershipDoc {
    /// What stands around the text.
    pub frame: Frame,
    /// What moves, in the order of the agreement.
    pub moves: Vec<MoveView>,
    /// What is agreed and has no date yet, so that it moves nothing for now.
    pub deferred: Vec<MoveView>,
    /// Each committee with its tasks before and after.
    pub committees: Vec<CommitteeView>,
    /// What moves as a picture; its words stand in the tables.
    #[serde(skip)]
    pub picture: Figure,
    /// Every part of every task with its owners over time, for machines and for the proof.
    pub intervals: Vec<IntervalView>,
}

/// Is a part of a task with its owners over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IntervalView {
    /// The task's id.
    pub task: String,
    /// The part's id; the task's own for a task without parts.
    pub part: String,
    /// Its owners, earliest first, each from where the one before ends.
    pub owners: Vec<TenureView>,
}

/// Is one owner's time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TenureView {
    /// The committee's id, or `council`.
    pub owner: String,
    /// The first day; nothing for always.
    pub from: Option<String>,
    /// The day after the last; nothing for good.
    pub to: Option<String>,
}

/// Is a task, or a part of one, on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MoveView {
    /// The task's wording.
    pub task: String,
    /// The part that moves; empty for the whole task.
    pub part: String,
    /// The owner before.
    pub before: String,
    /// The owner after.
    pub after: String,
    /// From when, or on what condition: `1. januar 2026`.
    pub from: String,
    /// The clauses behind it.
    pub clauses: Vec<ClauseRef>,
    /// The file of changes that moves it: its id.
    pub rule: String,
}

/// Is a committee and its tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CommitteeView {
    /// Its permanent id.
    pub id: String,
    /// Its name before; empty if it is new.
    pub before: String,
    /// Its name after; empty if it is abolished.
    pub after: String,
    /// Its abbreviation after (before, if abolished); may be empty.
    pub abbreviation: String,
    /// Its administration after; may be empty.
    pub administration: String,
    /// The tasks it has before or after.
    pub tasks: Vec<OwnedTask>,
}

/// Is a task, or a part of one, in a committee's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OwnedTask {
    /// The task's wording.
    pub task: String,
    /// The part; empty for the whole task.
    pub part: String,
    /// The owner before.
    pub before: String,
    /// The owner after.
    pub after: String,
    /// From when; empty for what stays.
    pub from: String,
    /// `stays`, `received` or `given`.
    pub state: TaskState,
}

/// Says what happens to a task in a committee's table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// The committee keeps it.
    #[default]
    Stays,
    /// The committee gets it.
    Received,
    /// The committee gives it away.
    Given,
}

/// Is the trace: every change with its words, its rule and its clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceDoc {
    /// What stands around the text.
    pub frame: Frame,
    /// The changes in the order of the redline.
    pub rows: Vec<TraceRow>,
    /// Every clause of the agreement and how it is carried out.
    pub clauses: Vec<ClauseView>,
    /// What a reader must know that is no change: what is open, what is assumed, what is missing.
    pub reservations: Reservations,
    /// What is promised that is no text in the bylaw, for machines and for the proof of the follow-up list.
    pub obligations: Vec<ObligationView>,
}

/// Is an obligation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ObligationView {
    /// Its id.
    pub id: String,
    /// Its kind: `evaluering`, `plan`, …
    pub what: String,
    /// What it is about.
    pub subject: String,
    /// Who must do it.
    pub by: String,
    /// The administration that does it; empty where that is said already.
    pub administration: String,
    /// Who receives it; empty where the agreement names nobody.
    pub to: String,
    /// When, in words; empty where the agreement names no time.
    pub due: String,
    /// The day, `2029-01-01`; nothing where there is none.
    pub date: Option<String>,
    /// How often after that, in words; empty for once.
    pub every: String,
    /// The same as the rules write it: `4 years`.
    pub period: String,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
    /// The title of the file of changes it stands in.
    pub change: String,
    /// The id of that file.
    pub rule: String,
}

/// Is what the text rests on without having it in black and white.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reservations {
    /// Questions the agreement leaves open, with what the rules do meanwhile.
    pub questions: Vec<QuestionView>,
    /// Assumptions: what they concern, and what is assumed.
    pub assumptions: Vec<ClauseRef>,
    /// Approvals that provisions rest on and that are not given.
    pub approvals: Vec<String>,
}

/// Is an open question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    /// The question.
    pub question: String,
    /// What the rules do meanwhile.
    pub assumed: String,
    /// The clauses it concerns.
    pub clauses: Vec<String>,
}

/// Is one change in the trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceRow {
    /// The change's number, the same as in the redline.
    pub number: usize,
    /// What kind it is, in Danish.
    pub kind: String,
    /// The class of its marks.
    pub class: &'static str,
    /// Where it stood.
    pub old: String,
    /// Where it stands.
    pub new: String,
    /// The words that go (for a move: the line as it stood).
    pub before: String,
    /// The words that come (for a move: the line as it stands).
    pub after: String,
    /// The rules behind it.
    pub rules: Vec<RuleRef>,
    /// The clauses behind it.
    pub clauses: Vec<ClauseRef>,
    /// Why, in a sentence or two.
    pub why: String,
    /// From when.
    pub effect: String,
}

/// Is a clause and how it is discharged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClauseView {
    /// Its number.
    pub id: String,
    /// Its words.
    pub text: String,
    /// How it is discharged: `ændring`, `opgave til opfølgning`, `uden virkning for vedtægten, fordi …`.
    pub outcome: String,
    /// The changes that carry it out: indices into [`TraceDoc::rows`].
    pub changes: Vec<usize>,
}

/// Is what only the caller knows of one change: why, from when, for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeInfo {
    /// The Danish word for its kind; `None` takes the usual one.
    pub kind: Option<String>,
    /// Why: the change's title and what the clauses say.
    pub why: String,
    /// From when: `1. januar 2026`.
    pub effect: String,
    /// Set when it takes effect later than the rest: `fra 1. august 2026`, printed at every line it touches.
    pub later: Option<String>,
    /// The committees it touches, by name.
    pub committees: Vec<String>,
    /// The ids of the administrations it touches, as in [`AdministrationInfo::id`].
    pub administrations: Vec<String>,
    /// The areas of the agreement it comes from.
    pub areas: Vec<AreaInfo>,
    /// The rules it comes from.
    pub rules: Vec<RuleRef>,
    /// The clauses it carries out.
    pub clauses: Vec<ClauseRef>,
}

/// Names an area of the agreement for the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaInfo {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
}

/// Names an administration for the overview and the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdministrationInfo {
    /// Its id: small letters, digits, hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its abbreviation; may be empty.
    pub abbreviation: String,
    /// The name of the committee it serves; may be empty.
    pub committee: String,
}
