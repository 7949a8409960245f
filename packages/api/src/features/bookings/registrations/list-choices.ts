import type { Choice, Choices, ChoicesInput } from "@lectern/contract/registrations";
import { uuid } from "@lectern/database/codecs";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { registration, runChoice } from "@lectern/database/schema/bookings";
import { desc, eq, getTableColumns } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { withRunInLanguage } from "../../../shared/in-language.ts";
import { toRunSummary } from "../../../shared/run-summary.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import { requireBooking } from "../read-booking.ts";
import { priceOf } from "./change-money.ts";
import { listAlternatives } from "./list-alternatives.ts";
import {
  type ChoiceRow,
  type RegistrationRow,
  type WholeBooking,
  readWholeBooking,
} from "./locked-booking.ts";
import { whyNotChosen } from "./why-not-chosen.ts";

/** The latest question to each registration of a booking. */
const latestChoices = prepared("registrations.latestChoices", { bookingId: uuid }, (q, $) =>
  q
    .selectDistinctOn([runChoice.registrationId], getTableColumns(runChoice))
    .from(runChoice)
    .innerJoin(registration, eq(registration.id, runChoice.registrationId))
    .where(eq(registration.bookingId, $.bookingId))
    .orderBy(runChoice.registrationId, desc(runChoice.createdAt), desc(runChoice.id)),
);

/**
 * The registrations of a booking that are asked again because their run was cancelled or moved, or were:
 * the latest question of each, with what can be chosen, and other dates of the course that have places.
 *
 * @throws NotFound
 */
export async function listChoices(
  db: Database,
  call: Call,
  input: z.infer<typeof ChoicesInput>,
): Promise<Choices> {
  const found = await requireBooking(db, call, input, "bookings.read.any");
  const [whole, choices, run] = await Promise.all([
    readWholeBooking(db, found.id),
    latestChoices.execute(db, { bookingId: found.id }),
    findRunSummaryRow(db, found.runId),
  ]);
  if (run === undefined) throw notFound("run", found.runId);
  const alternatives = await listAlternatives(db, {
    runId: found.runId,
    region: found.region,
    currency: whole.registrations[0]?.priceCurrency ?? null,
  });
  const latest = new Map(choices.map((choice) => [choice.registrationId, choice]));
  return withRunInLanguage(db, call.language, {
    reference: found.reference,
    run: toRunSummary(run),
    choices: whole.registrations.flatMap((row) => {
      const choice = latest.get(row.id);
      return choice === undefined ? [] : [describe(whole, row, choice)];
    }),
    alternatives,
    serverTime: whole.terms.at.toISOString(),
  });
}

const IN_ORDER = ["stays", "another_date", "refund"] as const satisfies readonly Choice[];

function describe(
  whole: WholeBooking,
  row: RegistrationRow,
  choice: ChoiceRow,
): Choices["choices"][number] {
  const { learnerName: name, learnerEmail: email } = row;
  return {
    id: choice.id,
    registrationId: row.id,
    position: row.position,
    status: row.status,
    learner: name === null || email === null ? null : { name, email },
    price: priceOf(row),
    kind: choice.kind,
    state: choice.state,
    options:
      choice.state === "open"
        ? IN_ORDER.filter((option) => whyNotChosen(whole, row, choice.kind, option) === null)
        : [],
    askedAt: choice.createdAt.toISOString(),
    decidedAt: choice.decidedAt?.toISOString() ?? null,
  };
}
