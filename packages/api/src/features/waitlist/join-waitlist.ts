import { reachOf } from "@lectern/auth/actor";
import { WaitlistJoined, type WaitlistJoinInput } from "@lectern/contract/waitlist";
import { violates } from "@lectern/database/errors";
import type { Database, Queryable } from "@lectern/database/queryable";
import { runCapacity, waitlistEntry } from "@lectern/database/schema/bookings";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { DomainError, conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachesRun } from "../../shared/reach.ts";
import { bookability } from "../../shared/run-summary.ts";
import { requireTimeZone } from "../../shared/zoned-time.ts";
import { accountsOfAddresses, bookerIdOf } from "../bookings/accounts-of-addresses.ts";
import { checkBookerLimit } from "../bookings/booker-limit.ts";
import { findRunSummaryRow } from "../bookings/find-run-summary-row.ts";
import type { Counter } from "../bookings/places/counter.ts";
import { serveWaitlist } from "../bookings/places/serve-waitlist.ts";
import { lockSettled } from "../bookings/places/settle-places.ts";
import { tell } from "../notifications/tell.ts";
import { lastOfferAt } from "./last-offer.ts";
import { findPlacedEntry, standingOf } from "./read-entry.ts";

type JoinInput = z.infer<typeof WaitlistJoinInput>;

/** What is kept of the answer: all but the entry's key, which is derived again. */
const StoredJoined = WaitlistJoined.omit({ accessKey: true });
type StoredJoined = z.infer<typeof StoredJoined>;

/**
 * Puts a party in line for places of a run. The order is that in which the lock of the run's counter
 * was got. Who fits into places that a larger group before could not take is offered them at once.
 *
 * @returns where the party stands, with the key of its entry
 * @throws NotFound; NotBookable; TooManyPlaces; Conflict `places_free` when nobody waits and there are
 *   as many places, and `already_exists` for an address that stands in this queue; Invalid;
 *   IdempotencyMismatch
 */
export async function joinWaitlist(
  db: Database,
  call: Call,
  input: JoinInput,
): Promise<WaitlistJoined> {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  try {
    const joined = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "waitlist.join", input, StoredJoined, () => join(tx, call, input)),
    );
    call.changed(input.runId);
    return { ...joined, accessKey: call.accessKeys.keyFor("waitlist", joined.entryId) };
  } catch (error) {
    if (!violates(error, "waitlist_entry_party_key")) throw error;
    throw conflict(
      "waitlist_entry",
      "already_exists",
      "This address is in the waiting list of this date already.",
      "email",
    );
  }
}

async function join(tx: Transaction, call: Call, input: JoinInput): Promise<StoredJoined> {
  const { runId, quantity, takesFewer, email } = input;
  const accounts = await accountsOfAddresses(tx, [email]);
  const counter = await lockSettled(tx, call, runId);
  await requireOpenQueue(tx, runId, await isInvited(tx, call, input));
  requireNoFreePlaces(counter, quantity);
  await checkBookerLimit(tx, { runId, email, places: quantity });

  const entryId = uuidv7();
  await tx.insert(waitlistEntry).values({
    id: entryId,
    runId,
    quantity,
    takesFewer,
    personId: bookerIdOf(call.actor, await deciderOf(tx, call, runId), email, accounts),
    name: input.name,
    email,
    company: input.company ?? null,
    ...(input.language && { language: input.language }),
    timeZone: input.timeZone ?? null,
  });
  await tx
    .update(runCapacity)
    .set({ waiting: sql`${runCapacity.waiting} + 1` })
    .where(eq(runCapacity.runId, runId));
  await recordAudit(tx, call, {
    action: "waitlist.join",
    entity: "waitlist_entry",
    entityId: entryId,
    before: null,
    after: { runId, status: "waiting", quantity, takesFewer },
  });
  await serveWaitlist(tx, call, runId);

  const joined = await findPlacedEntry(tx, entryId);
  if (joined === undefined) throw notFound("waitlist_entry", entryId);
  // Who got an offer at once is told of that.
  if (joined.entry.status === "waiting") await tell(tx, "waitlist_joined", entryId);
  return { ...standingOf(joined), runId };
}

async function isInvited(
  db: Queryable,
  call: Call,
  { runId, invitationKey }: JoinInput,
): Promise<boolean> {
  if (await reachesRun(db, reachOf(call.actor, "bookings.make.any"), runId)) return true;
  return invitationKey != null && call.accessKeys.isKeyFor("invitation", runId, invitationKey);
}

/** Staff put others in line, whose entry it is to be. */
async function deciderOf(db: Queryable, { actor }: Call, runId: string) {
  return (await reachesRun(db, reachOf(actor, "bookings.decide"), runId)) ? "staff" : "booker";
}

/** @throws NotFound for a draft, NotBookable */
async function requireOpenQueue(
  tx: Transaction,
  runId: string,
  mayBePrivate: boolean,
): Promise<void> {
  const run = await findRunSummaryRow(tx, runId);
  if (run === undefined || run.status === "draft") throw notFound("run", runId);
  const state = bookability(mayBePrivate ? { ...run, visibility: "public" } : run);
  if (state !== "open" && state !== "sold_out") {
    throw new DomainError(
      { code: "NotBookable", data: { runId, reason: state } },
      "This date can't be booked, so there is nothing to wait for.",
    );
  }
  if (!(await isWorthWaiting(tx, runId))) {
    throw new DomainError(
      { code: "NotBookable", data: { runId, reason: "closed" } },
      "This date is too near: no places will be offered any more.",
    );
  }
}

async function isWorthWaiting(tx: Transaction, runId: string): Promise<boolean> {
  const { count } = await tx.execute(sql`
    SELECT FROM course_run WHERE id = ${runId}::uuid AND ${lastOfferAt} > clock_timestamp()`);
  return count > 0;
}

/** @throws Conflict `places_free`, with how many */
function requireNoFreePlaces({ waiting, capacity, taken }: Counter, quantity: number): void {
  const free = capacity - taken;
  if (waiting > 0 || free < quantity) return;
  throw conflict(
    "run",
    "places_free",
    "There are places left on this date: book them instead of waiting.",
    String(free),
  );
}
