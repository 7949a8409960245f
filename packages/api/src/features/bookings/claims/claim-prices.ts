import type { StoredPriceStep } from "@lectern/database/schema/bookings";
import { type Quote, quotePlaces } from "../../billing/quote-places.ts";
import type { RunPricing } from "../../billing/read-pricing.ts";

/** What claims of one run that go together in one statement were priced with, by region. */
export type Pricings = ReadonlyMap<string | null, RunPricing>;

/** What decides on the price of a claim. */
interface Wanted {
  readonly places: number;
  readonly region: string | null;
}

/** What each place of a claim costs. Without a discount all cost the same. */
interface Price {
  readonly quote: Quote;
  readonly amount: number | null;
  readonly explanation: readonly StoredPriceStep[];
}

/** The prices that claims of one run come to, each quoted once: those who want as many places pay the same. */
export class ClaimPrices {
  readonly #pricings: Pricings;
  readonly #at = new Date();
  readonly #positions = new Map<string, number>();
  readonly #prices: Price[] = [];
  readonly #versions = new Set<number>();
  /** When the first early bird ends that counts; `null` where none does. */
  validUntil: Date | null = null;

  constructor(pricings: Pricings) {
    this.#pricings = pricings;
  }

  /** @returns where the price of the claim's places stands, from 1 */
  positionFor({ places: wanted, region }: Wanted): number {
    const key = `${wanted} ${region}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const { pricing, version } = this.#pricingFor(region);
    this.#versions.add(version);
    const quote = quotePlaces(pricing, { places: wanted, at: this.#at, discount: null });
    const { validUntil, places } = quote;
    if (validUntil !== null && (this.validUntil === null || validUntil < this.validUntil)) {
      this.validUntil = validUntil;
    }
    const [{ amount, explanation } = { amount: null, explanation: [] }] = places;
    const position = this.#prices.push({ quote, amount, explanation });
    this.#positions.set(key, position);
    return position;
  }

  /** The version of the run's prices; `undefined` where they are of more than one. */
  get version(): number | undefined {
    const [version, ...others] = this.#versions;
    return others.length === 0 ? version : undefined;
  }

  at(position: number): Price {
    const price = this.#prices[position - 1];
    if (price === undefined) throw new RangeError(`There is no price ${position}`);
    return price;
  }

  columns() {
    return {
      amounts: this.#prices.map(({ amount }) => amount),
      currencies: this.#prices.map(({ quote }) => quote.currency),
      taxCategories: this.#prices.map(({ quote }) => quote.taxCategory),
      explanations: this.#prices.map(({ explanation }) => explanation),
    };
  }

  #pricingFor(region: string | null): RunPricing {
    const pricing = this.#pricings.get(region);
    if (pricing === undefined) throw new Error("A claim has to be priced before it is made");
    return pricing;
  }
}
