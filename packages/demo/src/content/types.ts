import type { CourseLevel, DeliveryMode } from "@lectern/contract/vocabulary";

/** Languages that courses are taught in, as BCP 47 tags. */
export type Language = "en" | "nb" | "tr" | "de";

/** ISO 4217 codes of the currencies that the academy sells in. */
export type Currency = "GBP" | "NOK" | "TRY" | "EUR" | "USD" | "SGD";

export interface Module {
  readonly title: string;
  readonly topics: readonly string[];
}

export interface CourseContent {
  readonly code: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
  readonly level: CourseLevel;
  readonly days: number;
  readonly prerequisites: readonly string[];
  readonly outcomes: readonly string[];
  readonly modules: readonly Module[];
  /** What people search for besides the words of the title. */
  readonly keywords: readonly string[];
  readonly deliveryModes: readonly DeliveryMode[];
  readonly languages: readonly Language[];
  /** Codes of other courses. */
  readonly related: readonly string[];
  /** Slugs of further topics that the course is listed under, besides its own. */
  readonly alsoIn?: readonly string[];
  /** List price of a place in whole pounds; see `price-list.ts` for the other currencies. */
  readonly pounds: number;
}

export interface TopicContent {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly courses: readonly CourseContent[];
}

/** What a course page shows in another language. */
export interface CourseTranslation {
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
}
