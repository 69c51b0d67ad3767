//! The Danish wording. `[…]` is left out when its slots have no argument; `{task}` and the like are slots.

use super::Wording;
use crate::diag::Code;

const fn w(message: &'static str, hint: &'static str, explanation: &'static str) -> Wording {
    Wording { message, hint, explanation }
}

pub(super) fn wording(code: Code) -> Wording {
    match code {
        // Files and YAML
        Code::MissingFile => w(
            "filen[ {file}] findes ikke",
            "opret filen[ med »{expected}«], eller ret stien; docs/rules.md viser, hvilke filer et projekt har",
            "Vedtægten bygges af et fast sæt filer i rules/ og templates/. Mangler en af dem, kan intet bygges. Står du i en anden mappe end projektet, så angiv den med --project.",
        ),
        Code::UnknownFile => w(
            "filen[ {file}] ligger et sted, hvor den ikke bliver læst",
            "flyt den, eller ret navnet[, måske til {name}]; docs/rules.md viser, hvilke filer og mapper der læses",
            "Regler læses kun fra bestemte filer og mapper. En fil, der ligger et andet sted, ville stille blive glemt, og det, den siger, ville mangle i vedtægten.",
        ),
        Code::Unreadable => w(
            "filen[ {file}] kan ikke læses[: {reason}]",
            "luk filen i andre programmer, og se efter, om du har adgang til den",
            "Filen findes, men styresystemet vil ikke udlevere den. Det sker typisk, når den er åben i Word, eller når rettighederne til mappen er ændret.",
        ),
        Code::NotUtf8 => w(
            "filen[ {file}] er ikke gemt som UTF-8[ (linje {line})]",
            "gem den igen med tegnkodningen UTF-8; i Notesblok: Filer, Gem som, Kodning: UTF-8",
            "Kun med UTF-8 er det sikkert, at æ, ø, å og § læses, som de er skrevet. En fil med en ældre tegnkodning kan se rigtig ud på én maskine og give forkerte bogstaver i vedtægten på en anden.",
        ),
        Code::ForbiddenCharacter => w(
            "her står et tegn, der ikke kan ses eller trykkes[ ({found})][ i {file}]",
            "slet tegnet, og skriv stedet igen; det følger ofte med, når tekst kopieres fra Word eller en PDF",
            "Styretegn, usynlige tegn og tegn, der vender læseretningen, kan få en tekst til at se anderledes ud end den, der bliver vedtaget. Derfor afvises de overalt i reglerne. Blød bindestreg og hårdt mellemrum er tilladt og bliver renset automatisk.",
        ),
        Code::IgnoredFile => w(
            "filen[ {file}] bliver ikke læst",
            "giv den et navn, der ender på .yaml, i den rigtige mappe, eller flyt den ud af rules/",
            "I rules/ læses de filer, som docs/rules.md nævner; deres navne ender på .yaml. Notesblok sætter gerne .txt bag på navnet, og så ville reglerne i filen blive glemt. Noter kan ligge i filer, der ender på .md.",
        ),
        Code::FileTooLarge => w(
            "filen[ {file}] er for stor[: {count} byte][ (højst {limit} byte)]",
            "del den i flere filer, f.eks. rules/tasks/*.yaml",
            "Der er en grænse for filers størrelse, så en fejlagtigt kopieret fil giver en klar besked og ikke en lang ventetid. En hel vedtægt fylder langt mindre end grænsen.",
        ),
        Code::TooDeep => w(
            "der er for mange niveauer inden i hinanden[ (højst {limit})]",
            "ret indrykningen; en regelfil har kun brug for en håndfuld niveauer",
            "Grænsen beskytter mod filer, der ved en fejl eller med vilje er bygget sammen i tusindvis af lag. Kommer beskeden i en almindelig fil, er en parentes eller klamme som regel ikke lukket.",
        ),
        Code::TooMany => w(
            "der er for mange[ {name}][ i {file}][ (højst {limit})]",
            "del indholdet i flere filer, eller fjern det, der er gentaget ved en fejl",
            "Der er en grænse for, hvor meget der læses på én gang, så en fejl giver en klar besked. Grænsen ligger mange gange over, hvad selv en stor kommune har brug for.",
        ),
        Code::TextTooLong => w(
            "teksten er for lang[ (højst {limit} tegn)]",
            "del teksten i flere stykker; er den lang ved en fejl, mangler der nok et anførselstegn",
            "En enkelt tekst i vedtægten er et stykke, et nummer eller et litra. Er den længere end grænsen, er et anførselstegn som regel ikke lukket, så resten af filen er kommet med.",
        ),
        Code::OutsideProject => w(
            "stien[ {file}] fører ud af projektet",
            "skriv en sti inden for projektets mappe, uden .. og uden drev",
            "Alt, hvad vedtægten bygges af, skal ligge i projektet, så andre kan bygge den samme tekst. En regel kan derfor aldrig læse eller skrive en fil uden for det.",
        ),
        Code::YamlSyntax => w(
            "filen kan ikke forstås her[: {reason}]",
            "[{expected}; ]se skrivemåden i docs/rules.md",
            "Regelfiler skrives i YAML: »nøgle: værdi«, indrykket med mellemrum, og lister med »- « foran hvert led. En tekst, der indeholder kolon, #, klammer eller anførselstegn, skal stå i anførselstegn. Fejlen kan sidde på linjen før den, der vises.",
        ),
        Code::YamlFeature => w(
            "her bruges[ {name}], som en regelfil ikke kan indeholde",
            "[{expected}; ]brug kun nøgler, lister og tekster",
            "Ankre, henvisninger, mærker, fletninger, direktiver og flere dokumenter i én fil er YAML, der gør det svært at se, hvad der gælder. Reglerne skal kunne læses oppefra og ned af en jurist, så hver oplysning står, hvor den bruges.",
        ),
        Code::DuplicateKey => w(
            "nøglen[ »{key}«] står to gange",
            "slet den ene, eller saml indholdet under én nøgle",
            "Står en nøgle to gange, kan kun den ene gælde, og læseren kan ikke se hvilken. Begge steder vises.",
        ),
        Code::UnknownKey => w(
            "nøglen[ »{key}«] kendes ikke[ i {name}]",
            "ret stavemåden[ til »{expected}«], eller slet linjen[ (her kan stå: {allowed})]",
            "En nøgle, der ikke kendes, er næsten altid en slåfejl, og så ville oplysningen stille blive glemt. Alle nøgler er beskrevet i docs/rules.md.",
        ),
        Code::MissingKey => w(
            "nøglen[ »{key}«] mangler[ i {name}][ (opgaven »{task}«)]",
            "tilføj linjen[ »{key}: …«]; docs/rules.md viser et eksempel",
            "Oplysningen er nødvendig for at bygge teksten. Der gættes aldrig på den.",
        ),
        Code::EmptyValue => w(
            "der er ikke skrevet noget[ under »{key}«]",
            "skriv værdien efter kolonet, eller slet linjen",
            "En nøgle uden indhold kan både være glemt og ment som »ingen«. Gælder oplysningen ikke, så udelad hele linjen.",
        ),
        Code::WrongShape => w(
            "[»{key}«: ]her skal stå[ {expected}][ for {name}][, ikke {found}]",
            "ret indholdet eller indrykningen; docs/rules.md viser et eksempel",
            "Værdien har en anden form end den, der læses på dette sted, f.eks. en liste, hvor der ventes én tekst. Ofte er det indrykningen eller et manglende »- «, der er årsagen.",
        ),
        Code::UnquotedBrace => w(
            "teksten[ under »{key}«] begynder med en klamme uden anførselstegn",
            "sæt anførselstegn om hele teksten: \"{kultur} varetager …\"",
            "En tekst, der begynder med {, læses i YAML som en samling nøgler og ikke som tekst. Skal teksten begynde med et navn eller en henvisning, sættes hele teksten i anførselstegn.",
        ),
        Code::CommentOrText => w(
            "alt efter #[ ({value})] er en bemærkning og kommer ikke med i teksten",
            "hører det til teksten, så sæt anførselstegn om hele teksten; er det en bemærkning, så skriv et mellemrum efter #",
            "I YAML slutter en tekst uden anførselstegn ved » #«. Resten af linjen forsvinder uden varsel, og så mangler ordene i vedtægten.",
        ),
        Code::BadValue => w(
            "værdien[ »{value}«] kan ikke bruges[ under »{key}«][: {reason}]",
            "brug en af de tilladte værdier[, måske »{expected}«][: {allowed}]",
            "Her kan kun stå bestemte ord eller tal, fordi de afgør, hvad der kontrolleres og trykkes. De er beskrevet i docs/rules.md.",
        ),
        Code::BadDate => w(
            "datoen[ »{value}«] findes ikke eller er skrevet forkert",
            "skriv år-måned-dag (2026-01-01 er 1. januar 2026)[; her: {expected}]",
            "Datoer afgør, hvem der har en opgave hvornår, og må ikke kunne læses på to måder. Derfor skrives de altid som år-måned-dag og skal findes i kalenderen.",
        ),
        Code::BadId => w(
            "id'et[ »{value}«] må kun bestå af små bogstaver a-z, cifre og bindestreg",
            "skriv det uden æøå, mellemrum og store bogstaver[: {expected}]",
            "Et id er det varige navn på et udvalg, en opgave eller et sted i vedtægten. Det bruges i filnavne, links og dokumenter og skal derfor kunne skrives overalt. Det, der trykkes, skrives andre steder og kan indeholde alle bogstaver.",
        ),
        Code::DuplicateId => w(
            "id'et[ »{id}«] er allerede brugt[ ({name})]",
            "giv den ene et andet id, eller slet den",
            "Et id er varigt og peger på én ting. Bruges det to gange, kan ingen se, hvilken af dem en ændring gælder. Begge steder vises.",
        ),
        // Words inside texts
        Code::UnknownName => w(
            "navnet[ {found}] kendes ikke",
            "brug id'et på et udvalg fra committees.yaml[, måske »{name}«][, ikke »{id}«]; skal klammen trykkes, så skriv \\ foran den",
            "Udvalgenes navne skrives med id i klammer, så et nyt navn slår igennem overalt på den rigtige dag. Et id, der ikke findes, ville give et hul i teksten.",
        ),
        Code::MissingForm => w(
            "udvalget[ »{committee}«] mangler formen[ »{name}«][ den {date}]",
            "skriv formen i committees.yaml, eller omskriv sætningen",
            "Ingen navneform dannes automatisk, for forvaltningers navne, titler og forkortelser følger ikke udvalgets navn. Bruges en form, skal den derfor stå i committees.yaml for hvert navn, udvalget har haft.",
        ),
        Code::UnknownReference => w(
            "henvisningen[ »{id}«] peger ikke på noget sted i vedtægten",
            "brug id'et på en paragraf eller et stykke[, måske »{name}«]",
            "Henvisninger skrives med id, så de følger med, når numre ændres. Stedet skal findes i vedtægten, som den lyder nu eller efter ændringerne.",
        ),
        Code::TypedReference => w(
            "henvisningen[ »{found}«] er skrevet med nummer og ikke med id",
            "skriv den med id[, her {expected}]; er det en anden lov, så f.eks. {ksl: § 17, stk. 4}",
            "Et nummer, der er skrevet i hånden, følger ikke med, når en paragraf eller et stykke får et nyt nummer. En vedtægt, der henviser til det forkerte sted, er en fejl i en retsforskrift.",
        ),
        Code::UnknownAct => w(
            "loven[ »{id}«] er ikke oplyst i bylaw.yaml",
            "tilføj den under acts, eller brug en af de kendte[: {allowed}]",
            "Henvisninger til andre love skrives med et kort navn, som bylaw.yaml forklarer under acts. Så bliver de skilt fra vedtægtens egne paragraffer og aldrig omnummereret.",
        ),
        Code::BadPlaceholder => w(
            "klammen[ {found}] kan ikke forstås[: {reason}]",
            "brug en af formerne i docs/rules.md[ ({allowed})]; skal klammen trykkes, så skriv \\ foran den",
            "Det, der står i klammer, erstattes af et navn, en henvisning eller en dato. Er det skrevet forkert, ville klammen blive trykt i vedtægten.",
        ),
        Code::DoubledPunctuation => w(
            "der står to tegn efter hinanden[: »{found}«]",
            "slet det ene tegn; punkter i en liste skrives uden det tegn, der afslutter dem",
            "Tegnet efter et punkt sættes af listens stil. Er det også skrevet i teksten, kommer det til at stå to gange.",
        ),
        Code::SuspendedHyphen => w(
            "bindestregen mangler eller sidder forkert[ i »{found}«]",
            "skriv som i »Klima-, Miljø- og Teknikudvalget«[: »{expected}«]",
            "Når flere navneled deler det sidste, får hvert af de første en bindestreg direkte efter sig, og kommaet står efter bindestregen. Der er ikke komma foran »og«.",
        ),
        // Rules that point at each other
        Code::UnknownCommittee => w(
            "udvalget[ »{id}«] kendes ikke",
            "brug et id fra committees.yaml[, måske »{name}«]",
            "Udvalg nævnes med deres varige id, som ikke skifter, når navnet gør. Forkortelser som TMU er ikke id'er.",
        ),
        Code::UnknownTask => w(
            "opgaven[ »{task}«] kendes ikke",
            "brug et id fra tasks.yaml[, måske »{name}«], eller tilføj opgaven dér",
            "En opgave skal stå i tasks.yaml, før den kan flyttes. Ellers kan det ikke kontrolleres, hvem der havde den.",
        ),
        Code::UnknownPart => w(
            "opgaven[ »{task}«] har ingen del[ »{part}«]",
            "brug en af opgavens dele[, måske »{name}«][: {allowed}]",
            "En opgave kan kun deles langs de dele, der står i tasks.yaml. Skal en ny del flyttes for sig, tilføjes den dér med sin egen ordlyd.",
        ),
        Code::UnknownNode => w(
            "stedet[ »{id}«] findes ikke i vedtægten[: {reason}]",
            "brug id'et på et kapitel, en paragraf, et stykke eller et nummer[, måske »{name}«]",
            "En ændring peger på et sted i vedtægten ved dets varige id, f.eks. medlemmer/2. Stedet skal findes på det tidspunkt, hvor ændringen virker.",
        ),
        Code::WrongPlace => w(
            "det nye kan ikke indsættes ved[ »{id}«][, for det hører til i {expected}]",
            "peg på et sted af den rigtige slags: en paragraf ind i et kapitel, et stykke i en paragraf, et nummer i et stykke, et litra i et nummer",
            "Vedtægten er bygget af kapitler, paragraffer, stykker, numre og litra, og hver af dem har sin plads i den næststørste. Et nummer direkte i en paragraf ville ikke kunne citeres.",
        ),
        Code::UnknownClause => w(
            "aftalepunktet[ »{clause}«] kendes ikke",
            "brug et punkt fra agreement.yaml[, måske »{name}«]",
            "Hver ændring bygger på et punkt i den politiske aftale. Punktet skal stå i agreement.yaml, så enhver kan se, hvorfor et ord er ændret.",
        ),
        Code::UnknownChange => w(
            "ændringen[ »{id}«] kendes ikke[: {reason}]",
            "brug id'et på en fil i changes/ eller amendments/[, måske »{name}«]",
            "Behandlinger, frister og datoer i teksten peger på ændringer ved deres id. Id'et står øverst i ændringens fil.",
        ),
        Code::UnknownFormula => w(
            "formlen[ »{value}«] har ingen skabelon",
            "brug en af formlerne i templates/ressort/[: {allowed}]",
            "Et udvalgs ressort indledes med en fast formel, f.eks. »herunder opgaver vedrørende«. Hver formel er en skabelon med samme navn i templates/ressort/.",
        ),
        // Ownership over time
        Code::NoOwner => w(
            "opgaven[ »{task}«][ (delen »{part}«)] hører ikke under noget udvalg[ den {date}][ fra den {from}][ til den {to}]",
            "angiv et udvalg som owner, eller flyt opgaven til et udvalg, der findes den dag",
            "Økonomiudvalget og de stående udvalg varetager den umiddelbare forvaltning af kommunens anliggender (kommunestyrelsesloven § 17, stk. 1). En opgave uden udvalg er derfor ikke lovligt fordelt, og ingen borgmester har ansvaret for den.",
        ),
        Code::TwoOwners => w(
            "opgaven[ »{task}«][ (delen »{part}«)] hører under to udvalg[ fra {date}][: »{owner}« og »{other}«]",
            "slet den ene, eller del opgaven i dele, så hvert udvalg har sin",
            "En opgave hører under ét udvalg ad gangen (kommunestyrelsesloven § 17, stk. 1). Hører den under to, kan ingen se, hvem der træffer afgørelse. Deler to udvalg et område, så giv opgaven dele i tasks.yaml.",
        ),
        Code::NotTheOwner => w(
            "[{from} ]har ikke opgaven[ »{task}«][ (delen »{part}«)][ lige før den {date}][; det har {owner}]",
            "ret from[ til {id}], eller ret den ændring, der flyttede opgaven",
            "En flytning nævner, hvem opgaven tages fra. Passer det ikke, er aftalen læst forkert, eller en anden ændring er kommet imellem. Derfor afvises flytningen i stedet for at tage opgaven fra en anden.",
        ),
        Code::TwoTransfers => w(
            "opgaven[ »{task}«][ (delen »{part}«)] flyttes to gange[ den {date}][ (af »{change}« og »{other}«)]",
            "slet den ene flytning, eller giv den en anden dato",
            "To flytninger af samme opgave samme dag kan ikke begge gælde. Er det et ændringsforslag, der skal træde i stedet, så fjern den oprindelige flytning.",
        ),
        Code::ToItself => w(
            "opgaven[ »{task}«][ (delen »{part}«)] flyttes til det udvalg, den allerede ligger hos[ (»{owner}«)]",
            "ret to, eller slet flytningen",
            "En flytning, der intet flytter, er næsten altid en forveksling af to udvalg. Ændrer aftalen kun ordlyden, skrives det som en ændret bestemmelse.",
        ),
        Code::EmptyInterval => w(
            "opgaven[ »{task}«][ (delen »{part}«)] ville ligge hos et udvalg i nul dage[ (fra den {from} til den {to})]",
            "lad opgaven gå direkte til det sidste udvalg, eller ret en af datoerne",
            "To ændringer samme dag fører opgaven gennem et udvalg, som aldrig kommer til at have den. Det kan ikke skrives i en vedtægt og dækker som regel over en forkert dato.",
        ),
        Code::OwnerNotInForce => w(
            "udvalget[ »{owner}«] findes ikke[ den {date}], men skal have opgaven[ »{task}«][ (delen »{part}«)]",
            "flyt opgaven til et udvalg, der findes, eller ret datoen for udvalgets oprettelse eller nedlæggelse",
            "Et udvalg kan først få opgaver, når det er oprettet, og skal have afgivet dem alle, når det nedlægges. Ellers står opgaven uden ansvarligt udvalg.",
        ),
        Code::StaleRename => w(
            "udvalget[ »{committee}«] har ikke navnet[ »{expected}«][ lige før {date}][, men »{found}«]",
            "ret from[ til »{found}«], eller ret den anden omdøbning",
            "En omdøbning nævner både det gamle og det nye navn ved deres id i committees.yaml. Passer det gamle ikke, er rækkefølgen af omdøbninger forkert.",
        ),
        Code::StaleAmend => w(
            "stedet[ »{id}«] kan ikke ændres[ den {date}][: {reason}]",
            "slet den ene, ret datoen, eller saml ændringerne af stedet i én ændring",
            "En bestemmelse kan kun ændres, mens den findes, og kun én gang samme dag. Ellers afhang teksten af, hvilken ændring der tilfældigvis blev læst først.",
        ),
        Code::OutsideCommittees => w(
            "opgaven[ »{task}«] ligger uden for udvalgene uden gyldigt grundlag[ ({found})]",
            "giv opgaven til et udvalg, eller angiv § 65 c, stk. 2, eller § 65 e som grundlag",
            "Al umiddelbar forvaltning hører under økonomiudvalget eller et stående udvalg (kommunestyrelsesloven § 17, stk. 1). Kun borgerrådgiveren (§ 65 e) og det, som ministeriet har godkendt (§ 65 c, stk. 2), kan ligge uden for.",
        ),
        Code::BodyAsOwner => w(
            "[»{name}« ]er ikke økonomiudvalg eller stående udvalg og kan ikke have opgaver[ (»{id}«)]",
            "giv opgaven til økonomiudvalget eller et stående udvalg",
            "Særlige udvalg efter kommunestyrelsesloven § 17, stk. 4, bestyrelser og arbejdsgrupper kan forberede og rådgive, men ikke varetage den umiddelbare forvaltning. De kan derfor ikke stå som ansvarlige for en opgave i vedtægten.",
        ),
        Code::ReservedTask => w(
            "opgaven[ »{task}«] er forbeholdt økonomiudvalget[ og kan ikke ligge hos »{owner}«]",
            "lad økonomiudvalget have opgaven, og slet den flytning, der tager den fra det",
            "Kasse- og regnskabsvæsenet og løn- og personaleforhold hører ved lov under økonomiudvalget (kommunestyrelsesloven § 18, stk. 3). Vedtægten kan ikke bestemme andet.",
        ),
        // The bylaw's shape
        Code::CouncilSize => w(
            "kommunalbestyrelsen kan ikke have dette medlemstal[: {count}][ (ulige, fra {from} til {limit})]",
            "ret council.members i bylaw.yaml til et ulige tal inden for grænserne",
            "Medlemstallet skal være ulige og mellem 9 og 31, mellem 19 og 31 i kommuner med over 20.000 indbyggere og højst 55 i København (kommunestyrelsesloven § 5). Et ulige tal sikrer et flertal.",
        ),
        Code::CommitteeSize => w(
            "udvalget[ »{committee}«] kan ikke have dette medlemstal[: {count}][ ({reason})]",
            "ret members i committees.yaml til et ulige tal på højst det halve af kommunalbestyrelsen",
            "Et udvalg skal have et fast, ulige antal medlemmer, der ikke overstiger halvdelen af kommunalbestyrelsens (kommunestyrelsesloven § 17, stk. 1). Det gælder også økonomiudvalget.",
        ),
        Code::FinanceCommittee => w(
            "økonomiudvalget er ikke sammensat efter loven[: {reason}]",
            "ret økonomiudvalget i committees.yaml; der skal være ét, og composition skal svare til members",
            "Enhver kommune har ét økonomiudvalg med kommunalbestyrelsens formand som formand (kommunestyrelsesloven § 18). I mellemformstyre består det af formanden og formændene for de stående udvalg og eventuelt flere medlemmer (§ 65).",
        ),
        Code::MissingRemit => w(
            "udvalget[ »{committee}«] har ingen bestemmelse om sine opgaver",
            "tilføj en paragraf med remit[: {committee}] i provisions.yaml",
            "Vedtægten skal fastsætte hvert udvalgs myndighedsområde (kommunestyrelsesloven § 17, stk. 1). Et udvalg, der er nedsat uden opgaver, kan ikke træffe afgørelser.",
        ),
        Code::RemitWithoutCommittee => w(
            "bestemmelsen[ »{id}«] giver opgaver til et udvalg, der ikke er nedsat[: »{committee}«]",
            "ophæv bestemmelsen, eller opret udvalget i committees.yaml",
            "Kun et udvalg, der er nedsat i vedtægten, kan have et myndighedsområde (kommunestyrelsesloven § 17, stk. 1). Beskeden kommer ofte, når et udvalg nedlægges, og dets paragraf bliver stående.",
        ),
        Code::EmptyRemit => w(
            "udvalget[ »{committee}«] har ingen opgaver tilbage[ fra {date}]",
            "se efter, om alle opgaver skulle flyttes; ellers nedlæg udvalget",
            "Et udvalg uden opgaver kan være tilsigtet i en overgang, men er oftest et tegn på, at en flytning har taget for meget med. Vedtægten ville få en tom liste.",
        ),
        Code::RetiredName => w(
            "det gamle navn[ »{name}«] står stadig i teksten[ i {found}][ efter {date}]",
            "skriv navnet som id i klammer[: {expected}]; skal det gamle navn blive stående, så skriv @current efter id'et",
            "Når et udvalg skifter navn, skal det nye bruges overalt fra den dag. Et gammelt navn, der bliver stående, lader læseren tro, at der er to udvalg.",
        ),
        Code::DanglingReference => w(
            "henvisningen[ til »{id}«] peger på et sted, der ikke findes i teksten[ fra den {date}]",
            "ret eller ophæv henvisningen med en ændring fra samme dag",
            "Når en bestemmelse ophæves, skal henvisningerne til den følge med. Ellers henviser vedtægten til noget, der ikke findes.",
        ),
        Code::DuplicateNumber => w(
            "nummeret[ {found}] er brugt to gange",
            "giv den nye paragraf et bogstav, f.eks. 7 a",
            "To paragraffer eller kapitler med samme nummer kan ikke skelnes i en henvisning. En ny paragraf mellem § 7 og § 8 hedder § 7 a, så de andre beholder deres numre.",
        ),
        Code::FormOfGovernment => w(
            "reglerne passer ikke til styreformen[ »{value}«][: {reason}]",
            "ret form i bylaw.yaml, eller ret det, der afviger",
            "Styreformen afgør, hvilke regler der gælder for borgmestre, udvalgsformænd og økonomiudvalg (kommunestyrelsesloven §§ 64-65). København har mellemformstyre med delt administrativ ledelse efter §§ 64 a og 65.",
        ),
        // Procedure
        Code::ReadingsMissing => w(
            "der er ikke to behandlinger[ (kun {count})][ i {file}]",
            "angiv dato for 1. og 2. behandling i readings.yaml",
            "Forslag til ændring af styrelsesvedtægten skal undergives to behandlinger i kommunalbestyrelsen (kommunestyrelsesloven § 2, stk. 2). En ændring, der kun er behandlet én gang, er ikke gyldigt vedtaget.",
        ),
        Code::ReadingsTooClose => w(
            "der er for kort tid mellem behandlingerne[: {reason}][: {count} dage][ (fra den {from} til den {to})]",
            "læg 2. behandling mindst seks dage efter den første; syv er på den sikre side",
            "Der skal være mindst seks dages mellemrum mellem de to behandlinger (kommunestyrelsesloven § 2, stk. 2). Er der kortere tid, er vedtægten ikke gyldigt vedtaget.",
        ),
        Code::ReadingsExactlySix => w(
            "der er netop seks dage mellem behandlingerne[ (fra den {from} til den {to})]",
            "læg 2. behandling en dag senere, eller få det afklaret, hvordan dagene tælles",
            "Loven kræver mindst seks dages mellemrum (kommunestyrelsesloven § 2, stk. 2). Det er ikke sikkert, om det er nok, at datoerne ligger seks fra hinanden, eller om der skal være seks hele dage imellem. Med syv er der ingen tvivl.",
        ),
        Code::EffectBeforeReading => w(
            "ændringen[ »{change}«] har virkning[ den {date}], før den er endeligt vedtaget[ ({to})]",
            "ret effect til dagen for 2. behandling eller senere",
            "En ændring af styrelsesvedtægten gælder først, når den er vedtaget ved 2. behandling (kommunestyrelsesloven § 2, stk. 2). Den kan ikke få virkning tilbage i tiden.",
        ),
        Code::LateWithoutTransition => w(
            "vedtægten siger ikke, hvem der har opgaven[ »{task}«], indtil den flytter[ (senest den {date})]",
            "giv flytningen en transition med ordene for tiden indtil da, og sig under transitional i bylaw.yaml, hvor de skal stå",
            "Teksten til behandlingerne tager en flytning med, der sker senest en bestemt dag, og lader en flytning uden dato vente. Uden en overgangsbestemmelse kan ingen læse i vedtægten, hvem der har opgaven så længe. Én overgangsbestemmelse er nok til alt, hvad ændringen flytter til samme tid.",
        ),
        Code::AfterConstituting => w(
            "2. behandling[ ({date})] ligger efter det konstituerende møde[ ({to})]",
            "læg 2. behandling senest på dagen for det konstituerende møde, eller lad ændringen gælde fra en senere dag",
            "Den nye kommunalbestyrelse vælger udvalg på det konstituerende møde i december (kommunestyrelsesloven § 6) efter den vedtægt, der er lovligt vedtaget den dag. Kommer ændringen senere, vælges der efter den gamle.",
        ),
        Code::MidTermCommittees => w(
            "et udvalg oprettes eller nedlægges midt i valgperioden[ ({date})]",
            "lad ændringen gælde fra valgperiodens begyndelse, eller regn med nyvalg til alle udvalg",
            "Oprettes eller nedlægges et udvalg i valgperioden, skal samtlige udvalg vælges igen, hvis det forlanges (kommunestyrelsesloven § 17). Det bør fremgå af indstillingen.",
        ),
        Code::ApprovalMissing => w(
            "ministeriets godkendelse mangler[ for {period}][: {name}][ (status: {value})]",
            "søg godkendelsen, og ret status i bylaw.yaml, når den er givet",
            "Nogle bestemmelser i vedtægten afviger fra loven og gælder kun med ministeriets godkendelse for den kommende valgperiode (kommunestyrelsesloven § 65 c, stk. 2). Godkendelsen nævnes i indstillingen, til den foreligger.",
        ),
        Code::Conflict => w(
            "ændringsforslagene[ {id} og {other}] kan ikke begge vedtages[: de ændrer begge {name}]",
            "lad kun ét af dem stå som vedtaget; sæt decision til forkastet eller bortfaldet ved det andet",
            "To ændringsforslag, der ændrer eller ophæver det samme sted eller flytter den samme del af en opgave, udelukker hinanden. Vedtages det ene, bortfalder det andet. Begge nævnes her, så det kan afgøres, hvilket der gælder.",
        ),
        Code::UndeclaredAlternative => w(
            "ændringsforslagene[ {id} og {other}] udelukker hinanden[: de ændrer begge {name}]",
            "skriv det ene[, »{other}«,] under alternatives i det andet[, {id}], så de stilles op mod hinanden ved afstemningen",
            "Kan to ændringsforslag ikke begge vedtages, skal det fremgå, at de er alternativer, så der kan stemmes om det mest vidtgående først. Det gør nøglen alternatives i det ene af dem.",
        ),
        Code::ApprovalPeriod => w(
            "godkendelsen gælder ikke for den valgperiode, ændringen træder i kraft i[: {name} (godkendt for {period}, virkning fra den {date})]",
            "søg om godkendelse for den nye periode, og ret period i bylaw.yaml",
            "Ministeriets godkendelse efter § 65 c, stk. 2, gælder for en valgperiode ad gangen. En godkendelse for en anden periode bærer ikke bestemmelsen.",
        ),
        Code::ApprovalUnlisted => w(
            "opgaven[ {task}] ligger uden for udvalgene efter § 65 c, stk. 2, men ingen godkendelse i bylaw.yaml dækker[ »{id}«]",
            "tilføj en godkendelse under approvals[ med »{id}« under provisions] og dens status",
            "Kun med ministeriets godkendelse kan en opgave som Intern Revision ligge uden for udvalgene. Hvor langt godkendelsen er, skal stå i bylaw.yaml, så det fremgår af sagen til Borgerrepræsentationen.",
        ),
        Code::AdviserFunction => w(
            "paragraffen[ {found}] om borgerrådgiveren siger ikke det, loven kræver[: {reason}]",
            "skriv i paragraffen, hvad borgerrådgiveren rådgiver og vejleder om, og at funktionen fører tilsyn med forvaltningen",
            "En borgerrådgiver kan kun ligge uden for udvalgene, når funktionen er fastlagt i vedtægten og består i rådgivning og vejledning af borgerne og tilsyn med forvaltningen. Andet kan den ikke få.",
        ),
        Code::NotifyAndPublish => w(
            "udgaven[ vedtaget den {date}] mangler[: {reason}]",
            "underret Ankestyrelsen, læg teksten frem for borgerne, og skriv dagen som notified og published ved udgaven i rules/editions.yaml",
            "Ankestyrelsen skal underrettes om vedtagne ændringer af vedtægten, og vedtægten skal være tilgængelig for kommunens borgere. Når det er sket, skrives dagen ved udgaven i rules/editions.yaml, og så bortfalder denne påmindelse.",
        ),
        Code::LockDamaged => w(
            "låsen[ for {id}] er beskadiget[: {file}][: {reason}]",
            "hent mappen rules/locks, som den var (git checkout -- rules/locks); den må ikke ændres i hånden",
            "En lås gemmer det, der blev forelagt ved en behandling, med et fingeraftryk af hver fil. Passer fingeraftrykket ikke, er det ikke længere til at vide, hvad der blev forelagt, og så dannes intet. Skal en behandling låses om, sker det med vedtaegt lock 1 --replace --reason \"…\".",
        ),
        Code::LockDrift => w(
            "reglerne er ændret, efter at behandlingen[ ({id})] blev låst[: {file}][ ({reason})]",
            "skriv ændringen som et ændringsforslag i rules/amendments/, eller lås om med vedtaegt lock 1 --replace --reason \"…\"[; vedtaegt diff {id} {id}-rules viser forskellen]",
            "Det, der blev forelagt ved en behandling, ligger fast. Ændres reglerne bagefter, ville 2. behandling bygge på noget andet end det, der blev læst. En ændring mellem behandlingerne er et ændringsforslag. Var det, der blev låst, en fejl, kan der låses om; grunden skrives i rules/locks/log.yaml.",
        ),
        Code::LockTextDrift => w(
            "teksten til den låste behandling[ ({id})] ville nu lyde anderledes end det, der er låst[; linje {line}, låst: »{expected}«, nu: »{found}«]",
            "vis hele forskellen[ med vedtaegt diff {id} {id}-rules][; den låste tekst vises med vedtaegt text {id}]",
            "Låsen gemmer teksten, som den blev forelagt. Reglerne giver nu en anden tekst for den samme behandling. Den låste bliver stående i alle dokumenter; rules/ skal bringes i overensstemmelse med den, eller der skal låses om.",
        ),
        Code::LockBeside => w(
            "filen[ {file}] er ændret, efter at behandlingen[ ({id})] blev låst; teksten er den samme",
            "se efter, om det, der er skrevet om aftalen eller dokumenternes udseende, stadig passer til det, der blev forelagt",
            "Filen er ikke en del af vedtægtens tekst, men dokumenterne til den låste behandling er lavet med den, som den var. De bliver ikke lavet om.",
        ),
        Code::AlreadyLocked => w(
            "behandlingen[ ({id})] er allerede låst",
            "er det låste en fejl, så lås om[: vedtaegt lock {count} --replace --reason \"…\"]",
            "Det, der er forelagt ved en behandling, låses én gang. Kun en fejl i det låste kan begrunde, at der låses om, og grunden bliver skrevet ned.",
        ),
        Code::ClauseSuspect => w(
            "leddet[ {clause}] i aftalen er ændret, siden nogen så efter, om reglerne passer til det[; på det hviler {found}]",
            "læs leddet og det, der hviler på det, og kør derefter vedtaegt coverage --reviewed[ {clause}]",
            "Når et led i aftalen får en anden ordlyd, kan det, der er gjort for at opfylde det, være forkert. Leddet og alt, hvad der hviler på det, er derfor mistænkt, indtil nogen har set efter. rules/reviewed.yaml husker, hvilken ordlyd der er set på.",
        ),
        Code::AmendmentUndecided => w(
            "der er ikke taget stilling til ændringsforslaget[ »{id}«]",
            "skriv decision: vedtaget, forkastet eller bortfaldet",
            "Kun vedtagne ændringsforslag kommer med i teksten. Så længe der ikke er taget stilling, vises forslaget uden for teksten.",
        ),
        Code::AmendmentNotRead => w(
            "ændringsforslaget[ »{id}«] hører ikke til 2. behandling[: {reason}]",
            "tilføj det under amendments ved 2. behandling i readings.yaml",
            "Teksten ved 2. behandling er teksten ved 1. behandling og de vedtagne ændringsforslag. Et forslag, der ikke er knyttet til en behandling, ville stille falde ud.",
        ),
        // The agreement
        Code::ClauseUndischarged => w(
            "aftalepunktet[ »{clause}«] er ikke gennemført",
            "nævn punktet som basis for en ændring eller en forpligtelse, eller skriv under no_effect, hvorfor det ikke ændrer vedtægten",
            "Hvert punkt i den politiske aftale skal enten ændre vedtægten, give en forpligtelse eller have en begrundelse for, at det ikke gør. Sådan bliver intet glemt.",
        ),
        Code::ClauseTwice => w(
            "aftalepunktet[ »{clause}«] siges at være uden virkning, men bruges som grundlag[ for »{change}«]",
            "slet no_effect, eller fjern punktet fra basis",
            "Et punkt kan ikke både være uden virkning for vedtægten og være grundlaget for en ændring af den. Ét af stederne er forældet.",
        ),
        Code::OpWithoutBasis => w(
            "ændringen[ »{change}«][ af »{id}«] har intet grundlag i aftalen",
            "tilføj basis med det punkt i agreement.yaml, den bygger på",
            "Politikerne skal kunne se, hvorfor hvert ord ændres. En ændring uden grundlag er ikke aftalt.",
        ),
        // Templates
        Code::TemplateError => w(
            "skabelonen[ {file}] kan ikke bruges[: {reason}]",
            "ret skabelonen i templates/",
            "Skabelonerne bestemmer, hvor bestemmelser og opgavelister står. De er skrevet i Tera, og en ukendt variabel eller en forkert klamme stopper bygningen, så der aldrig trykkes en tom plads.",
        ),
        Code::TemplateTooLong => w(
            "skabelonen[ {file}] giver for megen tekst[ (højst {limit})]",
            "se efter en løkke, der gentager for meget",
            "Der er en grænse for, hvor meget en skabelon kan skrive, så en fejl i en løkke giver en besked og ikke en uendelig fil.",
        ),
        Code::TemplateLostNode => w(
            "bestemmelsen[ »{id}«][ og {limit} andre] skal stå én gang i teksten[, men står {count} gange]",
            "lad skabelonerne skrive den ud netop én gang",
            "Reglerne indeholder bestemmelsen, men skabelonerne sætter den ikke ind eller gør det flere gange. Uden denne kontrol ville den stille forsvinde fra vedtægten eller gælde to steder.",
        ),
        Code::TemplateNode => w(
            "skabelonen[ {file}] skriver et sted, som reglerne ikke kender[: »{found}«][ (linje {line} i den færdige tekst)][: {reason}]",
            "lad skabelonen hente bestemmelsen fra reglerne med dens id, og kun én gang",
            "Hver linje i vedtægten skal komme fra en regel, så det kan vises, hvorfor den står der. En skabelon kan placere tekst, men ikke opfinde den.",
        ),
        Code::ProfileError => w(
            "linjen er ikke skrevet som en linje i en vedtægt[: {reason}][: »{found}«][ (linje {line} i den færdige tekst)][ i {file}]",
            "skriv den som § 12., Stk. 2., 1) eller a) med én tekst på hver linje",
            "Vedtægtens Markdown har én fast form med alle betegnelser skrevet ud. Så kan den læses tilbage uden at gætte og kontrolleres tegn for tegn.",
        ),
        Code::PaperText => w(
            "det kan ikke stå i et dokument[: {reason}][: »{found}«][ i {file}]",
            "skriv almindelige afsnit, punktopstillinger, tabeller, **fed** og *kursiv*; overskrifter sætter skabelonen",
            "Indstillinger, planer og lister trykkes i tre formater, som skal sige det samme. Derfor kan de kun have afsnit, punktopstillinger i ét niveau, tabeller og fed eller kursiv skrift. Det, som mennesker skriver i rules/papers/, er data: det kan hverken sætte overskrifter, henvise ud af dokumentet eller vise billeder. Skabeloner kan desuden sætte overskrifter, henvise til en fil ved siden af og spørge efter det, som mennesker skal skrive.",
        ),
        // Proofs
        Code::BaselineDiffers => w(
            "reglerne giver ikke den gældende vedtægt[ (linje {line})][: reglerne siger »{expected}«][, men der står »{found}«]",
            "skal teksten ændres, så skriv det i rules/changes/; ellers ret reglerne, så de svarer til den gældende tekst",
            "Før noget ændres, skal reglerne give den vedtægt, der gælder nu, tegn for tegn. Først da er det sikkert, at enhver forskel skyldes en ændring og ikke en fejl i reglerne.",
        ),
        Code::RedlineDiffers => w(
            "sammenligningen[ {file}] svarer ikke til teksterne[ (linje {line})][: ventede »{expected}«][, fandt »{found}«]",
            "byg igen; kommer beskeden igen, er det en fejl i programmet, som bør meldes",
            "Når alle rettelser i sammenligningen godkendes, skal resultatet være den nye vedtægt, og når de afvises, den gældende. Det efterprøves i den skrevne fil. Holder det ikke, må filen ikke bruges.",
        ),
        Code::Unexplained => w(
            "ændringen[ »{value}«][ i {found}][ ({name})][ af »{id}«] kan ikke føres tilbage til en regel",
            "giv den et grundlag, eller meld det som en fejl i programmet",
            "Hvert ændret ord skal komme fra en regel eller være en nævnt følge af en. Et ord uden forklaring kan være ændret ved en fejl.",
        ),
        Code::OutputDamaged => w(
            "filen[ {file}] er beskadiget eller rettet i hånden[: {reason}]",
            "kør vedtaegt build for at skrive den igen; ret reglerne, ikke de færdige dokumenter",
            "De færdige dokumenter kontrolleres mod det, der stod i dem, da de blev bygget. Rettelser i hånden går tabt ved næste bygning og kan ikke forklares.",
        ),
        Code::OutputStale => w(
            "output svarer ikke længere til reglerne[: {count} filer skal dannes igen][, den første er {file}]",
            "kør vedtaegt build, og læg de nye filer i versionsstyringen",
            "Reglerne er ændret, siden dokumenterne blev bygget. Den, der læser dem, ser derfor noget andet end det, reglerne siger.",
        ),
        Code::OwnershipDiffers => w(
            "opgaven[ »{task}«][ (delen »{part}«)] står et andet sted i dokumentet[ {file}][ end ventet: hos »{found}«][, ikke hos »{expected}«]",
            "byg igen; kommer beskeden igen, er det en fejl i programmet, som bør meldes",
            "Hvem der har hver opgave, læses ud af det færdige dokument og sammenlignes med reglerne. Er der forskel, er en opgave blevet væk eller står to steder, og dokumentet må ikke bruges.",
        ),
        Code::DocumentDiffers => w(
            "dokumentet[ {file}] siger noget andet end filerne ved siden af[ (linje {line})][: ventede »{expected}«][, fandt »{found}«]",
            "byg igen; kommer beskeden igen, er det en fejl i programmet, som bør meldes",
            "Den samme tekst skrives i flere filer: til at læse på skærm, til print og til maskiner. De læses tilbage og sammenlignes linje for linje. Siger de ikke det samme, ved ingen, hvad der gælder.",
        ),
        // Running
        Code::TypstMissing => w(
            "programmet Typst, der laver PDF, er ikke fundet",
            "installér Typst 0.15 (cargo install typst-cli), eller kør med --no-pdf",
            "PDF-filer sættes af Typst, et frit program, der kører på din egen maskine. Uden det skrives intet, så der ikke ligger et sæt dokumenter, hvor noget mangler. Med --no-pdf bygges resten, og manifestet siger det.",
        ),
        Code::TypstFailed => w(
            "Typst kunne ikke lave PDF[ af {file}][: {reason}]",
            "se beskeden fra Typst; prøv med --no-pdf, hvis det haster",
            "Også advarsler fra Typst, f.eks. om en skrift, der mangler, tæller som fejl, fordi PDF'en ellers kunne se forskellig ud på to maskiner.",
        ),
        Code::PdfCharacter => w(
            "skriften i PDF har ikke tegnet[ »{value}«][ ({id})][, som står i {file}]",
            "skriv det på en anden måde, eller byg uden PDF med --no-pdf",
            "PDF-filerne bruger de skrifter, der følger med Typst, så de ser ens ud på alle maskiner. De har latinske, græske og kyrilliske bogstaver, men ikke f.eks. kinesiske tegn og emoji. Et tegn, der mangler, ville blive en tom firkant, og derfor skrives intet.",
        ),
        Code::OutputFolder => w(
            "mappen[ {path}] kan ikke skrives[: {reason}]",
            "luk filer, der er åbne derfra, flyt det væk, som vedtaegt ikke har skrevet, og se efter, om du må skrive i mappen",
            "Dokumenterne skrives samlet: først ved siden af, så byttes hele mappen. Kan det ikke gennemføres, bliver de gamle dokumenter liggende urørt.",
        ),
        // Instruments
        Code::InstrumentNotRead => w(
            "[{file}, linje {line}: ]det kan ikke læses som en ændring[: »{found}«][; her ventes {expected}][: {reason}]",
            "skriv det med en af de faste vendinger: »ændres … til:«, »udgår«, »ophæves«, »affattes således:«, »indsættes … :«, og sæt alle ord fra vedtægten i »…«",
            "Et ændringsforslag læses ord for ord, og intet gættes. Hvert nummer siger, hvilket sted det gælder, hvad der sker, og hvilke ord der går ud eller kommer ind; ordene fra vedtægten står i anførselstegn. Stedet, der vises, er det første, som ikke passer ind.",
        ),
        Code::InstrumentIgnored => w(
            "teksten er ikke en ændring og er ikke anvendt[: »{found}«]",
            "er det en ændring, så giv den et nummer, og skriv den med en af de faste vendinger; ellers er der intet at gøre",
            "Titler, indledende ord og bemærkninger ændrer ikke vedtægten. De nævnes, så ingen tror, at noget er gennemført, som kun er læst.",
        ),
        Code::InstrumentOtherCase => w(
            "[{item}: ]ordene[ »{value}«] er ændret overalt, men står der stadig med det andet begyndelsesbogstav[: »{found}«][; antal steder: {count}]",
            "skal de ord også ændres, så nævn dem i samme nummer",
            "Ord søges bogstav for bogstav, også med stort og lille. Et ord, der begynder en sætning, er derfor ikke med, medmindre det nævnes.",
        ),
        Code::InstrumentHeadingWent => w(
            "[{item}: ]overskriften[ »{found}«] er faldet bort sammen med bestemmelsen under den[ ({name})], uden at ændringsforslaget nævner den",
            "skal den bortfalde, så skriv det i et nummer for sig: »Overskriften før § … ophæves.«",
            "At en paragraf ophæves, betyder ikke i sig selv, at overskriften før den bortfalder (Vejledning om lovkvalitet). Når intet andet står under den, kan den dog ikke blive stående alene.",
        ),
        Code::InstrumentOtherTown => w(
            "ændringsforslaget gælder en anden kommune end teksten[: »{found}« og ikke »{expected}«]",
            "se efter, om det er den rigtige tekst",
            "Navnet på kommunen i ændringsforslaget er et andet end i tekstens titel. Ændringerne er gennemført alligevel, for så vidt de passer.",
        ),
        Code::InstrumentNotApplied => w(
            "[{file}, linje {line}: ][{item}: ]ændringen[ af {path}] kan ikke gennemføres[: {reason}]",
            "ret ændringsforslaget efter teksten, som den er, når de foregående numre er gennemført",
            "Hvert nummer gennemføres i den tekst, de foregående numre har givet. Ordene skal stå dér, så mange steder som nævnt, og stedet skal findes. Passer ét nummer ikke, gennemføres intet. Numre senere i forslaget kan også være ramt af den første fejl, så begynd oppefra.",
        ),
        Code::InstrumentDiffers => w(
            "ændringsforslaget[ {file}] giver ikke den ændrede tekst[ (linje {line})][: ventede »{expected}«][, fandt »{found}«]",
            "byg igen; kommer beskeden igen, er det en fejl i programmet, som bør meldes",
            "Det trykte ændringsforslag læses og gennemføres i den gældende tekst, og resultatet skal være den ændrede vedtægt, bogstav for bogstav. Holder det ikke, vedtager Borgerrepræsentationen noget andet end det, den har fået vist.",
        ),
    }
}

