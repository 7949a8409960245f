import type { Translation } from "../translation.ts";
import type * as english from "../en/site.ts";

export const site = {
  name: "Lectern",
  titleOf: "{title} · Lectern",
  description:
    "Kurs i små grupper i programvare, data, sikkerhet og design: i klasserom og direkte på nett, med neste kursdatoer og ledige plasser for hvert kurs.",
  skip: "Hopp til innholdet",
  menu: "Hovedmeny",
  home: "Lectern, til forsiden",
  courses: "Kurs",
  upcoming: "Kursdatoer",
  articles: "Artikler",
  contact: "Kontakt",
  signIn: "Logg inn",
  forCompanies: "For bedrifter",
  privacy: "Personvern og informasjonskapsler",
  footerExplore: "Utforsk",
  footerHelp: "Hjelp",
  footerWords: "Et rom, et dusin mennesker og noen som gjør dette til daglig.",
  colophon: "Satt med Newsreader og Source Sans. Drives av Lectern, som er åpen kildekode.",
  colours: "Farger",
  coloursLight: "Lyst",
  coloursDark: "Mørkt",
  coloursAuto: "Som systemet",
  languages: "Språk",
  loading: "Laster",
  offline: "Du er frakoblet. Det som vises, blir stående; resten krever nettilkobling.",
  breadcrumbs: "Hvor du er",
} as const satisfies Translation<typeof english.site>;
