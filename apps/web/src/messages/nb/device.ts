import type { Translation } from "../translation.ts";
import type * as english from "../en/device.ts";

export const device = {
  heading: "Logg inn et program",
  words:
    "Et program som du bruker, for eksempel kommandolinjen, viser en kode. Skriv den her for å slippe programmet inn.",
  code: "Kode",
  codeHint: "Åtte bokstaver, som BCDF-GHJK.",
  notACode: "En kode har åtte bokstaver.",
  wrongCode:
    "Ingen programmer venter med denne koden. Er den riktig skrevet, og venter programmet fremdeles?",
  next: "Neste",
  decideHeading: "Slippe inn dette programmet?",
  decideWords: "Det kan handle for deg, med det du krysser av her.",
  program: "Programmet kaller seg",
  codeShown: "Det viser koden",
  from: "Det spurte fra adressen",
  unknownAddress: "ikke kjent",
  asked: "Når",
  warning: "Startet du det selv, og viser det akkurat denne koden? Hvis ikke, avslå.",
  lasts: "Hvor lenge",
  days: "{days, plural, one {# dag} other {# dager}}, hvis du ikke avslutter tilgangen før",
  permissions: "Hva det får gjøre",
  nothing: "Det ber ikke om noe som du har lov til: det får bare vite hvem du er.",
  missing: "Det ber også om det du selv ikke har lov til: {permissions}.",
  mayNot: "Rollene dine lar deg ikke logge inn programmer. Spør en administrator.",
  approve: "Slipp det inn",
  deny: "Avslå",
  heading_approved: "Programmet er inne",
  words_approved:
    "Gå tilbake til det: det fortsetter av seg selv. Du kan avslutte tilgangen på siden Sikkerhet.",
  heading_denied: "Avslått",
  words_denied: "Programmet fikk ingenting, og har fått beskjed.",
} as const satisfies Translation<typeof english.device>;
