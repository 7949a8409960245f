import type { Translation } from "../translation.ts";
import type * as english from "../en/joining.ts";

export const joining = {
  session: "Samling {position, number} av {of, number}",
  opens: "Åpner {at}",
  opensHere: "Åpner {at}, {here} der du er",
  countdown: "Åpner om",
  hoursLeft: "{hours, plural, one {# time} other {# timer}} til den åpner",
  minutesLeft: "{minutes, plural, one {# minutt} other {# minutter}} til den åpner",
  secondsLeft: "Åpner om mindre enn ett minutt",
  isOpen: "Åpen til {until}",
  join: "Bli med",
  joinSession: "Bli med på {title}",
  leading: "Du ledes dit …",
  noLink: "Hvor den er, står her før den begynner.",
  noLinkOpen: "Ingen har sagt hvor den er ennå. Denne siden ser etter igjen hvert minutt.",
  over: "Denne samlingen er over.",
  failed_ahead: "Det er litt for tidlig. Denne siden åpner veien i tide.",
  failed_over: "Denne samlingen er over.",
  failed_cancelled: "Denne kursdatoen er avlyst.",
  failed_no_link: "Ingen har sagt hvor den er ennå. Prøv igjen om et minutt.",
  heading: "Samlingen din på nett",
  lede: "Du kan komme inn fra 15 minutter før en samling begynner, til den slutter.",
  ledeBy: "Ta vare på lenken i e-posten din: den leder deg inn uten konto.",
  sessions: "Samlinger på nett",
  noSessions: "Ingen deltar på nett på denne kursdatoen.",
  cancelledTitle: "Denne kursdatoen er avlyst",
  linkTitle: "Hvor er plassen din?",
  linkWords:
    "Denne siden åpnes av lenken i e-posten om plassen din. Åpne den lenken, eller lim den inn her. Den som har konto, finner samlingene sine under «Kursene dine».",
  opening: "Leter etter plassen din …",
  wrongTitle: "Denne lenken åpner ingenting",
  wrongWords:
    "Plassen kan ha gått til noen andre, eller være avbestilt. Den nyeste e-posten om den har lenken som gjelder.",
  goneTitle: "Du kommer ikke til denne kursdatoen",
  goneWords: "Plassen kan være flyttet, avbestilt eller gitt til noen andre.",
  trainings: "Kursene dine",
} as const satisfies Translation<typeof english.joining>;
