import type { organisation } from "@lectern/database/schema/organisations";
import { companies } from "../content/people.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";
import type { DemoClock } from "./clock.ts";

export interface OrganisationRows {
  readonly organisations: (typeof organisation.$inferInsert)[];
  /** By name. */
  readonly organisationIds: ReadonlyMap<string, string>;
}

const CUSTOMERS_SINCE_DAYS = 390;

/** The companies that send people, as the academy keeps them. Nobody is their member yet: that takes an invitation. */
export function organisationRows(clock: DemoClock, random: Random): OrganisationRows {
  const createdAt = clock.daysAgo(CUSTOMERS_SINCE_DAYS);
  const organisations = companies.map(({ name, label, country }) => ({
    id: createUuid(createdAt.getTime(), random),
    name,
    country,
    billingEmail: `invoices@${label}.example.com`,
    createdAt,
    updatedAt: createdAt,
  }));
  return {
    organisations,
    organisationIds: new Map(organisations.map(({ name, id }) => [name, id])),
  };
}
