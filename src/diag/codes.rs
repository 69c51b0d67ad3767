//! The codes: one list, from which the index page and the completeness tests are made.

/// Says how bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// Something to look at; `--deny-warnings` makes it count.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $text:literal $severity:ident $law:literal;)*) => {
        /// Identifies a kind of finding by a stable kebab-case name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Lists every code in the order of the index page.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];
            /// Returns the stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }
            /// Returns how bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
            /// Returns the paragraph of law it rests on; empty for none.
            pub fn law(self) -> &'static str {
                match self { $(Code::$variant => $law,)* }
            }
            /// Finds a code by its name.
            pub fn parse(text: &str) -> Option<Code> {
                match text { $($text => Some(Code::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    // Files and YAML
    MissingFile "missing-file" Error "";
    UnknownFile "unknown-file" Error "";
    Unreadable "unreadable" Error "";
    NotUtf8 "not-utf8" Error "";
    ForbiddenCharacter "forbidden-character" Error "";
    IgnoredFile "ignored-file" Warning "";
    FileTooLarge "file-too-large" Error "";
    TooDeep "too-deep" Error "";
    TooMany "too-many" Error "";
    TextTooLong "text-too-long" Error "";
    OutsideProject "outside-project" Error "";
    YamlSyntax "yaml-syntax" Error "";
    YamlFeature "yaml-feature" Error "";
    DuplicateKey "duplicate-key" Error "";
    UnknownKey "unknown-key" Error "";
    MissingKey "missing-key" Error "";
    EmptyValue "empty-value" Error "";
    WrongShape "wrong-shape" Error "";
    UnquotedBrace "unquoted-brace" Error "";
    CommentOrText "comment-or-text" Warning "";
    BadValue "bad-value" Error "";
    BadDate "bad-date" Error "";
    BadId "bad-id" Error "";
    DuplicateId "duplicate-id" Error "";
    // Words inside texts
    UnknownName "unknown-name" Error "";
    MissingForm "missing-form" Error "";
    UnknownReference "unknown-reference" Error "";
    TypedReference "typed-reference" Error "";
    UnknownAct "unknown-act" Error "";
    BadPlaceholder "bad-placeholder" Error "";
    DoubledPunctuation "doubled-punctuation" Warning "";
    SuspendedHyphen "suspended-hyphen" Warning "";
    // Rules that point at each other
    UnknownCommittee "unknown-committee" Error "";
    UnknownTask "unknown-task" Error "";
    UnknownPart "unknown-part" Error "";
    UnknownNode "unknown-node" Error "";
    UnknownClause "unknown-clause" Error "";
    UnknownChange "unknown-change" Error "";
    UnknownFormula "unknown-formula" Error "";
    WrongPlace "wrong-place" Error "";
    // Ownership over time
    NoOwner "no-owner" Error "kommunestyrelsesloven § 17, stk. 1";
    TwoOwners "two-owners" Error "kommunestyrelsesloven § 17, stk. 1";
    NotTheOwner "not-the-owner" Error "";
    TwoTransfers "two-transfers" Error "";
    ToItself "to-itself" Error "";
    EmptyInterval "empty-interval" Error "";
    OwnerNotInForce "owner-not-in-force" Error "";
    StaleRename "stale-rename" Error "";
    StaleAmend "stale-amend" Error "";
    OutsideCommittees "outside-committees" Error "kommunestyrelsesloven § 17, stk. 1, § 65 c, stk. 2, og § 65 e";
    BodyAsOwner "body-as-owner" Error "kommunestyrelsesloven § 17, stk. 4";
    ReservedTask "reserved-task" Error "kommunestyrelsesloven § 18, stk. 3";
    // The bylaw's shape
    CouncilSize "council-size" Error "kommunestyrelsesloven § 5";
    CommitteeSize "committee-size" Error "kommunestyrelsesloven § 17, stk. 1";
    FinanceCommittee "finance-committee" Error "kommunestyrelsesloven §§ 18 og 65";
    MissingRemit "missing-remit" Error "kommunestyrelsesloven § 17, stk. 1";
    RemitWithoutCommittee "remit-without-committee" Error "kommunestyrelsesloven § 17, stk. 1";
    EmptyRemit "empty-remit" Warning "";
    RetiredName "retired-name" Error "";
    DanglingReference "dangling-reference" Error "";
    DuplicateNumber "duplicate-number" Error "";
    FormOfGovernment "form-of-government" Warning "kommunestyrelsesloven §§ 64-65";
    // Procedure
    ReadingsMissing "readings-missing" Error "kommunestyrelsesloven § 2, stk. 2";
    ReadingsTooClose "readings-too-close" Error "kommunestyrelsesloven § 2, stk. 2";
    ReadingsExactlySix "readings-exactly-six" Warning "kommunestyrelsesloven § 2, stk. 2";
    EffectBeforeReading "effect-before-reading" Error "kommunestyrelsesloven § 2, stk. 2";
    LateWithoutTransition "late-without-transition" Warning "";
    AfterConstituting "after-constituting" Error "kommunestyrelsesloven § 6";
    MidTermCommittees "mid-term-committees" Warning "kommunestyrelsesloven § 17";
    ApprovalMissing "approval-missing" Warning "kommunestyrelsesloven § 65 c, stk. 2";
    AmendmentUndecided "amendment-undecided" Warning "";
    AmendmentNotRead "amendment-not-read" Error "";
    Conflict "conflict" Error "";
    UndeclaredAlternative "undeclared-alternative" Warning "";
    ApprovalPeriod "approval-period" Warning "kommunestyrelsesloven § 65 c, stk. 2";
    ApprovalUnlisted "approval-unlisted" Warning "kommunestyrelsesloven § 65 c, stk. 2";
    AdviserFunction "adviser-function" Warning "kommunestyrelsesloven § 65 e";
    NotifyAndPublish "notify-and-publish" Warning "kommunestyrelsesloven § 2, stk. 3";
    LockDamaged "lock-damaged" Error "kommunestyrelsesloven § 2, stk. 2";
    LockDrift "lock-drift" Error "kommunestyrelsesloven § 2, stk. 2";
    LockTextDrift "lock-text-drift" Error "kommunestyrelsesloven § 2, stk. 2";
    LockBeside "lock-beside" Warning "";
    AlreadyLocked "already-locked" Error "";
    // The agreement
    ClauseUndischarged "clause-undischarged" Error "";
    ClauseTwice "clause-twice" Error "";
    ClauseSuspect "clause-suspect" Warning "";
    OpWithoutBasis "op-without-basis" Error "";
    // Templates
    TemplateError "template-error" Error "";
    TemplateTooLong "template-too-long" Error "";
    TemplateLostNode "template-lost-node" Error "";
    TemplateNode "template-node" Error "";
    ProfileError "profile-error" Error "";
    PaperText "paper-text" Error "";
    // Proofs
    BaselineDiffers "baseline-differs" Error "";
    RedlineDiffers "redline-differs" Error "";
    Unexplained "unexplained" Error "";
    OutputDamaged "output-damaged" Error "";
    OutputStale "output-stale" Error "";
    OwnershipDiffers "ownership-differs" Error "";
    DocumentDiffers "document-differs" Error "";
    // Running
    TypstMissing "typst-missing" Error "";
    TypstFailed "typst-failed" Error "";
    PdfCharacter "pdf-character" Error "";
    OutputFolder "output-folder" Error "";
    // Instruments
    InstrumentNotRead "instrument-not-read" Error "";
    InstrumentIgnored "instrument-ignored" Warning "";
    InstrumentOtherCase "instrument-other-case" Warning "";
    InstrumentHeadingWent "instrument-heading-went" Warning "";
    InstrumentOtherTown "instrument-other-town" Warning "";
    InstrumentNotApplied "instrument-not-applied" Error "";
    InstrumentDiffers "instrument-differs" Error "";
}
