import { OrganisationDetail, type OrganisationUpdateInput } from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { registeredTwice } from "./create-organisation.ts";
import { readOrganisation } from "./organisation-detail.ts";
import {
  type OrganisationRow,
  lockOrganisation,
  requireOrganisationWithin,
} from "./require-organisation.ts";

type UpdateInput = z.infer<typeof OrganisationUpdateInput>;

/**
 * Changes what is said of an organisation.
 *
 * @throws NotFound; Conflict `changed_meanwhile`, `wrong_state` for an archived one, and `already_exists`
 *   for a registration number that another one of its country has; IdempotencyMismatch
 */
export async function updateOrganisation(
  db: Database,
  call: Call,
  input: UpdateInput,
): Promise<OrganisationDetail> {
  requireOrganisationWithin(call, "organisations.write", input.id);
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "organisations.update", input, OrganisationDetail, () =>
        update(tx, call, input),
      ),
    );
  } catch (error) {
    throw registeredTwice(error) ?? error;
  }
}

async function update(
  tx: Transaction,
  call: Call,
  { id, version, changes }: UpdateInput,
): Promise<OrganisationDetail> {
  const before = await lockOrganisation(tx, id);
  requireVersion(before, version);
  const { name, country, registrationNumber, billingEmail, billingAddress } = changes;
  await tx
    .update(organisation)
    .set({
      name,
      country,
      registrationNumber,
      billingEmail,
      billingAddress,
      version: sql`${organisation.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(organisation.id, id));
  await recordAudit(tx, call, {
    action: "organisation.update",
    entity: "organisation",
    entityId: id,
    before: { version },
    // Which fields, and not what they say: an address may be somebody's.
    after: { version: version + 1, changed: Object.keys(changes) },
  });
  return readOrganisation(tx, id);
}

/** @throws Conflict `changed_meanwhile` when somebody changed it since it was read */
export function requireVersion(found: OrganisationRow, version: number): void {
  if (found.version === version) return;
  throw conflict(
    "organisation",
    "changed_meanwhile",
    "Somebody changed this organisation since you read it: read it again.",
    `version ${found.version}`,
  );
}
