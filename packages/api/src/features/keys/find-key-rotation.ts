import type { KeyRotation, KeyRotationInput } from "@lectern/contract/keys";
import type { Database } from "@lectern/database/queryable";
import { keyRotation } from "@lectern/database/schema/privacy";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { toKeyRotation } from "./key-rotation-row.ts";

/**
 * How far a rotation has got.
 *
 * @throws NotFound
 */
export async function findKeyRotation(
  db: Database,
  _call: Call,
  { id }: z.infer<typeof KeyRotationInput>,
): Promise<KeyRotation> {
  const [found] = await db.select().from(keyRotation).where(eq(keyRotation.id, id));
  if (found === undefined) throw notFound("key_rotation", id);
  return toKeyRotation(found);
}
