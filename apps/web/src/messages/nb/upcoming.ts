import type { Translation } from "../translation.ts";
import type * as english from "../en/upcoming.ts";

export const upcoming = {
  lede: "Alle kursdatoer fremover, den nærmeste først. Tidene er stedets egne.",
  results: "{count, plural, =0 {Ingen kursdato} one {# kursdato} other {# kursdatoer}}",
  atLeast: "Minst {what}",
  filters: "Avgrens",
  from: "Fra",
  city: "By",
  cityAny: "Alle byer",
  mode: "Kursform",
  modeAny: "Alle kursformer",
  topic: "Emne",
  topicAny: "Alle emner",
  apply: "Vis kursdatoer",
  clear: "Fjern",
  more: "Senere kursdatoer",
  first: "Tilbake til de første kursdatoene",
  emptyTitle: "Ingen kursdato passer",
  emptyWords: "Velg færre vilkår, eller spør oss om en dato.",
  ask: "Spør om en dato",
} as const satisfies Translation<typeof english.upcoming>;
