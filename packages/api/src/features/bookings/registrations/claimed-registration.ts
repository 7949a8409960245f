import type { ClaimProof } from "@lectern/contract/registrations";
import { uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import { registration } from "@lectern/database/schema/bookings";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";

type Proof = z.infer<typeof ClaimProof>;

/** A link of one version of a registration, as access keys name it. */
export function claimId(registrationId: string, claimVersion: number): string {
  return `${registrationId}:${claimVersion}`;
}

/** A registration that was transferred has its successor's place: the last one of the line is meant. */
const lastOfLine = prepared("registrations.lastOfLine", { id: uuid }, (_, $) =>
  rows(
    {
      id: registration.id,
      bookingId: registration.bookingId,
      runId: registration.runId,
      claimVersion: registration.claimVersion,
    },
    sql`
    WITH RECURSIVE line AS (
      SELECT id, booking_id, run_id, claim_version, successor_id FROM registration WHERE id = ${$.id}
      UNION ALL
      SELECT r.id, r.booking_id, r.run_id, r.claim_version, r.successor_id
      FROM line JOIN registration AS r ON r.id = line.successor_id
    )
    SELECT id, booking_id, run_id, claim_version FROM line WHERE successor_id IS NULL`,
  ),
);

export interface ClaimedRegistration {
  readonly id: string;
  readonly bookingId: string;
  readonly runId: string;
}

/**
 * @returns the registration that a claim link is for, wherever it was transferred to
 * @throws NotFound for an unknown registration, a wrong key and a link that was renewed alike
 */
export async function requireClaim(
  db: Queryable,
  call: Call,
  { registrationId, claimVersion, claimKey }: Proof,
): Promise<ClaimedRegistration> {
  return requireSeat(db, call, "claim", { registrationId, claimVersion, key: claimKey });
}

/**
 * @param subject what the link is good for
 * @returns the registration that a link is for, wherever it was transferred to
 * @throws NotFound for an unknown registration, a wrong key and a link of an older version alike
 */
export async function requireSeat(
  db: Queryable,
  call: Pick<Call, "accessKeys">,
  subject: "claim" | "join",
  proof: { readonly registrationId: string; readonly claimVersion: number; readonly key: string },
): Promise<ClaimedRegistration> {
  const { registrationId, claimVersion, key } = proof;
  const isKey = call.accessKeys.isKeyFor(subject, claimId(registrationId, claimVersion), key);
  const found = isKey ? await lastOfLine.first(db, { id: registrationId }) : undefined;
  if (found === undefined || found.claimVersion !== claimVersion) {
    throw notFound("registration", registrationId);
  }
  return { id: found.id, bookingId: found.bookingId, runId: found.runId };
}
