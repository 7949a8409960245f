import { BookingDetail } from "@lectern/contract/bookings";
import type { Chosen, ChooseInput } from "@lectern/contract/registrations";
import type { RunChoiceKind } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, invalid, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import { type BookingRow, readBooking, requireBooking } from "../read-booking.ts";
import { duplicateLearner } from "../write-order.ts";
import { cancelPlaces, writeCosts } from "./cancel-places.ts";
import { closeChoices } from "./close-choices.ts";
import { BY_ACADEMY } from "./decision.ts";
import { lockRuns } from "./lock-runs.ts";
import { type LockedBooking, type RegistrationRow, lockBooking } from "./locked-booking.ts";
import { StoredMove, movePlaces, withKey } from "./move-places.ts";
import { inTheWay } from "./obstacles.ts";
import { releasePlaces } from "./release-places.ts";
import type { Target } from "./target-run.ts";
import { requireOtherRun } from "./transfer-registrations.ts";
import { whyNotChosen } from "./why-not-chosen.ts";

const StoredChosen = z.object({ booking: BookingDetail, moved: z.array(StoredMove) });
type StoredChosen = z.infer<typeof StoredChosen>;

type Item = ChooseInput["choices"][number];

/** What one registration answers. */
interface Answer {
  readonly item: Item;
  readonly row: RegistrationRow;
  readonly kind: RunChoiceKind;
}

/**
 * Answers for registrations that are asked again because their run was cancelled or moved: they stay,
 * move to another date or get their money back, at no cost to anybody but the academy. All of it
 * happens in one transaction or not at all; the questions stay open then.
 *
 * @returns the booking, and a new one with its key for each date that was chosen instead
 * @throws NotFound; Invalid; Conflict `wrong_state` for a registration that is not asked or can't choose
 *   that, `changed_meanwhile` when another question has replaced the one that is answered,
 *   `duplicate_learner`; NotBookable and SoldOut of another date; IdempotencyMismatch
 */
export async function choose(db: Database, call: Call, input: ChooseInput): Promise<Chosen> {
  const found = await requireBooking(db, call, input, "bookings.change.any");
  const targets = targetsOf(input, found);
  try {
    const { booking, moved } = await transaction(db, { idempotent: true }, (tx) =>
      onceOnly(tx, call, "registrations.choose", input, StoredChosen, () =>
        answerAll(tx, call, input, { found, targets: [...targets.values()] }),
      ),
    );
    for (const runId of [found.runId, ...targets.keys()]) call.changed(runId);
    return { booking, moved: moved.map((move) => withKey(call, move)) };
  } catch (error) {
    throw duplicateLearner(error);
  }
}

/** @returns the dates that are chosen instead, by run */
function targetsOf({ choices }: ChooseInput, found: BookingRow): Map<string, Target> {
  const targets = new Map<string, Target>();
  const seen = new Set<string>();
  for (const [index, { registrationId, choice, toRunId, invitationKey }] of choices.entries()) {
    if (seen.has(registrationId)) {
      throw invalid(`choices.${index}.registrationId`, "Each registration chooses once.");
    }
    seen.add(registrationId);
    if (choice !== "another_date") continue;
    const path = `choices.${index}.toRunId`;
    if (toRunId == null) throw invalid(path, "Please say which date.");
    requireOtherRun(found, toRunId, path);
    targets.set(toRunId, { toRunId, invitationKey });
  }
  return targets;
}

async function answerAll(
  tx: Transaction,
  call: Call,
  input: ChooseInput,
  { found, targets }: { found: BookingRow; targets: readonly Target[] },
): Promise<StoredChosen> {
  await lockRuns(tx, call, [found.runId, ...targets.map(({ toRunId }) => toRunId)]);
  const locked = await lockBooking(tx, found.id);
  const answers = input.choices.map((item) => answerOf(locked, item));
  await stay(tx, call, ofChoice(answers, "stays"));
  const moving = ofChoice(answers, "another_date");
  const moved: StoredMove[] = [];
  for (const target of targets) {
    const there = moving.filter(({ item }) => item.toRunId === target.toRunId);
    moved.push(await moveTo(tx, call, locked, { target, answers: there }));
  }
  await refund(tx, call, locked, ofChoice(answers, "refund"));
  return { booking: await readBooking(tx, call, found.reference), moved };
}

function answerOf(locked: LockedBooking, item: Item): Answer {
  const row = locked.registrations.find(({ id }) => id === item.registrationId);
  if (row === undefined) throw notFound("registration", item.registrationId);
  const open = locked.openChoices.get(row.id);
  if (open === undefined) {
    throw conflict("registration", "wrong_state", "There is nothing to choose.", "decided");
  }
  if (item.choiceId != null && item.choiceId !== open.id) {
    throw conflict(
      "registration",
      "changed_meanwhile",
      "This date has changed again since: please look at it once more.",
    );
  }
  const obstacle = whyNotChosen(locked, row, open.kind, item.choice);
  if (obstacle !== null) throw inTheWay(obstacle);
  return { item, row, kind: open.kind };
}

function ofChoice(answers: readonly Answer[], choice: Item["choice"]): Answer[] {
  return answers.filter(({ item }) => item.choice === choice);
}

/** Whose place went with its run has none to give back. */
function seated(answers: readonly Answer[]): RegistrationRow[] {
  return answers.filter(({ kind }) => kind === "run_rescheduled").map(({ row }) => row);
}

async function stay(tx: Transaction, call: Call, answers: readonly Answer[]): Promise<void> {
  const ids = answers.map(({ row }) => row.id);
  await closeChoices(tx, ids, "stays");
  await recordAudit(
    tx,
    call,
    ids.map((entityId) => ({
      action: "registration.stay",
      entity: "registration",
      entityId,
      before: null,
      after: { choice: "stays" },
    })),
  );
}

async function moveTo(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  { target, answers }: { target: Target; answers: readonly Answer[] },
): Promise<StoredMove> {
  const rows = answers.map(({ row }) => row);
  const { moved } = await movePlaces(tx, call, locked, rows, { target, decision: BY_ACADEMY });
  await releasePlaces(tx, call, locked, seated(answers).length, {
    endedBy: "registration.transfer",
    reason: null,
  });
  return moved;
}

async function refund(
  tx: Transaction,
  call: Call,
  locked: LockedBooking,
  answers: readonly Answer[],
): Promise<void> {
  const leaving = seated(answers);
  if (leaving.length > 0) {
    await cancelPlaces(tx, call, locked, leaving, {
      decision: BY_ACADEMY,
      endedBy: "registration.cancel",
    });
    await tell(
      tx,
      "registration_cancelled",
      leaving.map(({ id }) => id),
    );
  }
  const gone = answers.filter(({ kind }) => kind === "run_cancelled").map(({ row }) => row);
  if (gone.length > 0) {
    const ids = gone.map(({ id }) => id);
    await closeChoices(tx, ids, "refund");
    await writeCosts(tx, call, locked, gone, BY_ACADEMY, "registration.refund");
  }
}
