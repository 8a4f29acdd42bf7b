/** whole: "Anna Alt" or "Alt, Anna" · given: "Anna" · family: "Alt". */
type NamePart = "whole" | "given" | "family";

const WHOLE =
  "name|full name|fullname|complete name|legal name|first and last name|first name and last name|first name last name|name and surname|" +
  "name surname|what is name|what is full name|enter name|enter full name|username|user name|display name|submitted by|" +
  "vollstandiger name|vor und nachname|vorname nachname|vorname und nachname|nachname vorname|name vorname|name und vorname|vorname und name|" +
  "nom complet|nom et prenom|nom prenom|prenom et nom|nombre completo|nombre y apellidos|apellidos y nombre|nome completo|nome e cognome|" +
  "cognome e nome|naam|volledige naam|имя и фамилия|фамилия и имя|фио|姓名|名字|氏名|名前|이름|성명";
const GIVEN =
  "first name|firstname|first|given name|given names|forename|middle name|vorname|vornamen|rufname|prenom|nombre|voornaam|имя|名";
const FAMILY =
  "last name|lastname|last|surname|family name|nachname|familienname|zuname|nom|nom de famille|apellido|apellidos|cognome|sobrenome|" +
  "achternaam|фамилия|姓";
const PERSON =
  "student|students|learner|participant|respondent|applicant|examinee|schuler|teilnehmer|teilnehmerin|studierende|" +
  "studierender|studentin|kandidat|etudiant|estudiante|alumno|aluno|studente|студент|学生";
const POLITE = "candidate|your|my|please|the|of|de|der|des|dein|deine|deinen|ihr|ihre|ihren|votre|su|tu|seu";

const PARTS: ReadonlyMap<string, NamePart> = new Map([
  ...WHOLE.split("|").map((words) => [foldedHeader(words), "whole"] as const),
  ...GIVEN.split("|").map((words) => [foldedHeader(words), "given"] as const),
  ...FAMILY.split("|").map((words) => [foldedHeader(words), "family"] as const),
]);
const PERSONS = new Set(PERSON.split("|").map(foldedHeader));
const UNTELLING = new Set([...PERSONS, ...POLITE.split("|")]);

/** Which part of a candidate's name a column says that it holds; undefined for any other column. */
function namePartOf(header: string): NamePart | undefined {
  const words = foldedHeader(header);
  if (PERSONS.has(words)) return "whole";
  return (
    PARTS.get(words) ??
    PARTS.get(
      words
        .split(" ")
        .filter((word) => !UNTELLING.has(word))
        .join(" "),
    )
  );
}

function foldedHeader(header: string): string {
  return header
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/'s\b/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Where names of candidates stand in a row. */
export interface NameColumns {
  /** Each a whole name, of cells with blanks between them. */
  readonly names: readonly (readonly number[])[];
  /** What is no name of one person alone. */
  readonly parts: readonly number[];
}

export function findNameColumns(header: readonly string[]): NameColumns {
  const of = (part: NamePart): readonly number[] =>
    [...header.keys()].filter((column) => namePartOf(header[column] ?? "") === part);
  const [whole, given, family] = [of("whole"), of("given"), of("family")];
  // "Name" beside "Vorname" is the name of the family.
  const last = family.length > 0 || given.length === 0 ? family : whole.slice(0, 1);
  const alone = last === family ? whole.map((column) => [column]) : whole.slice(1).map((column) => [column]);
  const isPair = given.length > 0 && last.length > 0;
  return {
    names: isPair ? [...alone, [...given, ...last]] : alone,
    parts: isPair ? [] : [...given, ...family],
  };
}
