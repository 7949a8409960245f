import { hashOfSecret, newSplitToken } from "@lectern/auth/split-token";
import { networkOf } from "@lectern/auth/throttle";
import type { DeviceBeginInput, DeviceBegun } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { deviceGrant } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { type SQL, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { permissionsNamed } from "../wanted-permissions.ts";
import { throttleDevices } from "./device-throttles.ts";
import { formatUserCode, newUserCode } from "./user-code.ts";

const LIFETIME_SECONDS = 600;
/** Between two polls of a program. */
export const INTERVAL_SECONDS = 5;
/** Where people type the code, on the site. */
const PATH = "/device";
/** Codes are few enough that two can be the same, once in a long time. */
const CODES_TRIED = 5;

/**
 * A program asks to be signed in (RFC 8628, 3.1 and 3.2). It gets what it comes back with, which is kept
 * as a hash alone, and what its owner types on the site. As both are secrets, the same key again makes
 * another request, and the first is never heard of again.
 *
 * @param siteUrl where people reach the site
 * @throws Invalid for a permission that there is none of; RateLimited
 */
export async function beginDevice(
  db: Database,
  call: Call,
  siteUrl: string,
  input: z.infer<typeof DeviceBeginInput>,
): Promise<DeviceBegun> {
  const permissions = permissionsNamed(input.permissions);
  await throttleDevices(db, "device.begin.address", networkOf(call.origin.address ?? ""));
  // The half of a split token that is hard to guess is all that is needed: its hash finds the row.
  const { secret: deviceCode } = newSplitToken();
  const userCode = await transaction(db, { idempotent: true }, async (tx) => {
    const id = uuidv7();
    const code = await insertGrant(tx, {
      id,
      deviceCodeHash: hashOfSecret(deviceCode),
      client: input.client,
      address: call.origin.address,
      permissions,
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${LIFETIME_SECONDS})`,
    });
    await recordAudit(tx, call, {
      action: "device_grant.begin",
      entity: "device_grant",
      entityId: id,
      before: null,
      after: { state: "pending", permissions },
    });
    return code;
  });
  return {
    deviceCode,
    userCode: formatUserCode(userCode),
    verificationUrl: `${siteUrl}${PATH}`,
    intervalSeconds: INTERVAL_SECONDS,
    expiresInSeconds: LIFETIME_SECONDS,
  };
}

type NewGrant = Omit<typeof deviceGrant.$inferInsert, "userCode" | "expiresAt"> & {
  readonly expiresAt: SQL;
};

async function insertGrant(tx: Transaction, grant: NewGrant): Promise<string> {
  for (let tried = 0; tried < CODES_TRIED; tried += 1) {
    const [inserted] = await tx
      .insert(deviceGrant)
      .values({ ...grant, userCode: newUserCode() })
      .onConflictDoNothing({ target: deviceGrant.userCode })
      .returning({ userCode: deviceGrant.userCode });
    if (inserted !== undefined) return inserted.userCode;
  }
  throw new Error(`${CODES_TRIED} codes of devices in a row were taken`);
}
