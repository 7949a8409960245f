import type { Translation } from "../translation.ts";
import type * as english from "../en/quote.ts";

export const quote = {
  opening: "Åpner pristilbudet …",
  linkTitle: "Åpne pristilbudet ditt",
  linkWords: "Lim inn lenken fra e-posten med pristilbudet.",
  heading_sent: "Pristilbud {number}",
  heading_accepted: "Du har godtatt pristilbudet",
  heading_declined: "Du har takket nei til pristilbudet",
  heading_expired: "Pristilbudet gjelder ikke lenger",
  heading_withdrawn: "Pristilbudet er trukket tilbake",
  lede_sent:
    "{count, plural, one {Én plass} other {# plasser}} til {name}, hvis du godtar innen {lastDay}.",
  lede_held:
    "Plassene holdes av til avtalt pris til {until}-tid. Si hvem som kommer, så er bestillingen din.",
  lede_open: "Bestillingen er ikke fullført ennå. Åpne den for å se hva som gjenstår.",
  lede_confirmed: "Plassene er bestilt, og e-posten med alt du trenger er på vei.",
  lede_lapsed:
    "Tiden gikk ut før bestillingen ble bekreftet. Så lenge det er nok ledige plasser, kan du fortsatt få dem til avtalt pris.",
  lede_cancelled: "Bestillingen som kom ut av det, er avbestilt.",
  lede_declined:
    "Takk for at du sa fra. Skriv til oss hvis du ombestemmer deg: vi kan lage et nytt.",
  lede_expired: "Siste dag var {lastDay}. Skriv til oss hvis du fortsatt er interessert.",
  lede_withdrawn: "Det kan ikke godtas lenger. Skriv til oss hvis du har spørsmål.",
  message: "Fra akademiet",
  facts: "Dette tilbyr vi",
  places: "Plasser",
  unitPrice: "Pris per plass",
  total: "Sum",
  withoutTax: "uten avgift",
  forWhom: "Til",
  goodUntil: "Gjelder til",
  goodUntilDay: "{lastDay}, ut dagen i {place}",
  number: "Nummer",
  obstacle_too_few_places:
    "Akkurat nå er det ikke nok ledige plasser på denne kursdatoen. Prøv igjen senere, eller skriv til oss.",
  obstacle_cancelled: "Denne kursdatoen er avlyst, så tilbudet kan ikke godtas. Skriv til oss.",
  obstacle_started:
    "Denne kursdatoen har begynt, så tilbudet kan ikke godtas lenger. Skriv til oss.",
  obstacle_not_published: "Denne kursdatoen kan ikke bestilles akkurat nå. Skriv til oss.",
  accept: "Godta pristilbudet",
  accepting: "Godtar …",
  acceptWords:
    "Plassene holdes av for deg i {days, plural, one {én dag} other {# dager}}, til denne prisen. Deretter sier du hvem som kommer, og bekrefter bestillingen: før det skal ingenting betales.",
  decline: "Takk nei",
  declineTitle: "Takke nei til pristilbudet?",
  declineWords: "Da kan det ikke godtas lenger. Vi får vite at du takket nei.",
  reason: "Hvorfor?",
  reasonHint: "Det hjelper oss å lage et bedre. Bare akademiet leser det.",
  declineYes: "Ja, takk nei",
  declining: "Takker nei …",
  back: "Tilbake",
  goOn: "Gå videre med bestillingen",
  openBooking: "Åpne bestillingen",
  stillConfirm: "Se om det er ledige plasser",
  contact: "Skriv til oss",
  otherDates: "Andre datoer for kurset",
} as const satisfies Translation<typeof english.quote>;
