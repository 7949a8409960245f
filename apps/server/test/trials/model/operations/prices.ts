import { priceRulesIn } from "../engine/price-rules.ts";
import type { Kind } from "../operation.ts";
import { drawPrices } from "../plan.ts";
import { type Code, type PriceList, type RunStatus, codeNamed } from "../rules/academy.ts";
import { usesOf } from "../rules/codes.ts";
import { once } from "../rules/keys.ts";
import { conflict } from "../rules/refusal.ts";
import { requireVersion } from "./runs.ts";
import { drawRun } from "./shared.ts";

const CAN_BE_PRICED: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

interface SetPricesArgs {
  readonly run: string;
  readonly isOutdated: boolean;
  /** With times from now on. */
  readonly prices: PriceList;
}

/** The price list of a run is replaced: what is booked from then on costs something else. */
export const setPrices: Kind<SetPricesArgs> = {
  name: "setPrices",
  weight: 2,
  draw(dice, academy) {
    const run = drawRun(dice, academy, ({ status }) => CAN_BE_PRICED.includes(status));
    if (run === undefined) return undefined;
    return { run, isOutdated: dice.chance(4), prices: drawPrices(dice) };
  },
  rule(academy, args, step) {
    const request = { procedure: "setPrices", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = requireVersion(academy, args.run, args, step.id);
      if (!CAN_BE_PRICED.includes(run.status)) throw conflict("run", "wrong_state", run.status);
      const { earlyBird, ...prices } = args.prices;
      run.prices = {
        ...prices,
        earlyBird: earlyBird.map(({ until, ...rule }) => ({ ...rule, until: academy.now + until })),
      };
      run.version += 1;
      return { version: run.version };
    });
  },
  async call(world, args, step) {
    const { base, regions } = args.prices;
    const set = await world.doors.staff.prices.set.mutate({
      runId: world.names.idOf(args.run),
      version: world.remembered(step.id),
      price: base,
      taxCategory: "standard",
      rules: priceRulesIn(args.prices, (minutes) => world.clock.dateIn(minutes)),
      regions: regions.map((region) => ({ ...region, taxCategory: "standard" as const })),
      idempotencyKey: world.key(step.id),
    });
    return { version: set.version };
  },
  other: (args) => ({ ...args, prices: { ...args.prices, base: { amount: 1, currency: "NOK" } } }),
};

interface ChangeCodeArgs {
  readonly code: string;
  readonly maxUses: number | null;
  readonly isActive: boolean;
}

/** Staff change how often a code can be used, or whether at all. */
export const changeCode: Kind<ChangeCodeArgs> = {
  name: "changeCode",
  weight: 1,
  draw(dice, academy) {
    const code: Code | undefined = dice.oneOf([...academy.codes.values()]);
    if (code === undefined) return undefined;
    const maxUses = dice.pick(null, 0, 1, 2, 3);
    return { code: code.name, maxUses, isActive: dice.chance(75) };
  },
  rule(academy, args, step) {
    const { maxUses, isActive } = args;
    const code = codeNamed(academy, args.code);
    const request = { procedure: "changeCode", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const used = usesOf(academy, code);
      if (maxUses !== null && maxUses < used) {
        throw conflict("discount_code", "below_used", String(used));
      }
      code.maxUses = maxUses;
      code.isActive = isActive;
      return { used };
    });
  },
  async call(world, { code, maxUses, isActive }, step) {
    const { used } = await world.doors.staff.discounts.change.mutate({
      id: world.names.idOf(`${code} itself`),
      maxUses,
      isActive,
      idempotencyKey: world.key(step.id),
    });
    return { used };
  },
  other: (args) => ({ ...args, isActive: !args.isActive }),
};
