//! The rules as written: every file under `rules/` read into values that carry their places.
//!
//! Reading checks the shape of each file; what the rules mean together is for [`crate::model`] and [`crate::check`].

mod agreement;
mod bylaw;
mod changes;
mod committees;
mod documents;
mod editions;
mod load;
mod provisions;
pub mod read;
pub(crate) mod readings;
mod tasks;
pub mod wording;

pub use agreement::{Agreement, Area, Clause, OpenQuestion};
pub use bylaw::{Act, Approval, ApprovalStatus, BylawRules, CouncilSize, Edition, Form, ListStyle, Numbering};
pub use changes::{
    Amend, AmendmentInfo, Anchor, ChangeRule, Condition, Decision, Due, Effect, Inserted, Obligation, Place,
    ProvisionChange, ProvisionOp, RenameRule, TransferRule, TransitionRule,
};
pub use committees::{Body, Committee, CommitteeKind, Composition, NameForms, NameSet};
pub use documents::{DocumentRule, Mention, Named};
pub use editions::{ADOPTED, EDITIONS, EditionPart, EditionRule, REVIEWED};
pub use load::{CURRENT, MAX_BYTES, PaperText, Ruleset, load};
pub use provisions::{
    ChapterRule, FormulaRule, LetterRule, ListedCommittees, PointRule, RemitRule, SectionRule, SubBlock,
    SubsectionRule, UNDIVIDED,
};
pub use readings::{ReadingRule, Term};
pub use tasks::{Division, OwnerRule, PartRule, TaskRule};
pub use wording::{NameForm, Piece, ReferenceStyle, Wording};
