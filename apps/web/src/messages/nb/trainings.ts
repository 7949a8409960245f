import type { Translation } from "../translation.ts";
import type * as english from "../en/trainings.ts";

export const trainings = {
  upcoming: "Foran deg",
  upcomingWords:
    "Hver kursdato som du har en plass på, den nærmeste først. Tidene er stedets egne.",
  upcomingNone: "Du har ingen kursdato foran deg",
  upcomingNoneWords:
    "Plasser som andre bestiller for deg, vises her så snart de oppgir adressen din.",
  find: "Finn et kurs",
  waiting: "Venter på plass",
  waitingWords: "Det som blir ledig, går til den neste i køen, og vi skriver til deg.",
  waitingNone: "Du står ikke på noen venteliste.",
  past: "Bak deg",
  pastWords: "Det som er over, og det som ble avbestilt, avlyst eller flyttet.",
  pastNone: "Ingenting ennå.",
  bookings: "Bestillingene dine",
  bookingsWords:
    "Det du har bestilt, for deg selv eller andre: avbestill, flytt og oppgi navn der, med kostnaden vist først.",
  bookingsNone: "Du har ikke bestilt noe ennå.",
  booking_held: "Holdt av, ikke bestilt ennå",
  booking_awaiting_payment: "Venter på betaling",
  booking_awaiting_approval: "Venter på godkjenning",
  booking_confirmed: "Bestilt",
  booking_cancelled: "Avbestilt",
  booking_expired: "Utløpt",
  places: "{count, plural, =0 {ingen plass} one {# plass} other {# plasser}}",
  bookedFor: "for {name}",
  openBooking: "Åpne bestillingen {reference}",
  more: "Vis mer",
  teaching: "Du underviser på nett",
  teachingWords: "Samlinger som folk deltar på fra der de er, den nærmeste først.",
  calendar: "I kalenderprogrammet ditt",
  calendarWords:
    "En adresse som kalenderprogrammet ditt abonnerer på: samlingene dine står der, og følger hver endring. Plasser på ventelister gjør ikke det.",
  calendarNone:
    "Du har ingen slik adresse ennå. Den som har den, kan lese kalenderen din, og ingenting annet.",
  calendarMake: "Lag en adresse",
  calendarThere: "Laget {made}. Ingen programmer har lest den ennå.",
  calendarRead: "Laget {made}. Sist lest {read}.",
  calendarShow: "Vis adressen",
  calendarRenew: "Lag en annen",
  calendarRenewTitle: "Lage en annen adresse?",
  calendarRenewWords:
    "Den hittil blir verdiløs med en gang: programmer som har den, viser ingenting nytt før du gir dem den andre.",
  calendarWithdraw: "Trekk den tilbake",
  calendarWithdrawTitle: "Trekke adressen tilbake?",
  calendarWithdrawWords:
    "Den blir verdiløs med en gang. Programmer som har den, viser ingenting nytt lenger.",
  calendarWithdrawn: "Adressen er trukket tilbake.",
  calendarAddress: "Adressen til kalenderen din",
  calendarCopy: "Kopier",
  calendarCopied: "Kopiert. Hold den for deg selv: den som har den, kan lese kalenderen din.",
  calendarOpen: "Åpne den i et kalenderprogram",
  calendarHow: "Slik abonnerer du",
  calendarGoogle:
    "Google Kalender, på en datamaskin: Andre kalendere, plusstegnet, Fra nettadresse. Google ser etter noen ganger om dagen.",
  calendarOutlook: "Outlook: Legg til kalender, Abonner fra nettet.",
  calendarApple: "Apple Kalender: Arkiv, Nytt kalenderabonnement. På en iPhone: åpne den over.",
  calendarThunderbird: "Thunderbird: Ny kalender, På nettverket.",
  calendarCancel: "La den være",
  company: "Bedriften din",
  companyWords: "Folk fra {name} kan bli med i den: da ser du kursdatoene som er satt av for den.",
  companyOpen: "Se bedriften din",
  bookedBy: "Bestilt av {name}",
  bookedByCompany: "Bestilt av {name}, {company}",
  status_reserved: "Reservert, ikke bekreftet ennå",
  status_confirmed: "Bekreftet",
  status_completed: "Gjennomført",
  status_no_show: "Ikke møtt",
  status_cancelled: "Avbestilt",
  status_transferred: "Flyttet til en annen dato",
  runCancelled: "Denne kursdatoen er avlyst",
  inLine:
    "Nummer {position, number} i køen, for {quantity, plural, one {# plass} other {# plasser}}",
  offered:
    "{count, plural, one {En plass er tilbudt deg} other {# plasser er tilbudt deg}} til {until}. Lenken ligger i e-posten din.",
} as const satisfies Translation<typeof english.trainings>;
