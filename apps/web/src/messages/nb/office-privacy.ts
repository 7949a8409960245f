import type { Translation } from "../translation.ts";
import type * as english from "../en/office-privacy.ts";

export const officePrivacy = {
  requests: "Forespørsler",
  requestsWords:
    "Kopier og slettinger som folk har bedt om selv, og som gjøres uten hjelp fra noen, og slettinger gjort av ansatte. En sletting venter i to uker, og kan trekkes tilbake så lenge.",
  person: "Person",
  kind: "Slag",
  kind_export: "Kopi av egne data",
  kind_erasure: "Sletting",
  state: "Tilstand",
  state_waiting: "Venter",
  state_done: "Utført",
  state_failed: "Mislyktes",
  state_withdrawn: "Trukket tilbake",
  asked: "Bedt om",
  due: "Frist eller utført",
  emptyTitle: "Ingen har spurt ennå",
  emptyWords:
    "Folk ber om en kopi av dataene sine, eller om å bli slettet, på siden til kontoen sin.",
  noneTitle: "Ingen forespørsler er slik",
  noneWords: "Ta bort et filter. Folk ber om det på siden til kontoen sin.",
  retention: "Hvor lenge data blir oppbevart",
  retentionWords: "Hver natt slettes det som er eldre.",
  days: "{count, plural, =0 {Så snart} one {# dag etter at} other {# dager etter at}}",
  never: "Ikke sett på ennå.",
  last: "{count, plural, =0 {Ingenting skulle slettes} one {# rad ble slettet} other {# rader ble slettet}} sist:",
} as const satisfies Translation<typeof english.officePrivacy>;
