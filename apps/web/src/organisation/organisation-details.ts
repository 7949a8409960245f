import type { OrganisationDetail } from "@lectern/contract/organisations";
import { fieldText } from "../forms/contract-shape.ts";

/** What can be changed of a company, in the order in which it is asked for. */
export const DETAIL_FIELDS = [
  "name",
  "country",
  "registrationNumber",
  "billingEmail",
  "billingAddress",
] as const;

export type DetailField = (typeof DETAIL_FIELDS)[number];
export type Details = Pick<OrganisationDetail, DetailField>;

/** @returns what differs, as it became */
export function changesOf(before: Details, after: Details): Partial<Details> {
  return Object.fromEntries(
    DETAIL_FIELDS.filter((field) => before[field] !== after[field]).map((field) => [
      field,
      after[field],
    ]),
  );
}

/** @returns what the fields say */
export function detailsOf(data: FormData): Details {
  return {
    name: fieldText(data, "name") ?? "",
    country: fieldText(data, "country") ?? "",
    registrationNumber: fieldText(data, "registrationNumber") ?? null,
    billingEmail: fieldText(data, "billingEmail") ?? null,
    billingAddress: fieldText(data, "billingAddress") ?? null,
  };
}
