import type { RunInvitation, RunInvitationInput } from "@lectern/contract/invitations";
import type { Database } from "@lectern/database/queryable";
import { courseRun } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { requireRunWithin } from "../../shared/reach.ts";

/**
 * What staff send to the people for whom a private run is: whoever has it can book the run. It is
 * always the same for a run, and worth nothing for another.
 *
 * @throws NotFound; Conflict `wrong_state` for a public run, which needs none
 */
export async function findInvitation(
  db: Database,
  call: Call,
  { id }: z.infer<typeof RunInvitationInput>,
): Promise<RunInvitation> {
  await requireRunWithin(db, call, "runs.write", id);
  const [run] = await db
    .select({ visibility: courseRun.visibility })
    .from(courseRun)
    .where(eq(courseRun.id, id));
  if (run === undefined) throw notFound("run", id);
  if (run.visibility !== "private") {
    throw conflict(
      "run",
      "wrong_state",
      "This date is public: nobody needs an invitation.",
      run.visibility,
    );
  }
  return { id, invitationKey: call.accessKeys.keyFor("invitation", id) };
}
