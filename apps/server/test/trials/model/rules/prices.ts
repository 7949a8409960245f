import {
  type Booking,
  type Code,
  DAY,
  type Minutes,
  type PriceList,
  type PriceStep,
  type Run,
} from "./academy.ts";

/** What places cost, and what giving them up or moving them costs: whole minor units. */

/** What a percentage takes off: half a unit is rounded up. */
function share(amount: number, basisPoints: number): number {
  return Math.floor((amount * basisPoints + 5000) / 10_000);
}

export interface PlacePrice {
  readonly amount: number | null;
  readonly currency: string | null;
  readonly steps: readonly PriceStep[];
}

/** @returns the currency in which a run is sold to a country; `null`: on request */
export function currencyOf(prices: PriceList, region: string | null): string | null {
  return priceFor(prices, region)?.currency ?? null;
}

function priceFor(prices: PriceList, region: string | null) {
  return prices.regions.find((price) => price.region === region) ?? prices.base;
}

function best(rules: readonly { readonly basisPoints: number }[]): number {
  return Math.max(0, ...rules.map(({ basisPoints }) => basisPoints));
}

/** @returns the price of each of so many places that are booked together now, with how it came about */
export function quote(
  prices: PriceList,
  order: {
    readonly places: number;
    readonly region: string | null;
    readonly now: Minutes;
    readonly code: Code | null;
  },
): PlacePrice[] {
  const { places, region, now, code } = order;
  const price = priceFor(prices, region);
  if (price === null) {
    return Array.from({ length: places }, () => ({ amount: null, currency: null, steps: [] }));
  }
  const steps: PriceStep[] = [{ kind: "base", amount: price.amount }];
  let left = price.amount;
  function takeOff(kind: string, off: number): void {
    if (off === 0) return;
    left -= off;
    steps.push({ kind, amount: -off });
  }
  const earlyBirds = prices.earlyBird.filter(({ until }) => until > now);
  takeOff("early_bird", share(left, best(earlyBirds)));
  const volumes = prices.volume.filter(({ fromPlaces }) => fromPlaces <= places);
  takeOff("volume", share(left, best(volumes)));
  if (code?.value.kind === "percent") {
    takeOff("discount_code", share(left, code.value.basisPoints));
  }
  const off = code?.value.kind === "amount" ? Math.min(code.value.amount, left * places) : 0;
  return Array.from({ length: places }, (_, index) => {
    // To the last minor unit: the first places get what does not come out even.
    const part = Math.floor(off / places) + (index < off % places ? 1 : 0);
    return {
      amount: left - part,
      currency: price.currency,
      steps: part === 0 ? steps : [...steps, { kind: "discount_code", amount: -part }],
    };
  });
}

/** @returns what they add up to; `null` where one is on request */
export function totalOf(amounts: readonly (number | null)[]): number | null {
  let total = 0;
  for (const amount of amounts) {
    if (amount === null) return null;
    total += amount;
  }
  return total;
}

/** Whole days until the run begins. An operation comes a moment after the minute at which it is asked for. */
function noticeDays(run: Run, now: Minutes): number {
  return Math.ceil((run.startsAt - now) / DAY) - 1;
}

/** The fee of the tier with the most days that the notice reaches, in hundredths of a per cent. */
function feeBasisPoints(run: Run, now: Minutes, kind: "cancel" | "transfer"): number {
  if (run.policy.length === 0) return 0;
  const notice = noticeDays(run, now);
  const [tier] = run.policy
    .filter(({ daysBefore }) => daysBefore <= notice)
    .toSorted((a, b) => b.daysBefore - a.daysBefore);
  if (tier === undefined) return 10_000;
  return kind === "cancel"
    ? tier.feeBasisPoints
    : (tier.transferFeeBasisPoints ?? tier.feeBasisPoints);
}

/** @returns what the academy keeps of a price, and what it gives back */
export function cancelling(
  run: Run,
  now: Minutes,
  price: number | null,
): { fee: number | null; refund: number | null } {
  if (price === null) return { fee: null, refund: null };
  const fee = share(price, feeBasisPoints(run, now, "cancel"));
  return { fee, refund: price - fee };
}

export interface TransferMoney {
  readonly fee: number | null;
  readonly difference: number | null;
  readonly toPay: number | null;
  readonly refund: number | null;
}

/** @returns what moving costs: the fee of the old run's policy and the difference of the prices, settled against each other */
export function transferring(
  run: Run,
  now: Minutes,
  prices: { readonly old: number | null; readonly new: number | null; readonly isFree: boolean },
): TransferMoney {
  if (prices.old === null) return { fee: null, difference: null, toPay: null, refund: null };
  const fee = prices.isFree ? 0 : share(prices.old, feeBasisPoints(run, now, "transfer"));
  if (prices.new === null) return { fee, difference: null, toPay: null, refund: null };
  const difference = prices.new - prices.old;
  const balance = difference + fee;
  return { fee, difference, toPay: Math.max(balance, 0), refund: Math.max(0, -balance) };
}

/** @returns what the places cost that the booking still has; `null` where it has none */
export function totalOfBooking({ registrations }: Booking): number | null {
  const live = registrations.filter(
    ({ status }) => status !== "cancelled" && status !== "transferred",
  );
  return live.length === 0 ? null : totalOf(live.map(({ price }) => price));
}
