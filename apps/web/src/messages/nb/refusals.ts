import type { Translation } from "../translation.ts";
import type * as english from "../en/refusals.ts";

export const refusals = {
  soldOut:
    "{left, plural, =0 {Denne kursdatoen er utsolgt.} one {Bare # plass er igjen på denne kursdatoen.} other {Bare # plasser er igjen på denne kursdatoen.}}",
  notBookable_not_published: "Denne kursdatoen kan ikke bestilles.",
  notBookable_cancelled: "Denne kursdatoen er avlyst.",
  notBookable_not_open_yet: "Bestillingen er ikke åpnet ennå for denne kursdatoen.",
  notBookable_closed: "Bestillingen er stengt for denne kursdatoen.",
  notBookable_started: "Denne kursdatoen har begynt.",
  notBookable_private: "Denne kursdatoen er lukket.",
  tooMany:
    "Én bestiller kan ha {limit, plural, one {# plass} other {# plasser}} på denne kursdatoen{already, plural, =0 {} one {, og # er allerede bestilt med adressen din} other {, og # er allerede bestilt med adressen din}}.",
  discount_unknown: "Vi kjenner ingen slik kode. Er den riktig skrevet?",
  discount_inactive: "Denne koden kan ikke brukes lenger.",
  discount_not_yet: "Denne koden kan ikke brukes ennå.",
  discount_over: "Tiden for denne koden er ute.",
  discount_used_up: "Denne koden er brukt så ofte som den kan.",
  discount_other_course: "Denne koden gjelder et annet kurs.",
  discount_other_currency: "Denne koden gjelder priser i en annen valuta.",
  holdExpired: "Tiden er ute, og plassene gikk til noen andre.",
  duplicateLearner:
    "Noen med denne e-postadressen har allerede en plass på denne kursdatoen. Hver deltaker trenger sin egen adresse.",
  alreadyWaiting:
    "Denne adressen står allerede på ventelisten for denne kursdatoen. E-posten vi sendte, har lenken til den.",
  placesFree: "Det er ledige plasser nå: bestill dem i stedet for å vente.",
  changedMeanwhile: "Noe har endret seg i mellomtiden. Se på det en gang til.",
  wrongState: "Dette kan ikke gjøres lenger. Se på det en gang til.",
  obstacle_cancelled: "Denne plassen er allerede avbestilt.",
  obstacle_transferred: "Denne plassen er flyttet til en annen dato.",
  obstacle_hold_expired: "Tiden er ute, og denne plassen ble gitt tilbake.",
  obstacle_not_confirmed: "Dette kan gjøres når bestillingen er bekreftet.",
  obstacle_begun: "Denne kursdatoen har begynt.",
  gone: "Dette finnes ikke lenger. Last siden på nytt.",
} as const satisfies Translation<typeof english.refusals>;
