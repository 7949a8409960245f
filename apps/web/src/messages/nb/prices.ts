import type { Translation } from "../translation.ts";
import type * as english from "../en/prices.ts";

export const prices = {
  heading: "Pris",
  total: "Sum",
  withoutTax: "uten avgift",
  base: "{count, plural, one {# plass} other {# plasser}}",
  baseAt: "{count, number} plasser à {each}",
  early_bird: "Tidlig ute, til {until}-tid",
  early_birdPlain: "Tidlig ute",
  volume: "For {fromPlaces} plasser eller flere",
  volumePlain: "For flere plasser",
  discount_code: "Kode {code}",
  discount_codePlain: "Rabattkode",
  transfer: "Tatt med fra forrige kursdato",
  waiver: "Ettergitt, så du ikke betaler mer enn før",
  quote: "{count, plural, one {# plass} other {# plasser}}, etter pristilbud",
  quoteAt: "{count, number} plasser à {each}, etter pristilbud {number}",
  share: "−{percent}",
  why: "Hvordan prisen ble til",
  haveCode: "Jeg har en rabattkode",
  code: "Rabattkode",
  apply: "Bruk",
  applying: "Slår den opp …",
  applied: "Koden {code} gjelder: du sparer {saved}.",
  appliedNothing: "Koden {code} gjelder.",
} as const satisfies Translation<typeof english.prices>;
