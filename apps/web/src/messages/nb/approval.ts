import type { Translation } from "../translation.ts";
import type * as english from "../en/approval.ts";

export const approval = {
  opening: "Åpner bestillingen …",
  heading: "En bestilling venter på deg",
  lede: "{booker} vil bestille {count, plural, one {# plass} other {# plasser}}, og har oppgitt deg som den som godkjenner.",
  askedBy: "Fra",
  places: "Plasser",
  total: "Sum",
  withoutTax: "uten avgift",
  onRequest: "på forespørsel",
  reference: "Referanse",
  setAside: "Holdes av i",
  purchaseOrder: "Innkjøpsnummer",
  purchaseOrderHint: "Står på fakturaen. Endre det hvis det ikke er riktig.",
  approve: "Godkjenn",
  approving: "Godkjenner …",
  approveWords:
    "Du går med på å betale med faktura, på vilkårene for avbestilling av denne kursdatoen.",
  refuse: "Avslå",
  refuseTitle: "Avslå denne bestillingen?",
  refuseWords: "Plassene går til andre med en gang, og {booker} får beskjed.",
  reason: "Hvorfor?",
  reasonHint: "{booker} får lese dette.",
  refuseYes: "Ja, avslå den",
  refusing: "Avslår …",
  back: "Tilbake",
  heading_confirmed: "Godkjent",
  words_confirmed: "Plassene er bestilt. {booker} får bekreftelsen på e-post.",
  heading_cancelled: "Denne bestillingen er avbestilt",
  words_cancelled:
    "Den ble avslått eller avbestilt, og plassene gikk til andre. Ingenting skal betales.",
  heading_expired: "Tiden er ute",
  words_expired:
    "Plassene ble gitt tilbake så andre kan bestille dem. Du kan fremdeles godkjenne: er det ledige plasser, tas de igjen.",
  heading_other: "Ingenting å godkjenne",
  words_other: "Denne bestillingen venter ikke på godkjenning akkurat nå.",
  linkTitle: "Åpne bestillingen",
  linkWords: "Lim inn lenken fra e-posten som ba deg godkjenne.",
} as const satisfies Translation<typeof english.approval>;
