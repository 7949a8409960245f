/**
 * What a record of another system says, told apart by meaning and not yet checked: the one shape
 * that JSON-LD and CSV are read into, so that both meet the same rules about dirt.
 */

/** A value and the field that it stood in, for messages. */
export interface Fact {
  readonly value: string;
  readonly field: string;
}

export interface CourseFacts {
  /** `@id` or another absolute identifier. */
  readonly id: string | undefined;
  readonly url: Fact | undefined;
  readonly title: Fact | undefined;
  readonly code: Fact | undefined;
  readonly slug: Fact | undefined;
  readonly summary: Fact | undefined;
  readonly description: Fact | undefined;
  readonly contentLanguage: Fact | undefined;
  readonly level: Fact | undefined;
  /** ISO 8601 duration or a number of days. */
  readonly duration: Fact | undefined;
  readonly prerequisites: readonly Fact[];
  readonly outcomes: readonly Fact[];
  readonly syllabus: readonly { readonly title: Fact; readonly topics: readonly Fact[] }[];
  readonly keywords: readonly Fact[];
  readonly topics: readonly Fact[];
  readonly modes: readonly Fact[];
  readonly languages: readonly Fact[];
  readonly related: readonly Fact[];
  /** What the source calls the stage of its life, such as `Draft`. */
  readonly status: Fact | undefined;
  /** Whoever offers it; courses of the same name by different providers are different courses. */
  readonly provider: string | undefined;
}

export interface VenueFacts {
  readonly field: string;
  readonly name: string | undefined;
  readonly street: string | undefined;
  readonly postcode: string | undefined;
  readonly city: string | undefined;
  readonly country: string | undefined;
}

export interface StretchFacts {
  readonly start: Fact;
  readonly end: Fact | undefined;
  readonly duration: Fact | undefined;
}

/** A regular pattern of sittings (schema.org's Schedule). */
export interface ScheduleFacts {
  readonly field: string;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly byDay: readonly string[];
  readonly repeatCount: string | undefined;
  readonly repeatFrequency: string | undefined;
  readonly exceptDates: readonly string[];
}

export interface RunFacts {
  readonly id: string | undefined;
  readonly url: Fact | undefined;
  readonly title: Fact | undefined;
  readonly modes: readonly Fact[];
  /** What the location says, where the mode does not. */
  readonly hasPlace: boolean;
  readonly hasVirtualLocation: boolean;
  readonly language: Fact | undefined;
  readonly timeZone: Fact | undefined;
  readonly start: Fact | undefined;
  readonly end: Fact | undefined;
  readonly duration: Fact | undefined;
  readonly sessions: readonly StretchFacts[];
  readonly schedule: ScheduleFacts | undefined;
  readonly venue: VenueFacts | undefined;
  /** A location that is only a line of text. */
  readonly locationText: Fact | undefined;
  readonly capacity: Fact | undefined;
  /** Whether a number where there should be one was written as text: worth a note in JSON, not in CSV. */
  readonly isCapacityText: boolean;
  readonly minPlaces: Fact | undefined;
  readonly price: Fact | undefined;
  readonly currency: Fact | undefined;
  readonly isFree: boolean;
  readonly status: Fact | undefined;
  readonly visibility: Fact | undefined;
  readonly bookingOpens: Fact | undefined;
  readonly bookingCloses: Fact | undefined;
}

/** What the person who imports says where the source does not. */
export interface ImportDefaults {
  readonly timeZone: string | undefined;
  readonly deliveryMode: "classroom" | "virtual" | "self_paced" | "blended" | undefined;
  readonly language: string | undefined;
  readonly currency: string | undefined;
  /** Status of courses that do not say theirs. */
  readonly courseStatus: "published" | "draft";
}