pub(super) fn term(word: &str) -> Option<&'static str> {
    Some(match word {
        // Instruments: why one does not apply, and what the reader looks for
        "why-words-gone" => {
            "»{value}« står der ikke[; der står »{found}«][; stedet begynder med »{other}«][; ordene står i {name}]"
        }
        "why-words-count" => {
            "antallet af steder med »{value}« er {count} og ikke {limit}; skriv antallet (»to steder i …«), eller peg på et mindre sted"
        }
        "why-no-section-named" => "der er ikke nævnt nogen §",
        "why-gone" => "stedet findes ikke",
        "why-was-not" => "det, der nu er {value}, var ikke {from}",
        "why-no-heading" => "der er ingen overskrift før {name}",
        "why-several-subsections" => "{name} har {count} stk.; skriv hvilket",
        "why-no-paragraph" => "der er kun {count} afsnit",
        "why-no-sentence" => "der er kun {count} pkt.[: »{found}«]",
        "why-no-title" => "teksten har ingen titel",
        "why-no-preamble" => "teksten har ingen indledning",
        "why-no-chapter" => "{name} findes ikke[; det sidste er kapitel {found}]",
        "why-no-section" => {
            "{name} findes ikke[; før stedet kommer {from}][; efter stedet kommer {to}][; »{line}« er ikke læst som en §]"
        }
        "why-no-sections" => "{name} findes ikke; der er ingen §§ i teksten[; »{line}« er ikke læst som en §]",
        "why-no-chapters" => {
            "{name} findes ikke; der er ingen kapitler med nummer i teksten[; »{line}« er ikke læst som et kapitel]"
        }
        "why-section-twice" => "{name} står mere end én gang i teksten",
        "why-no-subsection" => {
            "stk. {value} findes ikke; [{name} har {count} stk.][{name} har kun stk. {found}][; »{line}« er ikke læst som et stk.]"
        }
        "why-number-twice" => "{name} står mere end én gang dér",
        "why-no-point" => "nr. {value} findes ikke[; der er {count} numre][; der er kun nr. {found}]",
        "why-no-letter" => "litra {value} findes ikke; der er {count} litra",
        "why-no-day" => "ændringsforslaget siger ikke, hvornår det nummer træder i kraft",
        "why-label" => "mærket »{found}« passer ikke; her skal stå »{expected}«",
        "why-misplaced" => "»{found}« kan ikke stå på det sted",
        "why-nothing-quoted" => "der er ingen ny tekst",
        "why-not-alone" => "titlen eller en kapiteloverskrift kan ikke ophæves alene",
        "why-first-paragraph" => "et stk. kan ikke miste det afsnit, som dets nummer står ved",
        "why-left-empty" => "så ville der ikke være nogen tekst tilbage",
        "why-wrong-place" => "det kan ikke indsættes eller ændres sådan på det sted",
        "why-heading-exists" => "der er allerede en overskrift: »{found}«",
        "why-exists" => "{name} findes allerede",
        "why-not-next" => "{name} er ikke det næste nummer; der er {count}",
        "why-not-in-order" => "{name} kommer til at stå[ efter {from}][ før {to}]",
        "why-units-count" => "der er citeret {count}, men nævnt {limit}",
        "why-several-paragraphs" => "sætningerne står i flere afsnit",
        "why-list-left" => {
            "listen efter ordene ville miste sin indledning; lad de nye ord ende med kolon, eller citer listen"
        }
        "why-not-neighbours" => "stederne følger ikke efter hinanden",
        "why-ranges-differ" => "de to rækker af numre er ikke lige lange",
        "why-shift" => "{value} var ikke {from}[, men {found}]",
        "why-shift-new" => "{value} er ny og var ikke {from}",
        "why-open-quote" => "anførselstegnet bliver ikke afsluttet",
        "why-close-quote" => "anførselstegnet er ikke begyndt",
        "why-item-number" => "numrene skal følge hinanden; her ventes nr. {limit}",
        "why-no-items" => "der er ingen ændringer",
        "why-empty-quote" => "der står ingenting i anførselstegnene",
        "why-part-number" => "§§ i forslaget skal følge hinanden; her ventes § {limit}",
        "why-other-act" => {
            "§ {limit} ændrer en anden tekst end den, forslagets første § ændrer; tag den § ud, og gennemfør den på sin egen tekst"
        }
        "why-effect-of-what" => "det siges ikke klart, hvilket nummer i forslaget dagen gælder for",
        "why-no-items-bylaw" => {
            "der er ingen ændringer; det ligner selve vedtægten (ændringsforslaget skal nævnes først, teksten sidst)"
        }
        "why-order-outside" => "det ligner en ændring, men står ikke i et nummer",
        "read-place" => "et sted i vedtægten (§, stk., nr., litra, pkt., kapitel)",
        "read-one-place" => "hvert sted for sig, f.eks. »§ 3, stk. 2, og § 4, stk. 2«",
        "read-order" => "»ændres«, »udgår«, »ophæves«, »affattes« eller »indsættes«",
        "read-quote" => "ord i »…«",
        "read-to" => "»til:«",
        "read-thus" => "»således:« og den nye tekst i »…«",
        "read-number" => "et nummer",
        "read-letter" => "et bogstav",
        "read-words" => "ord efter mærket",
        "read-one-section" => "én § for hver § der nævnes",
        "read-one-line" => "ord på én linje; en liste eller flere stykker indsættes med »affattes således:«",
        "read-label" => {
            "et mærke først i den nye tekst (»§ 2 a.«, »Stk. 3.«, »4)«), eller ord om, hvad den er (»som stk. 3«)"
        }
        "read-becomes" => "»bliver herefter«",
        "read-end" => "et punktum eller »og«",
        "read-where" => "»efter«, »før« eller »som«",
        "read-item" => "en ændring",
        // Files
        "files-in" => "filer i mappen",
        "not-a-file" => "ikke en almindelig fil",
        "folder-too-deep" => "mappen har for mange mapper inden i hinanden",
        "template-too-slow" => "den er ikke færdig efter 5 sekunder",
        // Shapes
        "nothing" => "ingenting",
        "yes-no" => "true eller false",
        "number" => "et helt tal",
        "text" => "en tekst",
        "list" => "en liste",
        "mapping" => "nøgler med værdier",
        // What a mapping describes
        "bylaw" => "bylaw.yaml",
        "municipality" => "kommunen",
        "council" => "kommunalbestyrelsen",
        "act" => "en lov",
        "approval" => "en godkendelse",
        "committee" => "et udvalg",
        "committee-name" => "et udvalgsnavn",
        "forms" => "navneformerne",
        "composition" => "sammensætningen",
        "special-committee" => "et særligt udvalg",
        "body" => "et organ",
        "task" => "en opgave",
        "part" => "en del af en opgave",
        "divided" => "ordlyden for en delt opgave",
        "owner" => "ejeren",
        "provisions" => "provisions.yaml",
        "chapter" => "et kapitel",
        "section" => "en paragraf",
        "subsection" => "et stykke",
        "point" => "et nummer",
        "letter" => "et litra",
        "block" => "teksten efter en liste",
        "agreement" => "aftalen",
        "area" => "et område i aftalen",
        "clause" => "et aftalepunkt",
        "question" => "et åbent spørgsmål",
        "change" => "en ændring",
        "amendment" => "et ændringsforslag",
        "effect" => "virkningen",
        "rename" => "en omdøbning",
        "transfer" => "en flytning",
        "transition" => "overgangsbestemmelsen",
        "operation" => "en ændring af en bestemmelse",
        "obligation" => "en forpligtelse",
        "document" => "et dokument",
        "mention" => "et sted i et dokument",
        "documents.yaml" => "documents.yaml",
        "committee-or-task" => "enten committee eller task",
        "paper-html" => "HTML",
        "paper-code" => "et stykke kode",
        "paper-rule" => "en streg tværs over siden",
        "paper-heading" => "en overskrift",
        "paper-nested" => "en opstilling inden i en anden",
        "paper-item" => "et punkt med flere afsnit",
        "paper-link" => "et link",
        "paper-picture" => "et billede",
        "paper-quote" => "et citat med >",
        "paper-place" => "en plads, der ikke står for sig selv",
        "paper-character" => "et tegn, der ikke kan ses eller trykkes",
        "paper-other" => "noget, der ikke er tekst",
        "due" => "fristen",
        "reading" => "en behandling",
        "readings" => "readings.yaml",
        "term" => "valgperioden",
        "values" => "værdier",
        "remit" => "et ressort",
        "provision" => "en almindelig bestemmelse",
        // How a finance committee can be wrong
        "proof-lock-sha256" => "den har et andet fingeraftryk (sha256) end i lock.json",
        "proof-lock-size" => "den har en anden størrelse end i lock.json",
        "proof-line-ends" => {
            "linjeskiftene i filerne er lavet om (CRLF); skriv »* -text« i .gitattributes, og hent filerne igen"
        }
        "proof-log-unsealed" => "en linje i den er rettet, kommet til eller væk",
        "proof-lock-unlisted" => "den står ikke i lock.json",
        "proof-not-logged" => "den står ikke i rules/locks/log.yaml",
        "proof-not-as-locked" => "den er ikke, som den blev låst",
        "proof-lock-disagrees" => "den låste behandling er en anden end den, der blev sammenlignet med",
        "why-decided-alone" => "decided kan kun stå sammen med latest, towards eller when",
        "why-decided-too-late" => "dagen ligger efter den seneste dag",
        "why-editions-order" => "udgaverne skal stå i den orden, de er vedtaget",
        "why-lock-file-gone" => "filen er væk",
        "why-lock-file-new" => "filen er ny",
        "why-lock-date" => "dagen for behandlingen er en anden",
        "why-no-guidance" => "rådgivning eller vejledning af borgere er ikke nævnt",
        "why-no-supervision" => "tilsyn er ikke nævnt",
        "why-notify" => "underretning af Ankestyrelsen",
        "why-publish" => "offentliggørelse",
        "why-notify-publish" => "underretning af Ankestyrelsen og offentliggørelse",
        "why-count" => "der skal være ét[, men der er {count}]",
        "why-sum" => "composition giver tilsammen[ {count}], men members er[ {expected}]",
        "why-chairs" => {
            "i mellemformstyre indgår formanden og alle[ {expected}] udvalgsformænd, men composition har[ {count}] formænd"
        }
        "why-magistrat" => {
            "for magistratsstyre (§ 64) undersøges udvalgenes sammensætning og beføjelser ikke, og vedtægten skal stadfæstes (§ 2, stk. 3)"
        }
        "why-composition" => "composition mangler; i mellemformstyre indgår[ {expected}] udvalgsformænd",
        // Why a text, a place or a number cannot be
        "why-comes-later" => "det indsættes først senere eller slet ikke",
        "why-same-name" => "from og to er det samme navn",
        "why-repealed" => "det er ophævet",
        "why-amended-twice" => "det ændres to gange samme dag",
        "why-made-item" => "det dannes af opgaverne og udvalgene og kan ikke ændres for sig",
        "why-only-in-dated" => "den kan kun stå i dated under transition",
        "why-no-date" => "ændringen har ingen dato",
        "why-no-reading" => "der er kun to behandlinger",
        "why-order" => "2. behandling ligger før den første",
        "why-one-day" => "1 dag",
        "why-odd" => "ulige[ og højst {limit}]",
        "why-most" => "[højst {limit}]",
        "why-at-none" => "det er vedtaget, men står ikke ved nogen behandling",
        "why-at-first" => "det står ved 1. behandling, men er stillet til 2. behandling",
        "why-no-amendment" => "den er en ændring og ikke et ændringsforslag",
        "why-one-effect" => "der kan kun stå én af latest, towards og when",
        "place-and-thing" => {
            "ét sted (after, first_in eller last_in) og én ting (section, subsection, point eller letter)"
        }
        "one-operation" => "enten amend, insert eller repeal",
        "files" => "filer",
        "files-or-folders" => "filer, eller mapper inden i hinanden,",
        // What YAML may not hold
        "anchor" => "et anker (&)",
        "alias" => "en YAML-henvisning (*)",
        "tag" => "et YAML-mærke (!)",
        "merge" => "en fletning (<<)",
        "documents" => "flere dokumenter (---)",
        "directive" => "et direktiv (%)",
        "complex-key" => "en nøgle, der ikke er et enkelt ord",
        "anchor-do" | "alias-do" | "tag-do" => {
            "skriv indholdet ud, hvor det bruges; skal en tekst begynde med &, * eller !, så sæt anførselstegn om den"
        }
        "merge-do" => "skriv nøglerne ud, hvor de gælder",
        "documents-do" => "del filen i flere filer, eller slet linjen med ---",
        "directive-do" => "slet linjen",
        "complex-key-do" => "skriv nøglen som ét ord",
        // Why YAML cannot be read, and what to do
        "tab" => "der er brugt tabulator til indrykning",
        "tab-do" => "ryk ind med mellemrum",
        "colon" => "et kolon midt i en tekst uden anførselstegn",
        "comma" => "et komma midt i en tekst i {…} uden anførselstegn",
        "quote-do" => "sæt anførselstegn om hele teksten",
        "indent" => "linjen er rykket anderledes ind end linjerne omkring den",
        "indent-do" => "lad linjen flugte med de linjer, den hører sammen med",
        "no-space" => "der mangler et mellemrum efter kolon på linjen før",
        "no-space-do" => "skriv »nøgle: værdi« med mellemrum efter kolon",
        "no-colon" => "linjen er hverken »nøgle: værdi« eller fortsættelsen af en tekst",
        "no-colon-do" => "sæt kolon efter nøglen; fortsætter teksten fra linjen før, så ryk linjen ind",
        "quote" => "et anførselstegn er ikke lukket",
        "quote-close-do" => "sæt det afsluttende anførselstegn",
        "after-quote" => "der står tekst efter det afsluttende anførselstegn",
        "after-quote-do" => "sæt anførselstegn om hele teksten, og brug »…« inde i den",
        "first-character" => "en tekst kan ikke begynde med dette tegn uden anførselstegn",
        "bracket" => "en parentes, [ eller {, er ikke lukket, eller der mangler et komma i den",
        "bracket-do" => "luk den med ] eller }, og sæt komma mellem leddene",
        "dash" => "listen begynder på samme linje som sin nøgle",
        "dash-do" => "sæt listens første led på næste linje, rykket ind",
        "no-dash" => "en linje midt i en liste begynder ikke med »- «",
        "no-dash-do" => "begynd linjen med »- «, eller ret indrykningen",
        "escape" => "en omvendt skråstreg i dobbelte anførselstegn betyder noget særligt",
        "escape-do" => "brug enkelte anførselstegn '…' om teksten, eller skriv \\\\",
        "ambiguous" => "stedet kan læses på to måder",
        // Why a proof refuses a file
        "proof-calendar" => "den kan ikke læses som kalender (RFC 5545)",
        "proof-missing" => "den mangler",
        "proof-unexpected" => "den hører ikke til her",
        "proof-too-large" => "den er for stor til at blive efterprøvet",
        "proof-not-utf8" => "den er ikke UTF-8",
        "proof-json" => "den er ikke JSON med de felter, den skal have",
        "proof-more" => "der kan være flere fejl end de viste",
        "proof-stray-brace" => "en klamme, der hverken er et mærke eller skrevet som tekst",
        "proof-open-mark" => "et mærke uden slutning eller med et andet mærke i sig",
        "proof-empty-line" => "en tom linje",
        "proof-mark" => "et rettelsesmærke i den rene tekst",
        "proof-not-pdf" => "den er ikke en hel PDF",
        "proof-pdf-properties" => "egenskaberne (XMP) kan ikke læses",
        "proof-pdf-a" => "den siger ikke, at den er PDF/A-2a",
        "proof-pdf-ua" => "den siger ikke, at den er PDF/UA-1",
        "proof-pdf-title" => "den har ingen titel",
        "proof-pdf-language" => "den siger ikke, hvilket sprog den er på",
        "proof-not-zip" => "den er ikke et helt arkiv (zip)",
        "proof-docx-parts" => "dens dele passer ikke sammen",
        "proof-docx-style" => "en typografi, der ikke hører til teksten, eller som kan skjule den",
        "proof-docx-settings" => "en indstilling, der kan skjule eller låse teksten",
        "proof-docx-field" => "et felt, der ikke er et sidetal",
        "proof-docx-title" => "den har ingen titel",
        "proof-docx-language" => "den siger ikke, hvilket sprog den er på",
        "proof-docx-id" => "to mærker har samme nummer, eller et har intet",
        "proof-docx-author" => "en rettelse eller kommentar uden forfatter eller dato",
        "proof-docx-deleted" => "slettede ord, der ikke er mærket som slettede, eller omvendt",
        "proof-docx-move" => "et flyttemærke, som Word kan afvise",
        "proof-docx-comments" => "en kommentar mangler eller står ingen steder",
        "proof-docx-move-comment" => "noget er flyttet, uden at en kommentar i begge ender siger hvorhen",
        "proof-pdf-form" => "den har ikke den form, Typst skriver",
        "proof-pdf-object" => "et objekt i den findes ikke eller er ikke, hvad det skal være",
        "proof-pdf-stream" => "noget i den kan ikke pakkes ud",
        "proof-pdf-font" => "en skrifts tegn kan ikke læses som bogstaver",
        "proof-pdf-character" => "et tegn, der kan ses, men ikke læses",
        "proof-pdf-content" => "en side er ikke skrevet, så dens ord kan læses",
        "proof-pdf-tags" => "mærkerne (tags) er ikke et helt træ",
        "proof-pdf-untagged" => "ord på en side, der ikke står i mærkerne (tags)",
        "proof-pdf-mark" => "ord, der både er streget ud og understreget",
        "proof-manifest" => "felterne passer ikke sammen",
        "proof-listed-twice" => "en fil står to gange",
        "proof-size" => "den har en anden størrelse end i manifest.json",
        "proof-sha256" => "den har et andet fingeraftryk (sha256) end i manifest.json",
        "proof-unlisted" => "den står ikke i manifest.json",
        "proof-unproved" => "intet bevis læser den",
        "proof-date" => "en dato, der ikke findes",
        "proof-readings" => "den samme behandling står to gange",
        "proof-inputs-disagree" => "de to behandlinger er bygget af forskellige regler",
        "proof-manifests-disagree" => "de to behandlinger er ikke bygget på samme måde",
        "proof-figures" => "beviserne giver ikke de tal, der står i den",
        "proof-empty" => "der står ingenting i den",
        "proof-not-well-formed" => "den er ikke velformet",
        "proof-too-deep" => "elementerne står for dybt inden i hinanden",
        "proof-entity" => "et tegn skrevet som noget, ikke alle læsere kender",
        "proof-attribute" => "en egenskab, der kan skjule eller ændre teksten",
        "proof-line-outside" => "en linje uden for teksten",
        "proof-element" => "et element, der ikke hører til i en linje",
        "proof-no-text" => "en linje uden plads til ord",
        "proof-spoken" => "et mærke siges forkert for den, der får siden læst op",
        "proof-words-outside" => "ord mellem linjerne",
        "proof-no-lines" => "teksten findes ikke i den",
        "proof-state" => "linjens tilstand og dens mærker modsiger hinanden",
        "proof-numbers" => "ændringerne er ikke nummereret fra 1",
        "proof-reasons" => "ændringernes grundlag kan ikke læses",
        _ => return None,
    })
}
