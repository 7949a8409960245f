import type { Translation } from "../translation.ts";
import type * as english from "../en/office-sign-in.ts";

export const officeSignIn = {
  providers: "Leverandører",
  name: "Navn",
  whose: "For",
  staff: "De ansatte",
  state: "Tilstand",
  enabled: "På",
  disabled: "Av",
  people: "Personer",
  noneTitle: "Ingen leverandør ennå",
  noneWords:
    "Alle logger inn med det de har her. En leverandør legges til av den som driver tjeneren: se «Signing in at a provider» i håndboken.",
  redirectUri: "Adressen å komme tilbake til",
  copy: "Kopier",
  copied: "Kopiert.",
  issuer: "Utsteder",
  clientId: "Klient-id",
  slug: "I adresser",
  secondFactor: "Andre faktor",
  secondFactorThere: "Kreves der",
  secondFactorHere: "Kreves her",
  acrValues: "Autentiseringskontekst (acr)",
  amrValues: "Metoder (amr)",
  nothing: "Ingen kreves",
  maxAge: "Logget inn der innen",
  anyAge: "Når som helst",
  minutes: "{count, plural, one {# minutt} other {# minutter}}",
  made: "Lagt til",
  others: "Alt annet endres av den som driver tjeneren, med leverandørens hemmelighet for hånden.",
  disable: "Slå av",
  disableTitle: "Slå av {name}?",
  disableWords:
    "{count, plural, =0 {Ingen logger inn der ennå} one {# person logger inn der} other {# personer logger inn der}}. Fra nå av kan ingen det; den som har et passord, kan bruke det.",
  disabledNow: "{name} er av.",
  enable: "Slå på",
  enableTitle: "Slå på {name}?",
  enableWords:
    "Folk kan logge inn der igjen. {count, plural, =0 {Ingen har gjort det ennå.} one {# person har gjort det før.} other {# personer har gjort det før.}}",
  enabledNow: "{name} er på.",
  keep: "Avbryt",
} as const satisfies Translation<typeof english.officeSignIn>;
