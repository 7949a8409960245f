import { fieldText } from "../../../forms/contract-shape.ts";

/** Name of the tick by which the booker takes the first place. */
export const TAKES_FIRST_PLACE = "takesFirstPlace";

/** Name of the tick by which the booker's company has to approve. */
export const NEEDS_APPROVAL = "needsApproval";

/** Name of a field of a place, counted from 0. */
export function learnerField(place: number, part: string): string {
  return `learners.${place}.${part}`;
}

/** What the browser says of its reader, who books. */
export interface Reader {
  readonly timeZone?: string | undefined;
  readonly language?: string | undefined;
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

/**
 * What the booking form says, in the contract's words, but for what identifies the booking. Of whoever
 * is not the reader, nobody knows the time zone.
 */
export function detailsOf(data: FormData, places: number, { timeZone, language }: Reader = {}) {
  return {
    booker: {
      name: fieldText(data, "booker.name"),
      email: fieldText(data, "booker.email"),
      company: fieldText(data, "booker.company"),
      phone: fieldText(data, "booker.phone"),
    },
    learners: namedPlaces(data, places).map(({ fields, name, email }) => ({
      name,
      email,
      ...(fields === "booker" && timeZone !== undefined && { timeZone }),
    })),
    organisationId: fieldText(data, "organisationId"),
    timeZone,
    language,
    purchaseOrder: fieldText(data, "purchaseOrder"),
    ...(data.has(NEEDS_APPROVAL) && {
      approver: {
        name: fieldText(data, "approver.name"),
        email: fieldText(data, "approver.email"),
      },
    }),
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
