import type { Translation } from "../translation.ts";
import type * as english from "../en/articles.ts";

export const articles = {
  title: "Artikler",
  description: "Hvordan folk lærer, hvordan vi underviser, og hva vi har funnet ut underveis.",
  lede: "Hvordan folk lærer, hvordan vi underviser, og hva vi har funnet ut underveis.",
  by: "av {author}",
  minutes: "{count, plural, one {# minutt} other {# minutter}} å lese",
  more: "Eldre artikler",
  emptyTitle: "Ingenting her ennå",
  emptyWords: "Den første artikkelen er under arbeid.",
  all: "Alle artikler",
  courses: "Kurs i {topic}",
} as const satisfies Translation<typeof english.articles>;
