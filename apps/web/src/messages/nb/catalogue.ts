import type { Translation } from "../translation.ts";
import type * as english from "../en/catalogue.ts";

export const catalogue = {
  title: "Kurs",
  titleOfTopic: "Kurs i {topic}",
  titleOfQuery: "Kurs for «{query}»",
  description:
    "Alle kurs, etter emne, nivå, språk, by, dato og pris, med neste kursdatoer og ledige plasser.",
  loadingMore: "Laster flere",
  shown: "{shown, number} av {total, number}",
  nextIn: "Neste: {day}, {place}",
  next: "Neste: {day}",
  nextOnline: "på nett",
  noDates: "Ingen dato ennå",
  priceFrom: "fra {price}",
} as const satisfies Translation<typeof english.catalogue>;
