import type { Translation } from "../translation.ts";
import type * as english from "../en/privacy-page.ts";

export const privacyPage = {
  lede: "Kort sagt: ingen reklame, ingen sporing, ingenting fra andre selskaper, og ingenting lagres som en bestilling eller et svar ikke trenger.",
  consentHeading: "Valget ditt",
  consentWords:
    "Én ting på dette nettstedet er valgfri: det kan huske kursene du har sett på, for å vise dem igjen. Listen blir på denne enheten og sendes aldri til oss.",
  consentRemember: "Husk kursene jeg ser på",
  consentSaved: "Lagret.",
  consentNow_granted: "Nå huskes de.",
  consentNow_denied: "Nå huskes ingenting.",
  consentNow_undecided: "Du har ikke valgt ennå, så ingenting huskes.",
  storageHeading: "Hva som lagres på enheten din",
  storageWords: "Nettstedet har disse oppføringene i nettleserens lager.",
  storageName: "Oppføring",
  storageWhat: "Til hva",
  storageHowLong: "Hvor lenge",
  storageConsent: "Valget ditt over",
  storageConsentTime: "til du sletter det",
  storageLanguage: "Språket ditt, når du har valgt",
  storageLanguageTime: "til du sletter det",
  storageColours: "Lyst eller mørkt, når du har valgt",
  storageColoursTime: "til du sletter det",
  storageBookings: "Åpner bestillingene som du har gjort i denne fanen",
  storageBookingsTime: "til fanen lukkes, eller du logger ut",
  storageSignedIn: "At noen er logget inn her, så sidene spør hvem; ikke hvem det er",
  storageSignedInTime: "til du logger ut",
  storageLinks: "Åpner det som lenkene du fulgte i denne fanen, gjaldt",
  storageLinksTime: "til fanen lukkes, eller du logger ut",
  storageScroll: "Hvor du var på en side, til du kommer tilbake til den",
  storageScrollTime: "til fanen lukkes, eller du logger ut",
  storageRecent: "Kursene du har sett på, hvis du tillater det",
  storageRecentTime: "til du trekker valget tilbake, eller logger ut",
  cookiesHeading: "Informasjonskapsler, hvis du logger inn",
  cookiesWords:
    "Den som bare ser seg rundt eller bestiller, får ingen. Innlogging trenger disse, som ingen skript kan lese og intet annet nettsted får.",
  cookieSession: "Viser at det er deg",
  cookieSessionTime: "til du logger ut, eller en stund etter at du sist var her",
  cookieDevice: "Kjenner igjen denne enheten, så vi kan si fra om innlogginger fra andre",
  cookieDeviceTime: "400 dager fra siste innlogging",
  cookieOpenid: "Mens du logger inn med bedriften din: viser at det er du som kommer tilbake",
  cookieOpenidTime: "noen minutter",
  bookingHeading: "Når du bestiller",
  bookingWords:
    "Vi lagrer bestillerens navn, e-postadresse og, hvis det er oppgitt, bedrift og telefon, og navn og adresser til dem som kommer, fordi bestillingen er en avtale med deg. Merknader om kosthold eller tilgjengelighet ses bare av dem som holder kurset.",
  accountHeading: "Når du har en konto",
  accountWords:
    "Vi lagrer navnet ditt, adressen din og det du forteller om deg selv på kontosidene; telefon, adresse og behov er kryptert. Passord lagres slik at ingen kan lese dem, heller ikke vi. Vi noterer hvor og når du logget inn, så du kan se det. Du kan ta med deg en kopi av alt, og få kontoen slettet, på siden «Opplysningene dine».",
  enquiryHeading: "Når du skriver til oss",
  enquiryWords:
    "Det du skriver, og hvordan vi når deg, lagres så vi kan svare, og ses bare av dem som gjør det.",
  serverHeading: "Når du leser",
  serverWords:
    "Serveren noterer tiden, adressen det ble spurt etter uten søkeordene, og om det gikk bra, for å finne feil. Den lager ingen profil av deg.",
  rightsHeading: "Rettighetene dine",
  rightsWords:
    "Du kan se, rette, ta med deg eller få slettet det vi lagrer om deg, og klage til tilsynsmyndigheten i landet ditt.",
  rightsAction: "Skriv til oss",
} as const satisfies Translation<typeof english.privacyPage>;
