import { RunChanged, type RunSetOrganisationInput } from "@lectern/contract/runs";
import type { RunStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { requireOrganisation } from "../people/organisations/require-organisation.ts";
import { readRunChanged, requireRunVersion } from "./run-changed.ts";

type SetInput = z.infer<typeof RunSetOrganisationInput>;

const CAN_BE_GIVEN: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

/**
 * Says which company a private run is for, or that it is for whoever is invited. What was booked stays.
 *
 * @throws NotFound for the run or the organisation; Conflict `changed_meanwhile`, and `wrong_state` for a
 *   public run, one that has begun, ended or been cancelled, and an archived organisation;
 *   IdempotencyMismatch
 */
export async function setRunOrganisation(
  db: Database,
  call: Call,
  input: SetInput,
): Promise<RunChanged> {
  await requireRunWithin(db, call, "runs.write", input.id);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "runs.setOrganisation", input, RunChanged, () => set(tx, call, input)),
  );
}

async function set(
  tx: Transaction,
  call: Call,
  { id, version, organisationId }: SetInput,
): Promise<RunChanged> {
  if (organisationId !== null) await requireOrganisation(tx, organisationId);
  const run = await requireRunVersion(tx, id, version);
  if (run.visibility !== "private") {
    throw conflict("run", "wrong_state", "Only a private date is for one company.", run.visibility);
  }
  if (!CAN_BE_GIVEN.includes(run.status)) {
    throw conflict(
      "run",
      "wrong_state",
      `A date that is ${run.status} can't be given to somebody else.`,
      run.status,
    );
  }
  await tx
    .update(courseRun)
    .set({
      organisationId,
      version: sql`${courseRun.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(courseRun.id, id));
  await recordAudit(tx, call, {
    action: "run.set_organisation",
    entity: "run",
    entityId: id,
    before: { organisationId: run.organisationId },
    after: { organisationId },
  });
  return readRunChanged(tx, id);
}
