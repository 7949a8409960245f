import type { Translation } from "../translation.ts";
import type * as english from "../en/sign-up.ts";

export const signUp = {
  heading: "Opprett konto",
  lede: "Bestillingene dine, plassene dine og kursbevisene dine på ett sted. Bestillinger som du har gjort med adressen din, følger med.",
  sideTitle: "Har du en allerede?",
  sideWords: "Logg inn med den.",
  sideAction: "Logg inn",
  terms: "Jeg godtar vilkårene, og vet hva som lagres om meg.",
  termsMore: "Personvern",
  newsletter: "Fortell meg om nye kurs nå og da.",
  send: "Opprett kontoen",
  sending: "Oppretter den …",
  mailHeading: "Se i innboksen",
  mailWords: "Vi har sendt en e-post til {email}. Lenken i den fullfører kontoen din.",
  mailWordsSomewhere: "Vi har sendt deg en e-post. Lenken i den fullfører kontoen din.",
  mailNext:
    "Lenken virker i ett døgn. Du trenger passordet som du nettopp valgte. Kom det ingenting? Se blant uønsket e-post, eller få den sendt på nytt.",
  mailOther: "Bruk en annen adresse",
  resend: "Send den på nytt",
  resent: "Hvis det er noe å sende, er det på vei.",
  finishHeading: "Et siste trinn",
  finishWords:
    "Adressen din er bekreftet. Skriv passordet som du valgte, så ingen andre kan fullføre dette i ditt navn.",
  chosenPassword: "Passordet som du valgte",
  finish: "Fullfør og logg inn",
  finishing: "Fullfører …",
  wrongPassword: "Dette er ikke passordet som du valgte da du opprettet kontoen.",
  again: "Opprett kontoen på nytt",
  linkTitle: "Fullfør kontoen din",
  linkWords: "Lim inn lenken fra e-posten vi sendte deg.",
} as const satisfies Translation<typeof english.signUp>;
