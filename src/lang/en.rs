//! The English wording. `[…]` is left out when its slots have no argument; `{task}` and the like are slots.

use super::Wording;
use crate::diag::Code;

const fn w(message: &'static str, hint: &'static str, explanation: &'static str) -> Wording {
    Wording { message, hint, explanation }
}

pub(super) fn wording(code: Code) -> Wording {
    match code {
        // Files and YAML
        Code::MissingFile => w(
            "the file[ {file}] does not exist",
            "create it[ with `{expected}`], or mend the path; docs/rules.md shows which files a project has",
            "The bylaw is built from a fixed set of files in rules/ and templates/. Without one of them nothing can be built. If you are in another folder than the project's, name the project with --project.",
        ),
        Code::UnknownFile => w(
            "the file[ {file}] lies where it is not read",
            "move it, or mend its name[, perhaps to {name}]; docs/rules.md shows which files and folders are read",
            "Rules are read from certain files and folders only. A file that lies elsewhere would silently be forgotten, and what it says would be missing from the bylaw.",
        ),
        Code::Unreadable => w(
            "the file[ {file}] cannot be read[: {reason}]",
            "close it in other programs, and see whether you have access to it",
            "The file is there, but the system will not hand it over. It is usually open in Word, or the folder's permissions have changed.",
        ),
        Code::NotUtf8 => w(
            "the file[ {file}] is not saved as UTF-8[ (line {line})]",
            "save it again with the encoding UTF-8; in Notepad: File, Save as, Encoding: UTF-8",
            "Only UTF-8 makes sure that æ, ø, å and § are read as they were typed. A file in an older encoding may look right on one machine and put wrong letters into the bylaw on another.",
        ),
        Code::ForbiddenCharacter => w(
            "here is a character that cannot be seen or printed[ ({found})][ in {file}]",
            "delete it and type the place again; it often comes along when text is copied from Word or a PDF",
            "Control characters, invisible characters and those that turn the direction of reading can make a text look different from the one that is adopted. They are refused everywhere in the rules. Soft hyphens and hard spaces are allowed and cleaned away.",
        ),
        Code::IgnoredFile => w(
            "the file[ {file}] is not read",
            "give it a name that ends in .yaml, in the right folder, or move it out of rules/",
            "In rules/ the files that docs/rules.md names are read; their names end in .yaml. Notepad likes to add .txt to a name, and the rules in the file would be forgotten. Notes may lie in files that end in .md.",
        ),
        Code::FileTooLarge => w(
            "the file[ {file}] is too large[: {count} bytes][ (at most {limit} bytes)]",
            "divide it into several files, such as rules/tasks/*.yaml",
            "Files have a largest size, so that one copied by mistake gives a clear message and not a long wait. A whole bylaw is far below the limit.",
        ),
        Code::TooDeep => w(
            "too many levels inside each other[ (at most {limit})]",
            "mend the indentation; a rule file needs only a handful of levels",
            "The limit guards against files that by mistake or on purpose are thousands of layers deep. In an ordinary file it usually means that a bracket or brace was not closed.",
        ),
        Code::TooMany => w(
            "too many[ {name}][ in {file}][ (at most {limit})]",
            "divide the content into several files, or take away what was repeated by mistake",
            "There is a limit to how much is read at once, so that a mistake gives a clear message. It is many times what even a large municipality needs.",
        ),
        Code::TextTooLong => w(
            "the text is too long[ (at most {limit} characters)]",
            "divide the text; if it was not meant to be long, a quotation mark is probably missing",
            "A single text in the bylaw is a subsection, a point or a letter. When it is longer than the limit, a quotation mark was usually not closed, and the rest of the file came along.",
        ),
        Code::OutsideProject => w(
            "the path[ {file}] leads out of the project",
            "write a path inside the project's folder, without .. and without a drive",
            "Everything the bylaw is built from must lie in the project, so that others can build the same text. A rule can therefore never read or write a file outside it.",
        ),
        Code::YamlSyntax => w(
            "the file cannot be understood here[: {reason}]",
            "[{expected}; ]docs/rules.md shows how it is written",
            "Rule files are YAML: “key: value”, indented with spaces, and lists with “- ” before each item. A text that holds a colon, #, braces or quotation marks must stand in quotation marks. The mistake may be on the line before the one shown.",
        ),
        Code::YamlFeature => w(
            "here is[ {name}], which a rule file cannot hold",
            "[{expected}; ]use only keys, lists and texts",
            "Anchors, aliases, tags, merge keys, directives and several documents in one file are YAML that makes it hard to see what applies. A lawyer must be able to read the rules from top to bottom, so every fact stands where it is used.",
        ),
        Code::DuplicateKey => w(
            "the key[ “{key}”] stands twice",
            "delete one of them, or gather the content under one key",
            "When a key stands twice, only one can apply, and the reader cannot see which. Both places are shown.",
        ),
        Code::UnknownKey => w(
            "the key[ “{key}”] is not known[ in {name}]",
            "mend the spelling[ to “{expected}”], or delete the line[ (here may stand: {allowed})]",
            "A key that is not known is nearly always a slip of the pen, and the fact would be silently forgotten. Every key is described in docs/rules.md.",
        ),
        Code::MissingKey => w(
            "the key[ “{key}”] is missing[ in {name}][ (the task “{task}”)]",
            "add the line[ “{key}: …”]; docs/rules.md has an example",
            "The fact is needed to build the text. It is never guessed.",
        ),
        Code::EmptyValue => w(
            "nothing is written[ under “{key}”]",
            "write the value after the colon, or delete the line",
            "A key without content may be forgotten or may mean “none”. If the fact does not apply, leave the whole line out.",
        ),
        Code::WrongShape => w(
            "[“{key}”: ]here must stand[ {expected}][ for {name}][, not {found}]",
            "mend the content or the indentation; docs/rules.md has an example",
            "The value has another shape than the one read at this place, such as a list where one text is expected. Often the indentation or a missing “- ” is the cause.",
        ),
        Code::UnquotedBrace => w(
            "the text[ under “{key}”] begins with a brace without quotation marks",
            "put quotation marks around the whole text: \"{kultur} varetager …\"",
            "YAML reads a text that begins with { as a set of keys and not as text. If it must begin with a name or a reference, put quotation marks around all of it.",
        ),
        Code::CommentOrText => w(
            "all after #[ ({value})] is a remark and is left out of the text",
            "if it belongs to the text, put quotation marks around the whole text; if it is a remark, type a space after #",
            "In YAML a text without quotation marks ends at “ #”. The rest of the line disappears without a warning, and the words are missing in the bylaw.",
        ),
        Code::BadValue => w(
            "the value[ “{value}”] cannot be used[ under “{key}”][: {reason}]",
            "use one of the allowed values[, perhaps “{expected}”][: {allowed}]",
            "Only certain words or numbers can stand here, because they decide what is checked and printed. They are described in docs/rules.md.",
        ),
        Code::BadDate => w(
            "the date[ “{value}”] does not exist or is written wrongly",
            "write year-month-day (2026-01-01 is 1 January 2026)[; here: {expected}]",
            "Dates decide who has a task when, and must not be readable in two ways. They are always written year-month-day and must exist in the calendar.",
        ),
        Code::BadId => w(
            "the id[ “{value}”] may hold only small letters a-z, digits and hyphens",
            "write it without æøå, spaces and capitals[: {expected}]",
            "An id is the permanent name of a committee, a task or a place in the bylaw. It is used in file names, links and documents and must be typable everywhere. What is printed stands elsewhere and may hold any letter.",
        ),
        Code::DuplicateId => w(
            "the id[ “{id}”] is used already[ ({name})]",
            "give one of them another id",
            "An id is permanent and points at one thing. When it is used twice, nobody can see which of them a change concerns. Both places are shown.",
        ),
        // Words inside texts
        Code::UnknownName => w(
            "the name[ {found}] is not known",
            "use the id of a committee in committees.yaml[, perhaps “{name}”][, not “{id}”]; to print the brace, type \\ before it",
            "Committees' names are written as ids in braces, so that a new name appears everywhere on the right day. An id that does not exist would leave a hole in the text.",
        ),
        Code::MissingForm => w(
            "the committee[ “{committee}”] lacks the form[ “{name}”][ on {date}]",
            "write the form in committees.yaml, or rephrase the sentence",
            "No form of a name is derived, because the names of administrations, titles and abbreviations do not follow the committee's name. A form that is used must stand in committees.yaml for every name the committee has had.",
        ),
        Code::UnknownReference => w(
            "the reference[ “{id}”] points at no place in the bylaw",
            "use the id of a section or a subsection[, perhaps “{name}”]",
            "References are written by id, so that they follow when numbers change. The place must exist in the bylaw as it reads now or after the changes.",
        ),
        Code::TypedReference => w(
            "the reference[ “{found}”] is written by number and not by id",
            "write it by id[, here {expected}]; if it is another act, such as {ksl: § 17, stk. 4}",
            "A number typed by hand does not follow when a section or a subsection gets another number. A bylaw that refers to the wrong place is a mistake in the law itself.",
        ),
        Code::UnknownAct => w(
            "the act[ “{id}”] is not declared in bylaw.yaml",
            "add it under acts, or use one of those declared[: {allowed}]",
            "References to other acts use a short name that bylaw.yaml explains under acts. That keeps them apart from the bylaw's own sections, and they are never renumbered.",
        ),
        Code::BadPlaceholder => w(
            "the braces[ {found}] cannot be understood[: {reason}]",
            "use one of the forms in docs/rules.md[ ({allowed})]; to print the brace, type \\ before it",
            "What stands in braces is replaced by a name, a reference or a date. Written wrongly, the braces would be printed in the bylaw.",
        ),
        Code::DoubledPunctuation => w(
            "two marks stand after each other[: “{found}”]",
            "delete one of them; items of a list are written without the mark that ends them",
            "The mark after an item is set by the style of the list. If the text has it too, it is printed twice.",
        ),
        Code::SuspendedHyphen => w(
            "the hyphen is missing or misplaced[ in “{found}”]",
            "write as in “Klima-, Miljø- og Teknikudvalget”[: “{expected}”]",
            "When several parts of a Danish name share the last one, each of the first has a hyphen directly after it, and the comma follows the hyphen. There is no comma before “og”.",
        ),
        // Rules that point at each other
        Code::UnknownCommittee => w(
            "the committee[ “{id}”] is not known",
            "use an id from committees.yaml[, perhaps “{name}”]",
            "Committees are named by their permanent id, which does not change when the name does. Abbreviations such as TMU are not ids.",
        ),
        Code::UnknownTask => w(
            "the task[ “{task}”] is not known",
            "use an id from tasks.yaml[, perhaps “{name}”], or add the task there",
            "A task must stand in tasks.yaml before it can be moved. Otherwise nobody can check who had it.",
        ),
        Code::UnknownPart => w(
            "the task[ “{task}”] has no part[ “{part}”]",
            "use one of its parts[, perhaps “{name}”][: {allowed}]",
            "A task can be divided only along the parts in tasks.yaml. To move something else by itself, add it there as a part with its own wording.",
        ),
        Code::UnknownNode => w(
            "the place[ “{id}”] does not exist in the bylaw[: {reason}]",
            "use the id of a chapter, a section, a subsection or a point[, perhaps “{name}”]",
            "A change points at a place in the bylaw by its permanent id, such as medlemmer/2. The place must exist when the change takes effect.",
        ),
        Code::WrongPlace => w(
            "the new unit cannot be inserted at[ “{id}”][, because it belongs in {expected}]",
            "point at a place of the right kind: a section in a chapter, a subsection in a section, a point in a subsection, a letter in a point",
            "The bylaw is built of chapters, sections, subsections, points and letters, each with its place in the next larger one. A point directly in a section could not be cited.",
        ),
        Code::UnknownClause => w(
            "the clause[ “{clause}”] is not known",
            "use a clause from agreement.yaml[, perhaps “{name}”]",
            "Every change rests on a clause of the political agreement. The clause must stand in agreement.yaml, so that anyone can see why a word is changed.",
        ),
        Code::UnknownChange => w(
            "the change[ “{id}”] is not known[: {reason}]",
            "use the id of a file in changes/ or amendments/[, perhaps “{name}”]",
            "Readings, time limits and dates in the text point at changes by their id. It stands at the top of the change's file.",
        ),
        Code::UnknownFormula => w(
            "the formula[ “{value}”] has no template",
            "use one of the formulas in templates/ressort/[: {allowed}]",
            "A committee's remit opens with a fixed formula, such as “herunder opgaver vedrørende”. Each formula is a template of the same name in templates/ressort/.",
        ),
        // Ownership over time
        Code::NoOwner => w(
            "the task[ “{task}”][ (part “{part}”)] belongs to no committee[ on {date}][ from {from}][ to {to}]",
            "name a committee as owner, or move the task to one that exists on that day",
            "The finance committee and the standing committees handle the immediate administration of the municipality's affairs (kommunestyrelsesloven § 17, stk. 1). A task without a committee is not lawfully placed, and no mayor is responsible for it.",
        ),
        Code::TwoOwners => w(
            "the task[ “{task}”][ (part “{part}”)] belongs to two committees[ from {date}][: “{owner}” and “{other}”]",
            "delete one of them, or divide the task into parts, one for each committee",
            "A task belongs to one committee at a time (kommunestyrelsesloven § 17, stk. 1). With two, nobody can see who decides. When two committees share a field, give the task parts in tasks.yaml.",
        ),
        Code::NotTheOwner => w(
            "[{from} ]does not have the task[ “{task}”][ (part “{part}”)][ just before {date}][; {owner} has it]",
            "mend from[ to {id}], or mend the change that moved the task",
            "A transfer names whom the task is taken from. When that does not fit, the agreement was misread or another change came in between. The transfer is refused rather than taking the task from somebody else.",
        ),
        Code::TwoTransfers => w(
            "the task[ “{task}”][ (part “{part}”)] is moved twice[ on {date}][ (by “{change}” and “{other}”)]",
            "delete one of the transfers, or give it another date",
            "Two transfers of the same task on the same day cannot both hold. If an amendment is to take the place of the original transfer, take that one out.",
        ),
        Code::ToItself => w(
            "the task[ “{task}”][ (part “{part}”)] is moved to the committee that already has it[ (“{owner}”)]",
            "mend to, or delete the transfer",
            "A transfer that moves nothing is nearly always a confusion of two committees. If the agreement changes only the wording, write it as an amended provision.",
        ),
        Code::EmptyInterval => w(
            "the task[ “{task}”][ (part “{part}”)] would be with a committee for no days[ (from {from} to {to})]",
            "let the task go directly to the last committee, or mend one of the dates",
            "Two changes on one day take the task through a committee that never comes to have it. That cannot be written in a bylaw and usually means a wrong date.",
        ),
        Code::OwnerNotInForce => w(
            "the committee[ “{owner}”] does not exist[ on {date}], but is to have the task[ “{task}”][ (part “{part}”)]",
            "move the task to a committee that exists, or mend the date on which it is created or abolished",
            "A committee can have tasks only once it is created, and must have given them all away when it is abolished. Otherwise nobody is responsible for the task.",
        ),
        Code::StaleRename => w(
            "the committee[ “{committee}”] does not have the name[ “{expected}”][ just before {date}][, but “{found}”]",
            "mend from[ to “{found}”], or mend the other renaming",
            "A renaming states both the old and the new name by their ids in committees.yaml. When the old one does not fit, the renamings come in the wrong order.",
        ),
        Code::StaleAmend => w(
            "the place[ “{id}”] cannot be changed[ on {date}][: {reason}]",
            "delete one of them, mend the date, or gather the changes of the place into one",
            "A provision can be changed only while it exists, and only once on a day. Otherwise the text would depend on which change happened to be read first.",
        ),
        Code::OutsideCommittees => w(
            "the task[ “{task}”] lies outside the committees without a valid basis[ ({found})]",
            "give the task to a committee, or state § 65 c, stk. 2, or § 65 e as the basis",
            "All immediate administration belongs to the finance committee or a standing committee (kommunestyrelsesloven § 17, stk. 1). Only the citizens' adviser (§ 65 e) and what the ministry has approved (§ 65 c, stk. 2) may lie outside.",
        ),
        Code::BodyAsOwner => w(
            "[“{name}” ]is neither the finance committee nor a standing committee and cannot have tasks[ (“{id}”)]",
            "give the task to the finance committee or a standing committee",
            "Special committees under kommunestyrelsesloven § 17, stk. 4, boards and working groups may prepare and advise, but not handle the immediate administration. They cannot be responsible for a task in the bylaw.",
        ),
        Code::ReservedTask => w(
            "the task[ “{task}”] is reserved for the finance committee[ and cannot be with “{owner}”]",
            "let the finance committee have the task, and delete the transfer that takes it away",
            "Cash and accounts and matters of pay and staff belong by law to the finance committee (kommunestyrelsesloven § 18, stk. 3). The bylaw cannot say otherwise.",
        ),
        // The bylaw's shape
        Code::CouncilSize => w(
            "the council cannot have this number of members[: {count}][ (odd, from {from} to {limit})]",
            "mend council.members in bylaw.yaml to an odd number within the limits",
            "The number must be odd and between 9 and 31, between 19 and 31 above 20,000 inhabitants, and at most 55 in Copenhagen (kommunestyrelsesloven § 5). An odd number makes sure of a majority.",
        ),
        Code::CommitteeSize => w(
            "the committee[ “{committee}”] cannot have this number of members[: {count}][ ({reason})]",
            "mend members in committees.yaml to an odd number of at most half the council",
            "A committee must have a fixed, odd number of members, not above half of the council's (kommunestyrelsesloven § 17, stk. 1). That holds for the finance committee too.",
        ),
        Code::FinanceCommittee => w(
            "the finance committee is not composed as the law requires[: {reason}]",
            "mend the finance committee in committees.yaml; there must be one, and composition must add up to members",
            "Every municipality has one finance committee, chaired by the council's chair (kommunestyrelsesloven § 18). In the intermediate form it consists of that chair, the chairs of the standing committees and perhaps more members (§ 65).",
        ),
        Code::MissingRemit => w(
            "the committee[ “{committee}”] has no provision on its tasks",
            "add a section with remit[: {committee}] in provisions.yaml",
            "The bylaw must lay down each committee's field (kommunestyrelsesloven § 17, stk. 1). A committee set up without tasks cannot decide anything.",
        ),
        Code::RemitWithoutCommittee => w(
            "the provision[ “{id}”] gives tasks to a committee that is not set up[: “{committee}”]",
            "repeal the provision, or create the committee in committees.yaml",
            "Only a committee that the bylaw sets up can have a field (kommunestyrelsesloven § 17, stk. 1). This often comes when a committee is abolished and its section stays.",
        ),
        Code::EmptyRemit => w(
            "the committee[ “{committee}”] has no tasks left[ from {date}]",
            "see whether all of its tasks were meant to move; if so, abolish the committee",
            "A committee without tasks may be meant for a time of transition, but is mostly a sign that a transfer took too much. The bylaw would have an empty list.",
        ),
        Code::RetiredName => w(
            "the old name[ “{name}”] still stands in the text[ in {found}][ after {date}]",
            "write the name as an id in braces[: {expected}]; if the old name must stay, type @current after the id",
            "When a committee changes its name, the new one is used everywhere from that day. An old name left behind makes the reader believe in two committees.",
        ),
        Code::DanglingReference => w(
            "the reference[ to “{id}”] points at a place that is not in the text[ from {date}]",
            "mend or repeal the reference with a change from the same day",
            "When a provision is repealed, the references to it must follow. Otherwise the bylaw refers to something that does not exist.",
        ),
        Code::DuplicateNumber => w(
            "the number[ {found}] is used twice",
            "give the new section a letter, such as 7 a",
            "Two sections or chapters with one number cannot be told apart in a reference. A new section between § 7 and § 8 is § 7 a, so that the others keep their numbers.",
        ),
        Code::FormOfGovernment => w(
            "the rules do not fit the form of government[ “{value}”][: {reason}]",
            "mend form in bylaw.yaml, or mend what departs from it",
            "The form of government decides which rules hold for mayors, chairs and the finance committee (kommunestyrelsesloven §§ 64-65). Copenhagen has the intermediate form with divided administrative leadership under §§ 64 a and 65.",
        ),
        // Procedure
        Code::ReadingsMissing => w(
            "there are not two readings[ (only {count})][ in {file}]",
            "give the dates of the first and the second reading in readings.yaml",
            "A proposal to change the bylaw needs two readings in the council (kommunestyrelsesloven § 2, stk. 2). A change that was read only once is not validly adopted.",
        ),
        Code::ReadingsTooClose => w(
            "the readings are too close[: {reason}][: {count} days][ (from {from} to {to})]",
            "put the second reading at least six days after the first; seven is safe",
            "There must be an interval of at least six days between the two readings (kommunestyrelsesloven § 2, stk. 2). With less, the bylaw is not validly adopted.",
        ),
        Code::ReadingsExactlySix => w(
            "there are just six days between the readings[ (from {from} to {to})]",
            "put the second reading a day later, or have it settled how the days are counted",
            "The law requires an interval of at least six days (kommunestyrelsesloven § 2, stk. 2). It is not certain whether dates six apart are enough, or whether six whole days must lie between. With seven there is no doubt.",
        ),
        Code::EffectBeforeReading => w(
            "the change[ “{change}”] takes effect[ on {date}] before it is finally adopted[ ({to})]",
            "mend effect to the day of the second reading or later",
            "A change of the bylaw holds only when it is adopted at the second reading (kommunestyrelsesloven § 2, stk. 2). It cannot take effect backwards in time.",
        ),
        Code::LateWithoutTransition => w(
            "the bylaw does not say who has the task[ “{task}”] until it moves[ (on {date} at the latest)]",
            "give the transfer a transition with the words for the time until then, and say under transitional in bylaw.yaml where they go",
            "The text of a reading takes in a transfer that happens on a certain day at the latest, and lets one without a date wait. Without a transitional provision nobody can read in the bylaw who has the task meanwhile. One transitional provision is enough for all that the change moves at the same time.",
        ),
        Code::AfterConstituting => w(
            "the second reading[ ({date})] comes after the constituting meeting[ ({to})]",
            "put the second reading on the day of the constituting meeting at the latest, or let the change hold from a later day",
            "The new council elects its committees at the constituting meeting in December (kommunestyrelsesloven § 6) under the bylaw lawfully adopted on that day. If the change comes later, they are elected under the old one.",
        ),
        Code::MidTermCommittees => w(
            "a committee is created or abolished in the middle of the term[ ({date})]",
            "let the change hold from the beginning of the term, or expect an election of all committees",
            "When a committee is created or abolished in mid-term, all committees must be elected again if that is demanded (kommunestyrelsesloven § 17). The cover paper should say so.",
        ),
        Code::ApprovalMissing => w(
            "the ministry's approval is missing[ for {period}][: {name}][ (status: {value})]",
            "apply for it, and mend status in bylaw.yaml when it is given",
            "Some provisions of the bylaw depart from the law and hold only with the ministry's approval for the coming term (kommunestyrelsesloven § 65 c, stk. 2). The cover paper names the approval until it is there.",
        ),
        Code::Conflict => w(
            "the amendments[ {id} and {other}] cannot both be adopted[: both change {name}]",
            "let only one of them stand as adopted; set the other's decision to forkastet or bortfaldet",
            "Two amendments that change or repeal the same place, or move the same part of a task, exclude each other. When one is adopted the other lapses. Both are named here so that somebody can settle which of them holds.",
        ),
        Code::UndeclaredAlternative => w(
            "the amendments[ {id} and {other}] exclude each other[: both change {name}]",
            "write the one[, “{other}”,] under alternatives in the other[, {id}], so that they are put against each other at the vote",
            "When two amendments cannot both be adopted, it must be said that they are alternatives, so that the most far-reaching is voted on first. The key alternatives in one of them says so.",
        ),
        Code::ApprovalPeriod => w(
            "the approval does not cover the term in which the change takes effect[: {name} (approved for {period}, effect from {date})]",
            "apply for approval for the new term, and mend period in bylaw.yaml",
            "The ministry's approval under section 65 c(2) is given for one term at a time. An approval for another term does not carry the provision.",
        ),
        Code::ApprovalUnlisted => w(
            "the task[ {task}] lies outside the committees under section 65 c(2), but no approval in bylaw.yaml covers[ {id}]",
            "add an approval under approvals[ with {id} under provisions] and its status",
            "Only with the ministry's approval can a task such as internal audit lie outside the committees. How far the approval has come must stand in bylaw.yaml, so that the council can see it.",
        ),
        Code::AdviserFunction => w(
            "the section[ {found}] on the citizens' adviser does not say what the law requires[: {reason}]",
            "write in the section what the adviser guides citizens about, and that it supervises the administration",
            "A citizens' adviser can only lie outside the committees when the bylaw lays down its function, and that is guidance of citizens and supervision of the administration. It can have no other tasks.",
        ),
        Code::NotifyAndPublish => w(
            "the edition[ adopted on {date}] lacks[: {reason}]",
            "notify Ankestyrelsen, make the text available to residents, and write the day as notified and published at the edition in rules/editions.yaml",
            "Ankestyrelsen must be notified of changes to the bylaw, and the bylaw must be available to residents. Write the day at the edition in rules/editions.yaml when it is done, and this reminder goes.",
        ),
        Code::LockDamaged => w(
            "the lock[ of {id}] is damaged[: {file}][: {reason}]",
            "bring the folder rules/locks back as it was (git checkout -- rules/locks); it must not be edited by hand",
            "A lock keeps what was put to a reading, with a hash of every file. When a hash does not fit, nobody can know what was put to the reading, and nothing is built. To lock a reading anew, use vedtaegt lock 1 --replace --reason \"…\".",
        ),
        Code::LockDrift => w(
            "the rules have changed since the reading[ ({id})] was locked[: {file}][ ({reason})]",
            "write the change as an amendment in rules/amendments/, or lock anew with vedtaegt lock 1 --replace --reason \"…\"[; vedtaegt diff {id} {id}-rules shows the difference]",
            "What was put to a reading stands. If the rules change afterwards, reading 2 would build on something else than what was read. A change between the readings is an amendment. If what was locked was a mistake it can be locked anew; the reason is written to rules/locks/log.yaml.",
        ),
        Code::LockTextDrift => w(
            "the text of the locked reading[ ({id})] would now read otherwise than what is locked[; line {line}, locked: “{expected}”, now: “{found}”]",
            "show the whole difference[ with vedtaegt diff {id} {id}-rules][; vedtaegt text {id} shows the locked text]",
            "The lock keeps the text as it was put to the council. The rules now give another text for the same reading. The locked one stays in every document; bring rules/ into line with it, or lock anew.",
        ),
        Code::LockBeside => w(
            "the file[ {file}] has changed since the reading[ ({id})] was locked; the text is the same",
            "see whether what is said of the agreement, or how the documents look, still fits what was put to the council",
            "The file is no part of the bylaw's text, but the documents of the locked reading were made with it as it was. They are not made again.",
        ),
        Code::AlreadyLocked => w(
            "the reading[ ({id})] is locked already",
            "if what is locked is a mistake, lock anew[: vedtaegt lock {count} --replace --reason \"…\"]",
            "What was put to a reading is locked once. Only a mistake in it can justify locking anew, and the reason is written down.",
        ),
        Code::ClauseSuspect => w(
            "the clause[ {clause}] of the agreement has changed since somebody saw that the rules fit it[; {found} rests on it]",
            "read the clause and what rests on it, then run vedtaegt coverage --reviewed[ {clause}]",
            "When a clause of the agreement gets other words, what was done to discharge it may be wrong. The clause and all that rests on it are suspect until somebody has looked. rules/reviewed.yaml remembers which words were looked at.",
        ),
        Code::AmendmentUndecided => w(
            "the amendment[ “{id}”] is not decided",
            "write decision: vedtaget, forkastet or bortfaldet",
            "Only amendments that were adopted are part of the text. Until it is decided, the amendment is shown outside the text.",
        ),
        Code::AmendmentNotRead => w(
            "the amendment[ “{id}”] does not belong to the second reading[: {reason}]",
            "add it under amendments of the second reading in readings.yaml",
            "The text of the second reading is that of the first and the adopted amendments. One that belongs to no reading would silently fall out.",
        ),
        // The agreement
        Code::ClauseUndischarged => w(
            "the clause[ “{clause}”] is not carried out",
            "name it as the basis of a change or an obligation, or write under no_effect why it does not change the bylaw",
            "Every clause of the political agreement must change the bylaw, give an obligation, or have a reason why it does not. That is how nothing is forgotten.",
        ),
        Code::ClauseTwice => w(
            "the clause[ “{clause}”] is said to have no effect, but is used as a basis[ for “{change}”]",
            "delete no_effect, or take the clause out of basis",
            "A clause cannot both be without effect on the bylaw and be the basis of a change to it. One of the places is out of date.",
        ),
        Code::OpWithoutBasis => w(
            "the change[ “{change}”][ of “{id}”] has no basis in the agreement",
            "add basis with the clause in agreement.yaml that it rests on",
            "The politicians must be able to see why every word changes. A change without a basis was not agreed.",
        ),
        // Templates
        Code::TemplateError => w(
            "the template[ {file}] cannot be used[: {reason}]",
            "mend the template in templates/",
            "The templates decide where provisions and lists of tasks stand. They are written in Tera, and an unknown variable or a wrong brace stops the build, so that an empty place is never printed.",
        ),
        Code::TemplateTooLong => w(
            "the template[ {file}] gives too much text[ (at most {limit})]",
            "look for a loop that repeats too much",
            "There is a limit to what a template may write, so that a mistake in a loop gives a message and not an endless file.",
        ),
        Code::TemplateLostNode => w(
            "the provision[ “{id}”][ and {limit} others] must stand once in the text[, but stands {count} times]",
            "let the templates write it just once",
            "The rules hold the provision, but the templates do not place it, or place it more than once. Without this check it would silently vanish from the bylaw or hold in two places.",
        ),
        Code::TemplateNode => w(
            "the template[ {file}] writes a place that the rules do not know[: “{found}”][ (line {line} of the finished text)][: {reason}]",
            "let the template take the provision from the rules by its id, and only once",
            "Every line of the bylaw must come from a rule, so that it can be shown why it stands there. A template may place text but not invent it.",
        ),
        Code::ProfileError => w(
            "the line is not written as a line of a bylaw[: {reason}][: “{found}”][ (line {line} of the finished text)][ in {file}]",
            "write it as § 12., Stk. 2., 1) or a) with one text a line",
            "The bylaw's Markdown has one fixed form with every label written out. That lets it be read back without guessing and checked letter by letter.",
        ),
        Code::PaperText => w(
            "this cannot stand in a paper[: {reason}][: “{found}”][ in {file}]",
            "write plain paragraphs, lists, tables, **bold** and *italics*; the template sets the headings",
            "Cover papers, plans and lists are printed in three formats that must say the same. So they have only paragraphs, lists of one level, tables, and bold or italic type. What people write in rules/papers/ is data: it can neither set headings, lead out of the document nor show pictures. A template may also set headings, link to a file beside the paper, and ask for what people must write.",
        ),
        // Proofs
        Code::BaselineDiffers => w(
            "the rules do not give the bylaw in force[ (line {line})][: the rules say “{expected}”][, but the text is “{found}”]",
            "to change the text, write a change in rules/changes/; else mend the rules until they give the text in force",
            "Before anything changes, the rules must give the bylaw in force letter by letter. Only then is every difference certain to come from a change and not from a mistake in the rules.",
        ),
        Code::RedlineDiffers => w(
            "the redline[ {file}] does not fit the texts[ (line {line})][: expected “{expected}”][, found “{found}”]",
            "build again; if this comes again, it is a mistake in the program that should be reported",
            "Accepting all marks in the redline must give the new bylaw, and rejecting them the one in force. That is tried on the written file. If it does not hold, the file must not be used.",
        ),
        Code::Unexplained => w(
            "the change[ “{value}”][ in {found}][ ({name})][ of “{id}”] cannot be traced to a rule",
            "give it a basis, or report it as a mistake in the program",
            "Every changed word must come from a rule or be a named consequence of one. A word without an explanation may have changed by mistake.",
        ),
        Code::OutputDamaged => w(
            "the file[ {file}] is damaged or was edited by hand[: {reason}]",
            "run vedtaegt build to write it again; mend the rules, not the finished documents",
            "The finished documents are checked against what they held when they were built. Edits by hand are lost at the next build and cannot be explained.",
        ),
        Code::OutputStale => w(
            "output no longer fits the rules[: {count} files must be made again][, the first is {file}]",
            "run vedtaegt build, and commit the new files",
            "The rules have changed since the documents were built. Whoever reads them sees something else than the rules say.",
        ),
        Code::OwnershipDiffers => w(
            "the task[ “{task}”][ (part “{part}”)] stands elsewhere in the document[ {file}][ than expected: with “{found}”][, not with “{expected}”]",
            "build again; if this comes again, it is a mistake in the program that should be reported",
            "Who has each task is read from the finished document and compared with the rules. A difference means that a task was lost or stands in two places, and the document must not be used.",
        ),
        Code::DocumentDiffers => w(
            "the document[ {file}] does not say what the files beside it say[ (line {line})][: expected “{expected}”][, found “{found}”]",
            "build again; if it comes back, it is a fault in the program and should be reported",
            "The same text is written to several files: to read on screen, to print, and for machines. They are read back and compared line by line. If they differ, nobody knows which one holds.",
        ),
        // Running
        Code::TypstMissing => w(
            "the program Typst, which makes PDFs, was not found",
            "install Typst 0.15 (cargo install typst-cli), or run with --no-pdf",
            "PDFs are set by Typst, a free program that runs on your own machine. Without it nothing is written, so that no incomplete set of documents lies about. With --no-pdf the rest is built, and the manifest says so.",
        ),
        Code::TypstFailed => w(
            "Typst could not make a PDF[ of {file}][: {reason}]",
            "see what Typst says; try --no-pdf if it is urgent",
            "Warnings from Typst, such as a missing font, count as errors too, because the PDF might otherwise look different on two machines.",
        ),
        Code::PdfCharacter => w(
            "the font of the PDFs lacks the character[ “{value}”][ ({id})][, which stands in {file}]",
            "write it in another way, or build without PDFs with --no-pdf",
            "The PDFs use the fonts that come with Typst, so that they look the same on every machine. They have Latin, Greek and Cyrillic letters, but not, say, Chinese characters or emoji. A missing character would become an empty box, and so nothing is written.",
        ),
        Code::OutputFolder => w(
            "the folder[ {path}] cannot be written[: {reason}]",
            "close files that are open from it, move away what vedtaegt did not write, and see whether you may write there",
            "The documents are written as one: first beside, then the whole folder is swapped. If that cannot be done, the old documents stay untouched.",
        ),
        // Instruments
        Code::InstrumentNotRead => w(
            "[{file}, line {line}: ]this cannot be read as an amendment[: “{found}”][; {expected} is expected here][: {reason}]",
            "write it with one of the set phrases: »ændres … til:«, »udgår«, »ophæves«, »affattes således:«, »indsættes … :«, and put every word of the bylaw in »…«",
            "An amending instrument is read word for word and nothing is guessed. Each number says which place it concerns, what happens, and which words go or come; words of the bylaw stand in quotation marks. The place shown is the first that does not fit.",
        ),
        Code::InstrumentIgnored => w(
            "the text orders nothing and was not applied[: “{found}”]",
            "if it is an amendment, give it a number and write it with one of the set phrases; otherwise there is nothing to do",
            "Titles, opening words and remarks do not change the bylaw. They are named so that nobody thinks something was carried out that was only read.",
        ),
        Code::InstrumentOtherCase => w(
            "[{item}: ]the words[ “{value}”] were changed everywhere, but still stand with the other first letter[: “{found}”][; places: {count}]",
            "if those words are to change too, name them in the same number",
            "Words are looked for letter by letter, large and small. A word that begins a sentence is therefore left unless it is named.",
        ),
        Code::InstrumentHeadingWent => w(
            "[{item}: ]the heading[ “{found}”] went with the provision below it[ ({name})], though the instrument does not name it",
            "if it is to go, say so in a number of its own: »Overskriften før § … ophæves.«",
            "That a section is repealed does not in itself mean that the heading before it goes. Where nothing else stands below it, it cannot stay alone either.",
        ),
        Code::InstrumentOtherTown => w(
            "the instrument is for another municipality than the text[: “{found}” and not “{expected}”]",
            "see whether it is the right text",
            "The name of the municipality in the instrument is another than in the title of the text. The amendments were carried out all the same, as far as they fit.",
        ),
        Code::InstrumentNotApplied => w(
            "[{file}, line {line}: ][{item}: ]the amendment[ of {path}] cannot be carried out[: {reason}]",
            "mend the instrument to fit the text as it is when the numbers before have been carried out",
            "Each number is carried out in the text that the numbers before it gave. The words must stand there, at as many places as named, and the place must exist. If one number does not fit, nothing is carried out. Later numbers may suffer from the first mistake, so begin at the top.",
        ),
        Code::InstrumentDiffers => w(
            "the instrument[ {file}] does not give the amended text[ (line {line})][: expected “{expected}”][, found “{found}”]",
            "build again; if it comes back, it is a fault in the program and should be reported",
            "The printed instrument is read and carried out on the text in force, and the result must be the amended bylaw, byte for byte. If it is not, the council adopts something else than what it was shown.",
        ),
    }
}

