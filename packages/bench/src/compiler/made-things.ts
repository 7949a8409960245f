import { FIELDS, type Field } from "./made-fields.ts";

/** What a made router is about. */

const FEATURES = [
  "venues",
  "trainers",
  "materials",
  "certificates",
  "exams",
  "invoices",
  "refunds",
  "vouchers",
  "partners",
  "campaigns",
  "surveys",
  "reviews",
  "lessons",
  "exercises",
  "recordings",
  "rentals",
  "caterings",
  "travels",
  "contracts",
  "budgets",
  "reports",
  "calendars",
  "forms",
  "messages",
  "archives",
] as const;
const THINGS = ["plan", "request", "record", "note"] as const;
const STATUSES = [
  ["draft", "open", "closed", "archived"],
  ["new", "accepted", "refused"],
  ["planned", "running", "paused", "done", "dropped"],
  ["unpaid", "part_paid", "paid"],
] as const;
const FIELDS_OF_A_THING = 8;
/** Steps through the fields that meet all of them before one comes again, as they have no divisor in common. */
const STEPS = [1, 2, 4, 7, 8, 11, 13, 14] as const;

export const PROCEDURES = ["list", "find", "create", "change", "end"] as const;
/** What a procedure does. */
export type Kind = (typeof PROCEDURES)[number];

/** So many there are at most. */
export const PROCEDURES_MAX = FEATURES.length * THINGS.length * PROCEDURES.length;

/** What a feature is about: a table and five procedures. */
export interface Thing {
  readonly feature: string;
  /** As types and tables are called: `VenuesPlan`. */
  readonly type: string;
  /** As constants are called: `venuesPlan`. */
  readonly value: string;
  /** As files are called: `venues-plan`. */
  readonly file: string;
  /** As procedures are called after: `Plan`. */
  readonly short: string;
  readonly statuses: readonly string[];
  readonly fields: readonly Field[];
}

/**
 * @param procedures how many there are to be
 * @throws RangeError for more than there can be, or none
 */
export function thingsFor(procedures: number): Thing[] {
  const count = procedures / PROCEDURES.length;
  if (!Number.isInteger(count) || count < 1 || procedures > PROCEDURES_MAX)
    throw new RangeError(`There can be 5, 10, 15 … ${PROCEDURES_MAX} procedures`);
  return Array.from({ length: count }, (_, index) => thingAt(index));
}

function thingAt(index: number): Thing {
  const feature = FEATURES[Math.floor(index / THINGS.length)] ?? FEATURES[0];
  const thing = THINGS[index % THINGS.length] ?? THINGS[0];
  const short = capital(thing);
  const step = STEPS[index % STEPS.length] ?? 1;
  return {
    feature,
    type: `${capital(feature)}${short}`,
    value: `${feature}${short}`,
    file: `${feature}-${thing}`,
    short,
    statuses: STATUSES[index % STATUSES.length] ?? STATUSES[0],
    fields: Array.from({ length: FIELDS_OF_A_THING }, (_, position) => {
      const field = FIELDS[(index + position * step) % FIELDS.length];
      if (field === undefined) throw new RangeError("There are no fields");
      return field;
    }),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
