import type { Money } from "@lectern/contract/primitives";
import {
  type Dinero,
  add,
  allocate,
  dinero,
  halfUp,
  minimum,
  multiply,
  subtract,
  toSnapshot,
  transformScale,
} from "dinero.js";
import * as currencies from "dinero.js/currencies";

/**
 * Arithmetic of money: whole minor units in and out, whatever the currency's number of decimals.
 * Two currencies never meet: dinero.js throws.
 */

/** Hundredths of a per cent: the scale of a factor in basis points. */
const BASIS_POINT_SCALE = 4;

const byCode = new Map(Object.entries(currencies));

/** The usual number of decimals, for a currency that ISO 4217 has no longer: only its display minds. */
const USUAL_EXPONENT = 2;

function toDinero({ amount, currency }: Money): Dinero<number> {
  return dinero({
    amount,
    currency: byCode.get(currency) ?? { code: currency, base: 10, exponent: USUAL_EXPONENT },
  });
}

function toMoney(value: Dinero<number>): Money {
  const { amount, currency } = toSnapshot(value);
  return { amount, currency: currency.code };
}

export function addMoney(a: Money, b: Money): Money {
  return toMoney(add(toDinero(a), toDinero(b)));
}

/** @returns a less b: below zero when b is more */
export function subtractMoney(a: Money, b: Money): Money {
  return toMoney(subtract(toDinero(a), toDinero(b)));
}

/** @param times a whole number */
export function multiplyMoney(money: Money, times: number): Money {
  return toMoney(multiply(toDinero(money), times));
}

export function lesserOf(a: Money, b: Money): Money {
  return toMoney(minimum([toDinero(a), toDinero(b)]));
}

/**
 * A part of an amount.
 *
 * @param basisPoints hundredths of a per cent, 0 to 10,000
 * @returns whole minor units; half a unit is rounded up
 */
export function shareOf(money: Money, basisPoints: number): Money {
  const whole = toDinero(money);
  const exact = multiply(whole, { amount: basisPoints, scale: BASIS_POINT_SCALE });
  return toMoney(transformScale(exact, toSnapshot(whole).scale, halfUp));
}

/**
 * Spreads an amount over equal parts without losing a unit.
 *
 * @param parts how many, at least one
 * @returns parts that add up to the amount and differ by one minor unit at most
 */
export function spreadEvenly(money: Money, parts: number): Money[] {
  const ratios = Array.from({ length: parts }, () => 1);
  return allocate(toDinero(money), ratios).map(toMoney);
}