/// Writes a date out: `1 January 2026`.
pub(super) fn date(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

pub(super) fn term(word: &str) -> Option<&'static str> {
    Some(match word {
        // Instruments: why one does not apply, and what the reader looks for
        "why-words-gone" => {
            "“{value}” does not stand there[; what stands there is “{found}”][; the place begins with “{other}”][; the words stand in {name}]"
        }
        "why-words-count" => {
            "the number of places with “{value}” is {count} and not {limit}; say how many (»to steder i …«), or point at a smaller place"
        }
        "why-no-section-named" => "no § is named",
        "why-gone" => "there is no such place",
        "why-was-not" => "what is now {value} was not {from}",
        "why-no-heading" => "there is no heading before {name}",
        "why-several-subsections" => "{name} has {count} stk.; say which",
        "why-no-paragraph" => "there are only {count} paragraphs",
        "why-no-sentence" => "there are only {count} sentences[: “{found}”]",
        "why-no-title" => "the text has no title",
        "why-no-preamble" => "the text has no preamble",
        "why-no-chapter" => "there is no {name}[; the last is kapitel {found}]",
        "why-no-section" => {
            "there is no {name}[; {from} comes before the place][; {to} comes after it][; “{line}” was not read as a §]"
        }
        "why-no-sections" => "there is no {name}; the text has no §§[; “{line}” was not read as a §]",
        "why-no-chapters" => {
            "there is no {name}; the text has no numbered chapters[; “{line}” was not read as a chapter]"
        }
        "why-section-twice" => "{name} stands more than once in the text",
        "why-no-subsection" => {
            "there is no stk. {value}; [{name} has {count} stk.][{name} has only stk. {found}][; “{line}” was not read as a stk.]"
        }
        "why-number-twice" => "{name} stands more than once there",
        "why-no-point" => "there is no nr. {value}[; there are {count} points][; there are only nr. {found}]",
        "why-no-letter" => "there is no litra {value}; there are {count} letters",
        "why-no-day" => "the instrument does not say when that number takes effect",
        "why-label" => "the label “{found}” does not fit; it should be “{expected}”",
        "why-misplaced" => "“{found}” cannot stand at that place",
        "why-nothing-quoted" => "there is no new text",
        "why-not-alone" => "the title or a chapter's heading cannot be repealed alone",
        "why-first-paragraph" => "a stk. cannot lose the paragraph that carries its number",
        "why-left-empty" => "no text would be left",
        "why-wrong-place" => "it cannot be inserted or changed like that at that place",
        "why-heading-exists" => "there is a heading already: “{found}”",
        "why-exists" => "{name} exists already",
        "why-not-next" => "{name} is not the next number; there are {count}",
        "why-not-in-order" => "{name} would stand[ after {from}][ before {to}]",
        "why-units-count" => "{count} are quoted, but {limit} named",
        "why-several-paragraphs" => "the sentences stand in several paragraphs",
        "why-list-left" => {
            "the list after the words would lose its introduction; let the new words end in a colon, or quote the list"
        }
        "why-not-neighbours" => "the places do not follow each other",
        "why-ranges-differ" => "the two rows of numbers differ in length",
        "why-shift" => "{value} was not {from}[, but {found}]",
        "why-shift-new" => "{value} is new and was not {from}",
        "why-open-quote" => "the quotation mark is never closed",
        "why-close-quote" => "the quotation mark was never opened",
        "why-item-number" => "the numbers must follow each other; nr. {limit} is expected here",
        "why-no-items" => "there are no amendments",
        "why-empty-quote" => "there is nothing in the quotation marks",
        "why-part-number" => "the §§ of the instrument must follow each other; § {limit} is expected here",
        "why-other-act" => {
            "§ {limit} amends another text than the first § of the instrument does; take that § out and apply it to its own text"
        }
        "why-effect-of-what" => "it is not clear which number of the instrument the day is for",
        "why-no-items-bylaw" => {
            "there are no amendments; it looks like the bylaw itself (name the instrument first, the text last)"
        }
        "why-order-outside" => "it looks like an amendment, but stands in no number",
        "read-place" => "a place in the bylaw (§, stk., nr., litra, pkt., kapitel)",
        "read-one-place" => "each place by itself, such as »§ 3, stk. 2, og § 4, stk. 2«",
        "read-order" => "»ændres«, »udgår«, »ophæves«, »affattes« or »indsættes«",
        "read-quote" => "words in »…«",
        "read-to" => "»til:«",
        "read-thus" => "»således:« and the new text in »…«",
        "read-number" => "a number",
        "read-letter" => "a letter",
        "read-words" => "words after the label",
        "read-one-section" => "one § for each § that is named",
        "read-one-line" => "words on one line; a list or several subsections come with »affattes således:«",
        "read-label" => {
            "a label at the beginning of the new text (»§ 2 a.«, »Stk. 3.«, »4)«), or words that say what it is (»som stk. 3«)"
        }
        "read-becomes" => "»bliver herefter«",
        "read-end" => "a full stop or »og«",
        "read-where" => "»efter«, »før« or »som«",
        "read-item" => "an amendment",
        // Files
        "files-in" => "files in the folder",
        "not-a-file" => "not an ordinary file",
        "folder-too-deep" => "the folder has too many folders inside each other",
        "template-too-slow" => "it had not ended after 5 seconds",
        // Shapes
        "nothing" => "nothing",
        "yes-no" => "true or false",
        "number" => "a whole number",
        "text" => "a text",
        "list" => "a list",
        "mapping" => "keys with values",
        // What a mapping describes
        "bylaw" => "bylaw.yaml",
        "municipality" => "the municipality",
        "council" => "the council",
        "act" => "an act",
        "approval" => "an approval",
        "committee" => "a committee",
        "committee-name" => "a committee's name",
        "forms" => "the forms of a name",
        "composition" => "the composition",
        "special-committee" => "a special committee",
        "body" => "a body",
        "task" => "a task",
        "part" => "a part of a task",
        "divided" => "the wording of a divided task",
        "owner" => "the owner",
        "provisions" => "provisions.yaml",
        "chapter" => "a chapter",
        "section" => "a section",
        "subsection" => "a subsection",
        "point" => "a point",
        "letter" => "a letter",
        "block" => "the text after a list",
        "agreement" => "the agreement",
        "area" => "an area of the agreement",
        "clause" => "a clause",
        "question" => "an open question",
        "change" => "a change",
        "amendment" => "an amendment",
        "effect" => "the effect",
        "rename" => "a renaming",
        "transfer" => "a transfer",
        "transition" => "the transitional provision",
        "operation" => "a change of a provision",
        "obligation" => "an obligation",
        "document" => "a document",
        "mention" => "a place in a document",
        "documents.yaml" => "documents.yaml",
        "committee-or-task" => "either committee or task",
        "paper-html" => "HTML",
        "paper-code" => "a piece of code",
        "paper-rule" => "a rule across the page",
        "paper-heading" => "a heading",
        "paper-nested" => "a list inside a list",
        "paper-item" => "an item of several paragraphs",
        "paper-link" => "a link",
        "paper-picture" => "a picture",
        "paper-quote" => "a quotation with >",
        "paper-place" => "a place that does not stand alone",
        "paper-character" => "a character that cannot be seen or printed",
        "paper-other" => "something that is no text",
        "due" => "the time limit",
        "reading" => "a reading",
        "readings" => "readings.yaml",
        "term" => "the term",
        "values" => "values",
        "remit" => "a remit",
        "provision" => "an ordinary provision",
        // How a finance committee can be wrong
        "proof-lock-sha256" => "its hash (sha256) is another than in lock.json",
        "proof-lock-size" => "its size is another than in lock.json",
        "proof-line-ends" => {
            "the line ends of the files were turned to CRLF; write `* -text` in .gitattributes and check the files out again"
        }
        "proof-log-unsealed" => "a line of it was changed, added or removed",
        "proof-lock-unlisted" => "it is not listed in lock.json",
        "proof-not-logged" => "it does not stand in rules/locks/log.yaml",
        "proof-not-as-locked" => "it is not as it was locked",
        "proof-lock-disagrees" => "the locked reading is another than the one compared with",
        "why-decided-alone" => "decided can only stand with latest, towards or when",
        "why-decided-too-late" => "the day is after the latest day",
        "why-editions-order" => "editions stand in the order they were adopted",
        "why-lock-file-gone" => "the file is gone",
        "why-lock-file-new" => "the file is new",
        "why-lock-date" => "the day of the reading is another",
        "why-no-guidance" => "guidance of citizens is not mentioned",
        "why-no-supervision" => "supervision is not mentioned",
        "why-notify" => "notification of Ankestyrelsen",
        "why-publish" => "publication",
        "why-notify-publish" => "notification of Ankestyrelsen and publication",
        "why-count" => "there must be one[, but there are {count}]",
        "why-sum" => "composition adds up to[ {count}], but members is[ {expected}]",
        "why-chairs" => {
            "in the intermediate form the chair and all[ {expected}] chairs of committees belong to it, but composition has[ {count}] chairs"
        }
        "why-magistrat" => {
            "under a magistrate (§ 64) the composition and powers of committees are not checked, and the bylaw must be ratified (§ 2, stk. 3)"
        }
        "why-composition" => {
            "composition is missing; in the intermediate form[ {expected}] chairs of committees belong to it"
        }
        // Why a text, a place or a number cannot be
        "why-comes-later" => "it is inserted later, or not at all",
        "why-same-name" => "from and to are the same name",
        "why-repealed" => "it is repealed",
        "why-amended-twice" => "it is amended twice on one day",
        "why-made-item" => "it is made from the tasks and committees and cannot be changed by itself",
        "why-only-in-dated" => "it can only stand in dated under transition",
        "why-no-date" => "the change has no date",
        "why-no-reading" => "there are only two readings",
        "why-order" => "the second reading comes before the first",
        "why-one-day" => "1 day",
        "why-odd" => "odd[ and at most {limit}]",
        "why-most" => "[at most {limit}]",
        "why-at-none" => "it is adopted, but no reading lists it",
        "why-at-first" => "it is listed at the first reading, but is moved for the second",
        "why-no-amendment" => "it is a change and no amendment",
        "why-one-effect" => "only one of latest, towards and when can stand here",
        "place-and-thing" => {
            "one place (after, first_in or last_in) and one thing (section, subsection, point or letter)"
        }
        "one-operation" => "one of amend, insert and repeal",
        "files" => "files",
        "files-or-folders" => "files, or folders in each other,",
        // What YAML may not hold
        "anchor" => "an anchor (&)",
        "alias" => "an alias (*)",
        "tag" => "a tag (!)",
        "merge" => "a merge key (<<)",
        "documents" => "a second document (---)",
        "directive" => "a directive (%)",
        "complex-key" => "a key that is not a single word",
        "anchor-do" | "alias-do" | "tag-do" => {
            "write the content out where it is used; if a text must begin with &, * or !, put quotation marks around it"
        }
        "merge-do" => "write the keys out where they apply",
        "documents-do" => "divide the file into several, or delete the line with ---",
        "directive-do" => "delete the line",
        "complex-key-do" => "write the key as a single word",
        // Why YAML cannot be read, and what to do
        "tab" => "tabs are used to indent",
        "tab-do" => "indent with spaces",
        "colon" => "a colon inside a text without quotation marks",
        "comma" => "a comma inside a text in {…} without quotation marks",
        "quote-do" => "put quotation marks around the whole text",
        "indent" => "the line is indented differently from the lines around it",
        "indent-do" => "line it up with the lines it belongs with",
        "no-space" => "a space is missing after the colon on the line before",
        "no-space-do" => "write “key: value” with a space after the colon",
        "no-colon" => "the line is neither “key: value” nor the continuation of a text",
        "no-colon-do" => "put a colon after the key; if the text goes on from the line before, indent the line",
        "quote" => "a quotation mark is not closed",
        "quote-close-do" => "add the closing quotation mark",
        "after-quote" => "there is text after the closing quotation mark",
        "after-quote-do" => "put quotation marks around the whole text, and use »…« inside it",
        "first-character" => "a text cannot begin with this character without quotation marks",
        "bracket" => "a bracket, [ or {, is not closed, or lacks a comma",
        "bracket-do" => "close it with ] or }, and put commas between its items",
        "dash" => "the list begins on the same line as its key",
        "dash-do" => "put the first item on the next line, indented",
        "no-dash" => "a line inside a list does not begin with “- ”",
        "no-dash-do" => "begin the line with “- ”, or mend the indentation",
        "escape" => "a backslash in double quotation marks has a meaning of its own",
        "escape-do" => "use single quotation marks '…' around the text, or write \\\\",
        "ambiguous" => "the place can be read in two ways",
        // Why a proof refuses a file
        "proof-calendar" => "it cannot be read as a calendar (RFC 5545)",
        "proof-missing" => "it is missing",
        "proof-unexpected" => "it does not belong here",
        "proof-too-large" => "it is too large to be proved",
        "proof-not-utf8" => "it is not UTF-8",
        "proof-json" => "it is not JSON with the fields it must have",
        "proof-more" => "there may be more faults than those shown",
        "proof-stray-brace" => "a brace that is neither a mark nor written as text",
        "proof-open-mark" => "a mark without an end, or with another mark in it",
        "proof-empty-line" => "an empty line",
        "proof-mark" => "a mark in the clean text",
        "proof-not-pdf" => "it is not a whole PDF",
        "proof-pdf-properties" => "the properties (XMP) cannot be read",
        "proof-pdf-a" => "it does not say that it is PDF/A-2a",
        "proof-pdf-ua" => "it does not say that it is PDF/UA-1",
        "proof-pdf-title" => "it has no title",
        "proof-pdf-language" => "it does not say which language it is in",
        "proof-not-zip" => "it is not a whole archive (zip)",
        "proof-docx-parts" => "its parts do not fit together",
        "proof-docx-style" => "a style that does not belong to the text, or can hide it",
        "proof-docx-settings" => "a setting that can hide or lock the text",
        "proof-docx-field" => "a field that is no page number",
        "proof-docx-title" => "it has no title",
        "proof-docx-language" => "it does not say which language it is in",
        "proof-docx-id" => "two marks have one number, or one has none",
        "proof-docx-author" => "a change or comment without an author or a date",
        "proof-docx-deleted" => "deleted words that are not marked as deleted, or the reverse",
        "proof-docx-move" => "a move mark, for which Word may refuse the file",
        "proof-docx-comments" => "a comment is missing or stands nowhere",
        "proof-docx-move-comment" => "something moved and no comment at both ends says where",
        "proof-pdf-form" => "it does not have the form that Typst writes",
        "proof-pdf-object" => "an object in it is missing or not what it must be",
        "proof-pdf-stream" => "something in it cannot be unpacked",
        "proof-pdf-font" => "the signs of a font cannot be read as letters",
        "proof-pdf-character" => "a sign that can be seen but not read",
        "proof-pdf-content" => "a page is not written so that its words can be read",
        "proof-pdf-tags" => "the tags are not a whole tree",
        "proof-pdf-untagged" => "words on a page that do not stand in the tags",
        "proof-pdf-mark" => "words that are both struck through and underlined",
        "proof-manifest" => "its fields do not fit together",
        "proof-listed-twice" => "a file is listed twice",
        "proof-size" => "its size is not the one in manifest.json",
        "proof-sha256" => "its hash (sha256) is not the one in manifest.json",
        "proof-unlisted" => "it is not listed in manifest.json",
        "proof-unproved" => "no proof reads it",
        "proof-date" => "a date that does not exist",
        "proof-readings" => "the same reading is listed twice",
        "proof-inputs-disagree" => "the two readings were built from different rules",
        "proof-manifests-disagree" => "the two readings were not built in the same way",
        "proof-figures" => "the proofs do not give the figures it states",
        "proof-empty" => "there is nothing in it",
        "proof-not-well-formed" => "it is not well-formed",
        "proof-too-deep" => "its elements are nested too deeply",
        "proof-entity" => "a character written as something not every reader knows",
        "proof-attribute" => "an attribute that can hide or change the text",
        "proof-line-outside" => "a line outside the text",
        "proof-element" => "an element that does not belong in a line",
        "proof-no-text" => "a line without a place for words",
        "proof-spoken" => "a mark is told wrongly to who hears the page",
        "proof-words-outside" => "words between the lines",
        "proof-no-lines" => "the text is not in it",
        "proof-state" => "the state of a line contradicts its marks",
        "proof-numbers" => "the changes are not numbered from 1",
        "proof-reasons" => "the reasons of the changes cannot be read",
        _ => return None,
    })
}
