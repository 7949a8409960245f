import type { Translation } from "../translation.ts";
import type * as english from "../en/office-keys.ts";

export const officeKeys = {
  keys: "Nøkler",
  words:
    "Personlige felt, som telefonnumre og adresser, krypteres før de når databasen. Den nyeste nøkkelen krypterer; de eldre dekrypterer fortsatt det de har kryptert.",
  keyName: "Nøkkel {id}",
  active: "Krypterer",
  older: "Dekrypterer",
  empty: "Ikke i bruk lenger",
  values: "{count, plural, one {# verdi} other {# verdier}}",
  made: "Laget",
  plain:
    "{count, plural, one {# verdi fra en tidligere versjon er ikke kryptert ennå: neste bytte av nøkler gjør det.} other {# verdier fra en tidligere versjon er ikke kryptert ennå: neste bytte av nøkler gjør det.}}",
  noneLost: "Alle verdier kan dekrypteres.",
  lost: "{count, plural, one {{values} verdi kan ikke dekrypteres: nøkkelen er borte, eller den er skadet.} other {{values} verdier kan ikke dekrypteres: nøkkelen er borte, eller de er skadet.}}",
  countAgain: "Tell på nytt",
  rotate: "Bytt nøkkel",
  rotateTitle: "Bytte nøkkel?",
  rotateWords:
    "Det lages en ny nøkkel, og {count, plural, =0 {det er ingenting å kryptere med den ennå} one {# verdi krypteres på nytt med den} other {# verdier krypteres på nytt med den}}. Det går av seg selv mens folk arbeider, og kan følges her. Den gamle nøkkelen blir til ingenting trenger den.",
  rotateWhen:
    "En gang i året er vanlig, og med en gang når en nøkkel kan være blitt kjent. Du blir bedt om å vise at det er deg.",
  rotateDo: "Lag en ny nøkkel",
  rotationBegun: "Nøkkel {id} er laget, og verdier krypteres med den.",
  rotation: "Siste bytte av nøkler",
  rotationDone: "Ferdig",
  rotationUnderWay: "I gang",
  rewritten:
    "{count, plural, one {# verdi er kryptert med nøkkel {id}.} other {# verdier er kryptert med nøkkel {id}.}}",
  startedAt: "Begynt",
  doneAt: "Ferdig",
  notDone: "Ikke ennå",
  unreadable: "Kunne ikke leses",
  unreadableNone: "Ingen",
  keep: "Avbryt",
} as const satisfies Translation<typeof english.officeKeys>;
