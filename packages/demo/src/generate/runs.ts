import type { Money } from "@lectern/contract/primitives";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import type { CataloguedCourse } from "../content/courses/index.ts";
import type { Language } from "../content/types.ts";
import type { City } from "../content/venues.ts";
import type { Stretch } from "./zoned.ts";

/** A sitting of a generated run. */
export interface GeneratedSession extends Stretch {
  readonly room: string;
  /** Slugs. */
  readonly instructors: readonly string[];
}

/** A run as it was planned; what became of it since (status, bookings) is added later. */
export interface PlannedRun extends Stretch {
  readonly course: CataloguedCourse;
  readonly mode: DeliveryMode;
  /** Where the venue stands; `null` for runs without one. */
  readonly city: City | null;
  readonly language: Language;
  readonly capacity: number;
  readonly minPlaces: number;
  readonly price: Money;
  readonly sessions: readonly GeneratedSession[];
}
