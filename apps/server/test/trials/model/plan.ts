import type { Dice } from "./dice.ts";
import { type Academy, type Code, DAY, type PriceList, type Run } from "./rules/academy.ts";

/** What a history begins with. */
export interface Plan {
  readonly runs: readonly RunPlan[];
  readonly codes: readonly CodePlan[];
}

export type RunPlan = Readonly<Omit<Run, "version">>;
export type CodePlan = Readonly<Code>;

/** Few, so that they meet again. */
export const PEOPLE = ["ada", "bo", "cy", "dee", "eli"] as const;
export const REGIONS = [null, null, "NO", "GB", "DE"] as const;

const RUN_NAMES = ["A", "B", "C", "D"] as const;
/** When booking opens, where it is not open from the beginning. */
const OPENS_LATE = 30;

const COURSE_NAMES = ["first", "second"] as const;

/** The plainest run that there is. */
export const PLAIN_RUN = {
  course: "first",
  visibility: "public",
  status: "confirmed",
  startsAt: 40 * DAY,
  endsAt: 40 * DAY + 60,
  opensAt: null,
  closesAt: null,
  capacity: 2,
  minPlaces: 0,
  placesPerBooker: 20,
  offerMinutes: 60,
  offerLeadMinutes: 0,
  policy: [],
  prices: {
    base: { amount: 100_00, currency: "NOK" },
    earlyBird: [],
    volume: [],
    regions: [],
  },
} as const satisfies Omit<RunPlan, "name">;

export function drawPlan(dice: Dice): Plan {
  const runs = RUN_NAMES.slice(0, dice.between(2, 4)).map((name) => drawRun(dice, name));
  return { runs, codes: drawCodes(dice) };
}

function drawRun(dice: Dice, name: string): RunPlan {
  const startsAt = dice.pick(90, 6 * 60, DAY, 3 * DAY, 10 * DAY, 40 * DAY, 40 * DAY);
  const endsAt = startsAt + dice.pick(60, 120, 8 * 60);
  const closesAt = dice.chance(25) ? startsAt - dice.pick(5, 30, 60) : null;
  const opensAt = dice.chance(10) && (closesAt ?? startsAt) > OPENS_LATE ? OPENS_LATE : null;
  const capacity = dice.chance(10) ? dice.pick(0, 12) : dice.between(1, 7);
  return {
    name,
    course: dice.chance(75) ? COURSE_NAMES[0] : COURSE_NAMES[1],
    visibility: dice.chance(88) ? "public" : "private",
    status: dice.chance(5) ? "draft" : dice.pick("confirmed", "confirmed", "tentative"),
    startsAt,
    endsAt,
    opensAt,
    closesAt,
    capacity,
    minPlaces: dice.pick(0, 1, 2, 3),
    placesPerBooker: dice.pick(2, 3, 5, 20, 20),
    offerMinutes: dice.pick(10, 30, 60, DAY),
    offerLeadMinutes: dice.pick(0, 0, 60, 120),
    policy: drawPolicy(dice),
    prices: drawPrices(dice),
  };
}

function drawPolicy(dice: Dice): RunPlan["policy"] {
  if (dice.chance(30)) return [];
  return [
    { daysBefore: 14, feeBasisPoints: 0, transferFeeBasisPoints: null },
    { daysBefore: 2, feeBasisPoints: 5000, transferFeeBasisPoints: dice.pick(null, 1250) },
    { daysBefore: dice.pick(0, 1), feeBasisPoints: 9999, transferFeeBasisPoints: 10_000 },
  ];
}

export function drawPrices(dice: Dice, now = 0): PriceList {
  if (dice.chance(8)) return { ...PLAIN_RUN.prices, base: null };
  const amount = dice.pick(0, 1, 99, 100_00, 100_00, 12_345_67);
  return {
    base: { amount, currency: dice.chance(94) ? "NOK" : "SEK" },
    earlyBird: dice.chance(25)
      ? [
          { until: now + 60, basisPoints: 1000 },
          { until: now + 2 * DAY, basisPoints: dice.pick(333, 1500) },
        ]
      : [],
    volume: dice.chance(30)
      ? [
          { fromPlaces: 2, basisPoints: 500 },
          { fromPlaces: 4, basisPoints: 2501 },
        ]
      : [],
    regions: dice.chance(40) ? [{ region: "GB", amount: 87_65, currency: "GBP" }] : [],
  };
}

function drawCodes(dice: Dice): CodePlan[] {
  const plain = { course: null, validFrom: null, validUntil: null, isActive: true } as const;
  return [
    {
      ...plain,
      name: "TEN",
      value: { kind: "percent", basisPoints: 1000 },
      maxUses: dice.pick(1, 2, null),
    },
    {
      ...plain,
      name: "OFF",
      value: { kind: "amount", amount: dice.pick(1, 50_00, 1_000_000), currency: "NOK" },
      maxUses: dice.pick(1, 1, 3),
    },
    {
      ...plain,
      name: "ODD",
      value: { kind: "percent", basisPoints: 3333 },
      course: dice.pick(null, ...COURSE_NAMES),
      validFrom: dice.chance(30) ? 60 : null,
      validUntil: dice.chance(50) ? 2 * DAY : null,
      maxUses: dice.pick(2, null),
      isActive: dice.chance(90),
    },
  ];
}

/** @returns the academy of a plan before anything has happened in it */
export function openAcademy({ runs, codes }: Plan): Academy {
  return {
    now: 0,
    runs: new Map(runs.map((run) => [run.name, { ...run, version: 1 }])),
    bookings: new Map(),
    entries: new Map(),
    codes: new Map(codes.map((code) => [code.name, { ...code }])),
    blocks: new Map(),
    payments: new Map(),
    keys: new Map(),
    remembered: new Map(),
    taken: 0,
  };
}
