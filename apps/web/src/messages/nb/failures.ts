import type { Translation } from "../translation.ts";
import type * as english from "../en/failures.ts";

export const failures = {
  notFoundTitle: "Siden finnes ikke",
  notFoundHeading: "Denne siden står ikke i boken",
  notFoundWords: "Den kan være flyttet, eller aldri ha vært der. Katalogen vet hva som finnes.",
  notFoundCourses: "Alle kurs",
  notFoundHome: "Forsiden",
  errorTitle: "Noe gikk galt",
  errorHeading: "Det er vår feil",
  errorWords: "Noe gikk galt hos oss. Det hjelper ofte å prøve igjen.",
  errorReference: "Hvis du skriver til oss om det: {id}",
  offlineHeading: "Du er frakoblet",
  offlineWords:
    "Denne siden krever nettilkobling. Den lastes av seg selv så snart den er på plass.",
  busyHeading: "Litt for mye å gjøre",
  busyWords: "Her er flere enn vi kan betjene på én gang. Prøv igjen om et øyeblikk.",
  failedTitle: "Det gikk ikke",
  retry: "Prøv igjen",
  reloadFailed: "Mer kunne ikke lastes.",
  unreachable: "Kurssenteret kan ikke nås. Sjekk tilkoblingen og prøv igjen.",
  unavailable: "Vi har for mye å gjøre akkurat nå. Prøv igjen om litt.",
  rateLimited:
    "Det var mye på én gang. Vent {seconds, plural, one {# sekund} other {# sekunder}} og prøv igjen.",
  unexpected: "Noe gikk galt hos oss. Prøv igjen.",
  idempotencyMismatch: "Noe har endret seg siden du sendte dette. Send det en gang til.",
} as const satisfies Translation<typeof english.failures>;
