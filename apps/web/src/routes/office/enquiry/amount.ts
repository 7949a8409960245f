import type { Money } from "@lectern/contract/primitives";
import { minorUnits } from "../../../format/money.ts";

/** @returns the number that somebody typed, with a comma or spaces where they are used to them; NaN for none */
export function readNumber(text: string): number {
  const plain = text.replaceAll(/\s/gu, "").replace(",", ".");
  return plain === "" ? Number.NaN : Number(plain);
}

/** @returns an amount of money in minor units; NaN for what is no number */
export function readAmount(text: string, currency: string): number {
  return Math.round(readNumber(text) * minorUnits(currency));
}

/** @returns an amount as it stands in a field, without its currency: `12500`, `12500.5` */
export function writeAmount({ amount, currency }: Money): string {
  return String(amount / minorUnits(currency));
}

const CURRENCY = /^[A-Z]{3}$/u;

/** @returns whether something may be the code of a currency: of others, `Intl` does not know the minor units */
export function isCurrency(text: string): boolean {
  return CURRENCY.test(text);
}
