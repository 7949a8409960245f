import { fieldText } from "../../../forms/contract-shape.ts";

/** Name of the tick by which the booker takes the first place. */
export const TAKES_FIRST_PLACE = "takesFirstPlace";

/** Name of a field of a place, counted from 0. */
export function learnerField(place: number, part: string): string {
  return `learners.${place}.${part}`;
}

interface NamedPlace {
  /** What the names of its fields begin with. */
  readonly fields: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** The places that somebody is named for; the rest are named later. */
function namedPlaces(data: FormData, places: number): NamedPlace[] {
  return Array.from({ length: places }, (_, place) => {
    const isBooker = place === 0 && data.has(TAKES_FIRST_PLACE);
    const fields = isBooker ? "booker" : `learners.${place}`;
    return {
      fields,
      name: fieldText(data, `${fields}.name`),
      email: fieldText(data, `${fields}.email`),
    };
  }).filter(({ name, email }) => name !== undefined || email !== undefined);
}

/** What the booking form says, in the contract's words, but for what identifies the booking. */
export function detailsOf(data: FormData, places: number) {
  return {
    booker: {
      name: fieldText(data, "booker.name"),
      email: fieldText(data, "booker.email"),
      company: fieldText(data, "booker.company"),
      phone: fieldText(data, "booker.phone"),
    },
    learners: namedPlaces(data, places).map(({ name, email }) => ({ name, email })),
    note: fieldText(data, "note"),
    acceptsTerms: data.has("acceptsTerms"),
  };
}

/**
 * @param path in the contract's shape, where places without a name are left out
 * @returns the name of the field in the form, where they have their number
 */
export function fieldOfPath(path: string, data: FormData, places: number): string {
  const [, index, part] = /^learners\.(\d+)\.(\w+)$/u.exec(path) ?? [];
  const named = index === undefined ? undefined : namedPlaces(data, places)[Number(index)];
  return named === undefined ? path : `${named.fields}.${part ?? ""}`;
}
