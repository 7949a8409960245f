import type { Translation } from "../translation.ts";
import type * as english from "../en/links-in-mails.ts";

export const emailChange = {
  heading: "Den nye e-postadressen din",
  words: "Bekreft at e-post når deg her. Fra da av logger du inn med denne adressen.",
  confirm: "Bekreft adressen",
  confirming: "Bekrefter …",
  doneHeading: "Adressen din er endret",
  doneWords: "Fra nå av logger du inn med den, og e-post går dit.",
  doneNext: "Til kontoen din",
  again: "Be om en ny lenke på siden Sikkerhet",
  linkTitle: "Bekreft den nye adressen",
  linkWords: "Lim inn lenken fra e-posten vi sendte dit.",
} as const satisfies Translation<typeof english.emailChange>;

export const firstAdministrator = {
  heading: "Den første administratoren",
  words:
    "Dette kurssenteret har ingen som tar seg av det ennå. Den du oppgir her, kan gjøre alt, og inviterer de andre.",
  make: "Opprett kontoen",
  making: "Oppretter den …",
  hasAccount: "Denne adressen har allerede en konto. Velg en annen.",
  again:
    "Start serveren på nytt: den skriver ut en ny lenke så lenge det ikke finnes noen administrator.",
  linkTitle: "Bli den første administratoren",
  linkWords: "Lim inn lenken som serveren skrev ut da den startet.",
} as const satisfies Translation<typeof english.firstAdministrator>;

export const invitation = {
  heading: "Du er invitert",
  lede: "{inviter} har invitert deg til {where}. Rollen din: {role}.",
  somebody: "Noen",
  academy: "kurssenteret",
  forNew: "Kontoen din blir den til {email}.",
  forAccount: "Det finnes allerede en konto for {email}. Vis passordet til den, så er rollen din.",
  accept: "Godta invitasjonen",
  accepting: "Godtar …",
  again: "Be den som inviterte deg, om en ny invitasjon.",
  linkTitle: "Åpne invitasjonen din",
  linkWords: "Lim inn lenken fra e-posten som inviterte deg.",
} as const satisfies Translation<typeof english.invitation>;

export const passwordReset = {
  forgottenHeading: "Glemt passordet?",
  forgottenWords:
    "Si hvilken adresse du logger inn med, så sender vi en lenke dit for å velge et nytt.",
  ask: "Send lenken",
  asking: "Sender …",
  sentHeading: "Se i innboksen",
  sentWords: "Hvis det finnes en konto for {email}, er en lenke på vei dit.",
  sentNext:
    "Den virker i en time. Kom det ingenting? Se blant uønsket e-post, eller sjekk adressen.",
  back: "Tilbake til innloggingen",
  resetHeading: "Velg et nytt passord",
  resetWords: "Du blir logget ut alle andre steder når det endres.",
  reset: "Endre passordet",
  resetting: "Endrer det …",
  again: "Be om en ny lenke",
  linkTitle: "Velg et nytt passord",
  linkWords: "Lim inn lenken fra e-posten vi sendte deg.",
} as const satisfies Translation<typeof english.passwordReset>;
