import { isPermission } from "@lectern/auth/permissions";
import { hashOfSecret } from "@lectern/auth/split-token";
import {
  TOKEN_DAYS_DEFAULT,
  type DevicePollInput,
  type DevicePolled,
} from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { deviceGrant } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { issueToken } from "../issue-token.ts";
import { INTERVAL_SECONDS } from "./begin-device.ts";

/** Networks deliver sooner and later: who waits as long as they were told is never too soon. */
const TOO_SOON_SECONDS = INTERVAL_SECONDS - 1;

/**
 * A program asks whether its owner has decided (RFC 8628, 3.4 and 3.5). Once approved, whoever asks first
 * gets the token, which is made at that moment and kept nowhere; every other is told that it is too late.
 * As its answer is secret, the same key again is another poll: an answer that got lost is lost, and its
 * owner can revoke the token that nobody has.
 */
export async function pollDevice(
  db: Database,
  call: Call,
  { deviceCode }: z.infer<typeof DevicePollInput>,
): Promise<DevicePolled> {
  return transaction(db, {}, async (tx) => {
    const [found] = await tx
      .select({
        id: deviceGrant.id,
        state: deviceGrant.state,
        client: deviceGrant.client,
        personId: deviceGrant.personId,
        permissions: deviceGrant.permissions,
        isOver: sql<boolean>`${deviceGrant.usedAt} IS NOT NULL OR ${deviceGrant.expiresAt} <= clock_timestamp()`,
        isTooSoon: sql<boolean>`coalesce(${deviceGrant.polledAt} > clock_timestamp() - make_interval(secs => ${TOO_SOON_SECONDS}), false)`,
      })
      .from(deviceGrant)
      .where(eq(deviceGrant.deviceCodeHash, hashOfSecret(deviceCode)))
      .for("update");
    if (found === undefined || found.isOver) return { state: "expired" };
    if (found.isTooSoon) return { state: "slow_down" };
    if (found.state === "denied") return { state: "denied" };
    await tx
      .update(deviceGrant)
      .set({ polledAt: sql`clock_timestamp()` })
      .where(eq(deviceGrant.id, found.id));
    if (found.state === "pending" || found.personId === null) return { state: "pending" };
    return grant(tx, call, { ...found, personId: found.personId });
  });
}

interface ApprovedGrant {
  readonly id: string;
  readonly client: string | null;
  readonly personId: string;
  readonly permissions: readonly string[];
}

async function grant(
  tx: Transaction,
  call: Call,
  { id, client, personId, permissions }: ApprovedGrant,
): Promise<DevicePolled> {
  await tx
    .update(deviceGrant)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(eq(deviceGrant.id, id));
  const { token, about } = await issueToken(tx, call, {
    name: client ?? "A device",
    personId,
    permissions: permissions.filter(isPermission),
    days: TOKEN_DAYS_DEFAULT,
    deviceGrantId: id,
  });
  return { state: "granted", token, about };
}
