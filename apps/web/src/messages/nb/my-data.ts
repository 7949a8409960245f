import type { Translation } from "../translation.ts";
import type * as english from "../en/my-data.ts";

export const myData = {
  consents: "Hva du har sagt ja til",
  consentsWords: "Hver for seg, og kan trekkes tilbake når som helst der en konto klarer seg uten.",
  purpose_terms: "Vilkår",
  purpose_privacy: "Hva som lagres om deg",
  purpose_newsletter: "Nytt om kurs på e-post",
  purpose_analytics: "Statistikk over hvordan nettstedet brukes",
  agreed: "Godtatt {since}.",
  agreedOld: "Godtatt {since}, en eldre tekst.",
  notAgreed: "Ikke godtatt.",
  read: "Les tekstene",
  agree: "Godta",
  agreeNew: "Godta den nye teksten",
  takeBack: "Trekk det tilbake",
  export: "En kopi av opplysningene dine",
  exportWords: "Alt som er lagret om deg, som en ZIP-fil du kan lese og ta med deg.",
  exportAsk: "Sett sammen en kopi",
  exportWaiting: "Kopien din settes sammen. Du får en e-post når den er her.",
  exportReady: "Kopien fra {since} ligger her til {until}.",
  exportFailed: "Den siste kopien kunne ikke settes sammen. Be om den igjen.",
  download: "Last ned ({size})",
  downloading: "Henter den …",
  erasure: "Slett kontoen din",
  erasureWords:
    "Opplysningene dine slettes, bortsett fra det loven pålegger kurssenteret å ta vare på, for eksempel fakturaer.",
  erasureAsk: "Slett kontoen min",
  erasureTitle: "Slette kontoen din?",
  erasureDialog:
    "Det skjer om to uker, så du rekker å ombestemme deg. Fra da av kan ingen logge inn med den, og den kan ikke hentes tilbake.",
  erasureYes: "Ja, slett den",
  erasureAsking: "Ber om det …",
  erasureKeep: "Behold den",
  erasureDue: "Kontoen din slettes {due}.",
  erasureWithdraw: "Behold kontoen min likevel",
  erasureBookings:
    "Du har bestillinger for kursdatoer som ikke har vært ennå. Avbestill dem først: {bookings}.",
  erasureTeaching:
    "Du underviser på samlinger som ikke har vært ennå: noen andre må ta over dem først.",
  erasureLast: "Du er den siste administratoren. Gjør noen andre til administrator først.",
} as const satisfies Translation<typeof english.myData>;
