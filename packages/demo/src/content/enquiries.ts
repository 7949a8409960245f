import type { EnquiryKind, EnquiryStatus } from "@lectern/contract/vocabulary";
import type { Language } from "./types.ts";

export interface EnquiryContent {
  readonly kind: EnquiryKind;
  readonly status: EnquiryStatus;
  readonly name: string;
  readonly email: string;
  readonly company: string | null;
  /** Code of the course that it is about. */
  readonly course: string | null;
  readonly participants: number | null;
  readonly message: string;
  readonly language: Language;
  /** How long before today's morning it came. */
  readonly hoursAgo: number;
}

/**
 * What has come in through the site's forms lately. Without telephone numbers: those are encrypted, with
 * keys that the demo has no part in.
 */
export const enquiries: readonly EnquiryContent[] = [
  {
    kind: "contact",
    status: "new",
    name: "Beatrice Langley",
    email: "beatrice.langley@example.com",
    company: null,
    course: "LNG-110",
    participants: null,
    message:
      "I am a hospital librarian and would like to learn some programming. Would Programming with Python be right for me, or should I take the self-paced one first? I have never written a line of code, but I am good with spreadsheets.",
    language: "en",
    hoursAgo: 3,
  },
  {
    kind: "private_course",
    status: "new",
    name: "Øystein Fagerli",
    email: "oystein.fagerli@fjellbanken.example.com",
    company: "Fjellbanken",
    course: "DBS-210",
    participants: 14,
    message:
      "Vi er fjorten utviklere i Trondheim som gjerne vil ta PostgreSQL for utviklere sammen, helst i uke 10 eller 11. Kan dere komme til oss, og kan eksemplene være fra regnskap i stedet for en klinikk?",
    language: "nb",
    hoursAgo: 9,
  },
  {
    kind: "company",
    status: "in_progress",
    name: "Carla Mendes",
    email: "carla.mendes@northquay.example.com",
    company: "Northquay Logistics",
    course: "OPS-210",
    participants: 6,
    message:
      "We have six people for Containers and Kubernetes, but they cannot all be away in the same week. Can we book three on one date in London and three on the next, on one invoice? We need to quote our purchase order number on it.",
    language: "en",
    hoursAgo: 30,
  },
  {
    kind: "private_course",
    status: "quoted",
    name: "Burak Şen",
    email: "burak.sen@bogazsigorta.example.com",
    company: "Boğaz Sigorta",
    course: "SEC-230",
    participants: 10,
    message:
      "Mimari ekibimiz için iki günlük bir tehdit modelleme atölyesi düşünüyoruz. Kendi sistemimiz üzerinde çalışmamız mümkün mü? Gizlilik sözleşmesi imzalamanız gerekecek.",
    language: "tr",
    hoursAgo: 76,
  },
  {
    kind: "company",
    status: "won",
    name: "Annika Vogt",
    email: "annika.vogt@elbwerk.example.com",
    company: "Elbwerk",
    course: "ARC-250",
    participants: 4,
    message:
      "Vier unserer Entwicklerinnen übernehmen im Frühjahr ihre ersten Teams. Gibt es From Engineer to Team Lead auch auf Deutsch, und wenn ja, wann in Berlin?",
    language: "de",
    hoursAgo: 190,
  },
  {
    kind: "contact",
    status: "lost",
    name: "Gregory Tan",
    email: "gregory.tan@example.org",
    company: null,
    course: "AIM-310",
    participants: 1,
    message:
      "Is there any chance of Deep Learning from First Principles in Singapore on Saturdays? I cannot take a whole week off before the summer.",
    language: "en",
    hoursAgo: 260,
  },
  {
    kind: "contact",
    status: "spam",
    name: "Top Rank Partner",
    email: "offers@example.net",
    company: "Top Rank Partner",
    course: null,
    participants: null,
    message:
      "Dear Sir or Madam, we have visited your esteemed website and can bring it to page one within 48 hours guaranteed. Reply for the special price list.",
    language: "en",
    hoursAgo: 21,
  },
];
