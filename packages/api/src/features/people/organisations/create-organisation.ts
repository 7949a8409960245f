import { type OrganisationCreateInput, OrganisationDetail } from "@lectern/contract/organisations";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { readOrganisation } from "./organisation-detail.ts";

type CreateInput = z.infer<typeof OrganisationCreateInput>;

/**
 * Writes down a company, without people yet: its first manager is invited.
 *
 * @throws Conflict `already_exists` for a registration number that another one of its country has;
 *   IdempotencyMismatch
 */
export async function createOrganisation(
  db: Database,
  call: Call,
  input: CreateInput,
): Promise<OrganisationDetail> {
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "organisations.create", input, OrganisationDetail, () =>
        create(tx, call, input),
      ),
    );
  } catch (error) {
    throw registeredTwice(error) ?? error;
  }
}

async function create(
  tx: Transaction,
  call: Call,
  input: CreateInput,
): Promise<OrganisationDetail> {
  const id = uuidv7();
  await tx.insert(organisation).values({
    id,
    name: input.name,
    country: input.country,
    registrationNumber: input.registrationNumber ?? null,
    billingEmail: input.billingEmail ?? null,
    billingAddress: input.billingAddress ?? null,
  });
  await recordAudit(tx, call, {
    action: "organisation.create",
    entity: "organisation",
    entityId: id,
    before: null,
    after: { country: input.country },
  });
  return readOrganisation(tx, id);
}

/** @returns what is said of a registration number that is taken, or `undefined` for other errors */
export function registeredTwice(error: unknown): unknown {
  if (!violates(error, "organisation_registration_key")) return undefined;
  return conflict(
    "organisation",
    "already_exists",
    "There is an organisation with this registration number already.",
    "registrationNumber",
  );
}
