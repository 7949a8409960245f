import type { Translation } from "../translation.ts";
import type * as english from "../en/privacy.ts";

export const privacy = {
  title: "Personvern og informasjonskapsler",
  description: "Hva dette nettstedet lagrer om deg, hvor, hvor lenge, og hvordan du endrer det.",
  noticeTitle: "Huske kursene du ser på?",
  noticeWords: "Bare på denne enheten, for å vise deg dem igjen. Ingenting annet her er valgfritt.",
  noticeYes: "Ja, husk dem",
  noticeNo: "Nei takk",
  noticeMore: "Personvern og informasjonskapsler",
} as const satisfies Translation<typeof english.privacy>;
