import type { Translation } from "../translation.ts";
import type * as english from "../en/home.ts";

export const home = {
  title: "Lectern: kurs i små grupper i seriøst håndverk",
  heading: "Små grupper, seriøst håndverk",
  lede: "{courses, plural, one {# kurs} other {# kurs}} i {topics, plural, one {# emne} other {# emner}}, i klasserom og direkte på nett. Se hvor det er ledige plasser, og bestill din på to minutter.",
  search: "Hva vil du lære?",
  searchHint: "Trusselmodellering, SQL, Kubernetes …",
  searchAction: "Søk",
  topics: "Emner",
  topicsWords: "Hvert kurs står på én hylle og lener seg på andre.",
  topicsAll: "Alle kurs",
  dates: "Neste kursdatoer",
  datesWords: "Det som begynner først og fremdeles har en ledig stol.",
  datesAll: "Alle kommende kurs",
  articles: "Fra artiklene",
  articlesWords: "Hvordan folk lærer, og hvordan vi prøver å undervise dem.",
  articlesAll: "Alle artikler",
  companies: "Et kurs for dine egne folk",
  companiesWords:
    "Seks personer eller seksti: de samme kursene, hos dere eller på nett, på datoer som passer, med eksempler fra deres eget arbeid.",
  companiesAction: "Spør om et bedriftsinternt kurs",
  recent: "Du har sett på",
} as const satisfies Translation<typeof english.home>;
