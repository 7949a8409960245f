import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instantOrNever, updatedAt, version } from "./columns.ts";

/** Companies that book for their people. */

export const organisation = pgTable(
  "organisation",
  {
    id: id(),
    name: text("name").notNull(),
    country: text("country").notNull(),
    /** In the register of companies of its country. */
    registrationNumber: text("registration_number"),
    billingEmail: text("billing_email"),
    billingAddress: text("billing_address"),
    archivedAt: instantOrNever("archived_at"),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("organisation_name_present", sql`btrim(${table.name}) <> ''`),
    check("organisation_country_form", sql`${table.country} ~ '^[A-Z]{2}$'`),
    uniqueIndex("organisation_registration_key")
      .on(table.country, table.registrationNumber)
      .where(sql`registration_number IS NOT NULL`),
    index("organisation_name_idx").on(sql`lower(${table.name})`, table.id),
    /** For who knows a part of either. */
    index("organisation_part_idx").using(
      "gin",
      sql`lower(${table.name}) gin_trgm_ops`,
      sql`lower(${table.registrationNumber}) gin_trgm_ops`,
    ),
  ],
);

/** A domain of an organisation's mail addresses, once a record in the DNS has shown that it is. */
export const organisationDomain = pgTable(
  "organisation_domain",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    /** In lower-case letters, as the DNS writes it. */
    domain: text("domain").notNull(),
    /** What the TXT record has to hold. Not secret: whoever can write it into the DNS has the domain. */
    challenge: text("challenge").notNull(),
    verifiedAt: instantOrNever("verified_at"),
    checkedAt: instantOrNever("checked_at"),
    createdAt: createdAt(),
  },
  (table) => [
    check("organisation_domain_form", sql`${table.domain} ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'`),
    uniqueIndex("organisation_domain_key").on(table.organisationId, table.domain),
    index("organisation_domain_part_idx").using("gin", sql`${table.domain} gin_trgm_ops`),
    /** A domain is one organisation's. */
    uniqueIndex("organisation_domain_verified_key")
      .on(table.domain)
      .where(sql`verified_at IS NOT NULL`),
  ],
);
