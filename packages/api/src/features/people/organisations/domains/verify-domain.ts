import { type Rate, countAttempt } from "@lectern/auth/throttle";
import { DomainChecked, type OrganisationDomainInput } from "@lectern/contract/organisations";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { organisationDomain } from "@lectern/database/schema/organisations";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { conflict, notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { Auth } from "../../../../trpc/context.ts";
import { rateLimited } from "../../accounts/password-rules.ts";
import {
  lockOrganisation,
  requireOrganisation,
  requireOrganisationWithin,
} from "../require-organisation.ts";
import { type DomainRow, recordValueOf, toDomain } from "./domain-detail.ts";

type Input = z.infer<typeof OrganisationDomainInput>;
type Outcome = DomainChecked["outcome"];

/** What is new in the DNS shows within minutes; nobody has it asked all the time. */
const LOOK_UPS: Rate = { burst: 10, everySeconds: 30 };

/**
 * Looks into the DNS for the record that shows that a domain is the organisation's. One that was found once
 * stays verified: the record need not.
 *
 * @param resolveTxt of the request's context
 * @returns what was found; nothing is refused that the DNS does not say yet
 * @throws NotFound; Conflict `already_exists` for a domain that another organisation has shown to be its own,
 *   `wrong_state` for an archived organisation; RateLimited; IdempotencyMismatch
 */
export async function verifyDomain(
  db: Database,
  call: Call,
  resolveTxt: Auth["resolveTxt"],
  input: Input,
): Promise<DomainChecked> {
  const { organisationId, domainId } = input;
  requireOrganisationWithin(call, "organisations.write", organisationId);
  await requireOrganisation(db, organisationId);
  const isThisDomain = and(
    eq(organisationDomain.id, domainId),
    eq(organisationDomain.organisationId, organisationId),
  );
  const [found] = await db.select().from(organisationDomain).where(isThisDomain);
  if (found === undefined) throw notFound("organisation_domain", domainId);
  const wait = await countAttempt(db, {
    name: "organisations.verifyDomain",
    subject: organisationId,
    rate: LOOK_UPS,
  });
  if (wait > 0) throw rateLimited(wait);
  // Before the transaction, so that none waits for the DNS.
  const outcome = await lookUp(resolveTxt, found);
  try {
    return await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "organisations.verifyDomain", input, DomainChecked, () =>
        writeOutcome(tx, call, found, outcome),
      ),
    );
  } catch (error) {
    if (!violates(error, "organisation_domain_verified_key")) throw error;
    throw conflict(
      "organisation_domain",
      "already_exists",
      "Another organisation has this domain. Please write to the academy.",
      "domain",
    );
  }
}

async function lookUp(resolveTxt: Auth["resolveTxt"], row: DomainRow): Promise<Outcome> {
  try {
    const records = await resolveTxt(toDomain(row).recordName);
    const isThere = records.some((text) => text.trim() === recordValueOf(row));
    return isThere ? "verified" : "record_missing";
  } catch {
    // Whatever the DNS has, it did not say it.
    return "lookup_failed";
  }
}

async function writeOutcome(
  tx: Transaction,
  call: Call,
  { id, organisationId }: DomainRow,
  outcome: Outcome,
): Promise<DomainChecked> {
  await lockOrganisation(tx, organisationId);
  const [before] = await tx.select().from(organisationDomain).where(eq(organisationDomain.id, id));
  const [after] = await tx
    .update(organisationDomain)
    .set({
      checkedAt: sql`clock_timestamp()`,
      ...(outcome === "verified" && {
        verifiedAt: sql`coalesce(${organisationDomain.verifiedAt}, clock_timestamp())`,
      }),
    })
    .where(eq(organisationDomain.id, id))
    .returning();
  if (before === undefined || after === undefined) throw notFound("organisation_domain", id);
  if (before.verifiedAt === null && after.verifiedAt !== null) {
    await recordAudit(tx, call, {
      action: "organisation.verify_domain",
      entity: "organisation",
      entityId: organisationId,
      before: { domainId: id, isVerified: false },
      after: { domainId: id, isVerified: true },
    });
  }
  return { outcome, domain: toDomain(after) };
}
