import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";
import type { JoinAddress, JoinInput } from "@lectern/contract/calendar";
import type { Database } from "@lectern/database/queryable";
import { joinLink } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { type DomainError, conflict, notFound } from "../../../domain-error.ts";
import { readOnlineSessions } from "./read-online-sessions.ts";
import { requireComing } from "./require-coming.ts";

/** Where the address of a meeting stands, to be encrypted there. */
export function joinLinkPlace(id: string): FieldPlace {
  return { table: "join_link", column: "url", id };
}

/**
 * Where whoever comes to a session meets the others: from a quarter of an hour before it begins until it ends.
 *
 * @throws NotFound; Invalid; Conflict `wrong_state` with the reason as its detail: `cancelled`, `ahead`, `over`, and
 *   `no_link` where staff have not said where it is
 */
export async function join(
  db: Database,
  call: Call,
  input: z.infer<typeof JoinInput>,
): Promise<JoinAddress> {
  const runId = await requireComing(db, call, input);
  const sessions = await readOnlineSessions(db, runId);
  const found = sessions.find(({ position }) => position === input.position);
  if (found === undefined) throw notFound("session", String(input.position));
  if (found.runStatus === "cancelled") throw closed("This date was cancelled.", "cancelled");
  if (found.state === "ahead") throw closed("It is too early to come in.", "ahead");
  if (found.state === "over") throw closed("This session is over.", "over");
  const [link] =
    found.linkId === null
      ? []
      : await db.select().from(joinLink).where(eq(joinLink.id, found.linkId));
  if (link === undefined) throw closed("Nobody has said yet where it is.", "no_link");
  return { url: await call.fields.decrypt(joinLinkPlace(link.id), link.url) };
}

function closed(message: string, detail: string): DomainError {
  return conflict("session", "wrong_state", message, detail);
}
