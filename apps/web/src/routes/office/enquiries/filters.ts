import { Slug } from "@lectern/contract/primitives";
import { ENQUIRY_STATUSES, EnquiryKind, EnquiryStatus } from "@lectern/contract/vocabulary";
import { z } from "zod";
import {
  type FiltersOf,
  flagFilter,
  manyFilter,
  oneFilter,
  textFilter,
} from "../../../office/address-filters.ts";

export const VIEWS = ["board", "list"] as const;
export type View = (typeof VIEWS)[number];

/** The states that filters choose from. Spam has a switch of its own. */
export const OPEN_CHOICES = EnquiryStatus.exclude(["spam"]);

/** What enquiries are looked for by, and how they are shown, as it stands in the address. */
export const ENQUIRY_FILTERS = z.object({
  q: textFilter(),
  kind: manyFilter(EnquiryKind),
  state: manyFilter(OPEN_CHOICES),
  course: oneFilter(Slug),
  spam: flagFilter(),
  view: oneFilter(z.enum(VIEWS)),
});

export type EnquiryFilters = FiltersOf<typeof ENQUIRY_FILTERS>;

/** What narrows a list, apart from states: without the way it is shown. */
export const NO_FILTERS: EnquiryFilters = {
  q: undefined,
  kind: undefined,
  state: undefined,
  course: undefined,
  spam: undefined,
};

/** @returns the states that are shown, in the order in which enquiries go through them */
export function shownStatuses({ state, spam = false }: EnquiryFilters): EnquiryStatus[] {
  return ENQUIRY_STATUSES.filter((status) =>
    status === "spam" ? spam : state === undefined || state.includes(status),
  );
}

/** @returns what the API is asked for, apart from states */
export function searchOf({ q, kind, course }: EnquiryFilters) {
  return { query: q ?? null, kinds: kind ?? null, course: course ?? null };
}
