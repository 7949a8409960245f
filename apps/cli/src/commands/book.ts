import { newIdempotencyKey } from "@lectern/client";
import type { BookingDetail, BookingHeld } from "@lectern/contract/bookings";
import { Email } from "@lectern/contract/primitives";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { counted, formatPrice, formatStretch } from "../output/format.ts";
import { printPairs } from "../output/table.ts";
import { UsageError } from "../usage-error.ts";

export interface BookCommandOptions {
  readonly run: string;
  readonly places: number;
  readonly name?: string;
  readonly email?: string;
  readonly company?: string;
  readonly phone?: string;
  /** `Name <mail@example.org>` each. */
  readonly learner?: readonly string[];
  readonly note?: string;
  readonly acceptTerms?: boolean;
  readonly holdOnly?: boolean;
  readonly idempotencyKey?: string;
}

/** @returns a learner as the contract wants it, from `Name <mail@example.org>` */
function parseLearner(text: string): { name: string; email: string } {
  const [, name, email] = /^\s*(\S.*?)\s*<([^<>\s]+)>\s*$/u.exec(text) ?? [];
  if (name === undefined || !Email.safeParse(email).success || email === undefined) {
    throw new UsageError(`--learner: write "Name <mail@example.org>" instead of "${text}".`);
  }
  return { name, email };
}

interface Confirmation {
  readonly name: string;
  readonly email: string;
  readonly learners: { name: string; email: string }[];
}

/** All that a booking needs is asked for before places are held: nobody else can have them meanwhile. */
function confirmationOf(options: BookCommandOptions): Confirmation | undefined {
  const learners = (options.learner ?? []).map(parseLearner);
  if (options.holdOnly === true) return undefined;
  const { name, email } = options;
  if (name === undefined || email === undefined) {
    throw new UsageError("Give --name and --email of whoever books, or --hold-only.");
  }
  if (options.acceptTerms !== true) {
    throw new UsageError("Booking needs --accept-terms: the academy's terms bind whoever books.");
  }
  if (learners.length > options.places) {
    throw new UsageError(
      `${learners.length} learners need more than ${counted(options.places, "place")}: raise --places.`,
    );
  }
  return { name, email, learners };
}

interface HeldPlaces {
  readonly held: BookingHeld;
  readonly key: string;
  readonly confirmation: Confirmation;
  readonly options: BookCommandOptions;
}

/** Confirms a hold. When that fails, the places stay held; the same key goes on where it stopped. */
async function confirm(
  { client, terminal, signal }: Context,
  { held, key, confirmation, options }: HeldPlaces,
): Promise<BookingDetail> {
  const { name, email, learners } = confirmation;
  try {
    return await client.bookings.confirm.mutate(
      {
        reference: held.reference,
        accessKey: held.accessKey,
        booker: { name, email, company: options.company ?? null, phone: options.phone ?? null },
        learners,
        note: options.note ?? null,
        acceptsTerms: true,
        idempotencyKey: `${key}-confirm`,
      },
      { signal },
    );
  } catch (error) {
    terminal.note(
      `${counted(held.places, "place")} held until ${held.expiresAt} as ${held.reference}.`,
    );
    terminal.note(`The same command with --idempotency-key ${key} goes on from there.`);
    throw error;
  }
}

/** `lectern book`: holds places of a run and confirms the booking. */
export async function bookCommand(
  context: Context,
  options: BookCommandOptions,
): Promise<ExitCode> {
  const { client, terminal, signal } = context;
  const confirmation = confirmationOf(options);
  const key = options.idempotencyKey ?? newIdempotencyKey();
  const held = await client.bookings.hold.mutate(
    { runId: options.run, places: options.places, idempotencyKey: `${key}-hold` },
    { signal },
  );
  const secret: [string, string] = ["Key", `${held.accessKey}  (keep it: it opens the booking)`];
  if (confirmation === undefined) {
    terminal.json(held);
    terminal.print(
      terminal.style("bold", `Held: ${counted(held.places, "place")} until ${held.expiresAt}`),
    );
    printPairs(terminal, [
      ["Reference", held.reference],
      secret,
      ["Total", formatPrice(held.total)],
    ]);
    return EXIT.ok;
  }
  const booking = await confirm(context, { held, key, confirmation, options });
  terminal.json({ ...booking, accessKey: held.accessKey });
  const { run } = booking;
  terminal.print(
    terminal.style("bold", `Booked: ${counted(booking.places, "place")} on ${run.course.title}`),
  );
  printPairs(terminal, [
    ["Reference", booking.reference],
    secret,
    ["When", `${formatStretch(run.localStart, run.localEnd)} (${run.timeZone})`],
    ["Where", run.venue === null ? run.deliveryMode : `${run.venue.name}, ${run.venue.city}`],
    ["Total", formatPrice(booking.total)],
    ["Status", booking.status.replaceAll("_", " ")],
  ]);
  return EXIT.ok;
}
