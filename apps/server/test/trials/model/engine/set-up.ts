import { createTestCourse, createTestRun } from "@lectern/api/testing/factories";
import type { Database } from "@lectern/database/connect";
import { discountCode, runPrice } from "@lectern/database/schema/prices";
import type { CodePlan, Plan, RunPlan } from "../plan.ts";
import { priceRulesIn } from "./price-rules.ts";
import { World } from "./world.ts";

/** @returns a world with what a history begins with, in which nothing else happens */
export async function setUp(db: Database, plan: Plan): Promise<World> {
  const world = new World(db);
  const courses = new Map<string, string>();
  const wanted = [...plan.runs, ...plan.codes].map(({ course }) => course);
  for (const name of new Set(wanted.filter((course) => course !== null))) {
    courses.set(name, (await createTestCourse(db)).id);
  }
  for (const run of plan.runs) await createRun(world, run, courses.get(run.course));
  await createCodes(world, plan.codes, courses);
  return world;
}

async function createRun(world: World, run: RunPlan, courseId: string | undefined): Promise<void> {
  const { db, clock, names } = world;
  const { prices } = run;
  const dateOrNull = (at: number | null) => (at === null ? null : clock.dateAt(at));
  const { id } = await createTestRun(db, {
    ...(courseId !== undefined && { courseId }),
    capacity: run.capacity,
    values: {
      status: run.status,
      visibility: run.visibility,
      timeZone: "UTC",
      startsAt: clock.dateAt(run.startsAt),
      endsAt: clock.dateAt(run.endsAt),
      localStart: wallClock(clock.dateAt(run.startsAt)),
      localEnd: wallClock(clock.dateAt(run.endsAt)),
      bookingOpensAt: dateOrNull(run.opensAt),
      bookingClosesAt: dateOrNull(run.closesAt),
      minPlaces: run.minPlaces,
      placesPerBooker: run.placesPerBooker,
      offerMinutes: run.offerMinutes,
      offerLeadMinutes: run.offerLeadMinutes,
      cancellationPolicy: {
        tiers: run.policy.map(({ daysBefore, feeBasisPoints, transferFeeBasisPoints }) => ({
          daysBefore,
          feeBasisPoints,
          ...(transferFeeBasisPoints !== null && { transferFeeBasisPoints }),
        })),
      },
      priceAmount: prices.base?.amount ?? null,
      priceCurrency: prices.base?.currency ?? null,
      priceRules: priceRulesIn(prices, (minutes) => clock.dateAt(minutes)),
    },
  });
  names.add(run.name, id);
  world.runIds.push(id);
  if (prices.regions.length === 0) return;
  await db.insert(runPrice).values(
    prices.regions.map(({ region, amount, currency }) => ({
      runId: id,
      region,
      amount,
      currency,
    })),
  );
}

/** @returns a wall-clock time of UTC, without its zone */
function wallClock(date: Date): string {
  return date.toISOString().slice(0, 16);
}

async function createCodes(
  { db, clock, names, tag, codeIds }: World,
  codes: readonly CodePlan[],
  courses: ReadonlyMap<string, string>,
): Promise<void> {
  if (codes.length === 0) return;
  const dateOrNull = (at: number | null) => (at === null ? null : clock.dateAt(at));
  const rows = codes.map((code) => {
    const id = crypto.randomUUID();
    const text = `${code.name}-${tag}`.toUpperCase();
    names.add(code.name, text);
    names.add(`${code.name} itself`, id);
    codeIds.push(id);
    const { value } = code;
    return {
      id,
      code: text,
      kind: value.kind,
      basisPoints: value.kind === "percent" ? value.basisPoints : null,
      amount: value.kind === "amount" ? value.amount : null,
      currency: value.kind === "amount" ? value.currency : null,
      courseId: (code.course === null ? undefined : courses.get(code.course)) ?? null,
      maxUses: code.maxUses,
      isActive: code.isActive,
      validFrom: dateOrNull(code.validFrom),
      validUntil: dateOrNull(code.validUntil),
    };
  });
  await db.insert(discountCode).values(rows);
}
