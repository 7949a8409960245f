import type { Money } from "@lectern/contract/primitives";

/** Minor units into decimals and back: by digits, never by floats. */

/** @returns how many digits a currency has after the point (ISO 4217), as the runtime's data says */
export function minorDigits(currency: string): number {
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** @returns the amount in whole units, such as `1250.00` */
export function toDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** @returns the minor units of a decimal such as `1250.5`; `undefined` if it has too many digits */
export function fromDecimal(decimal: string, currency: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d*))?$/u.exec(decimal);
  if (match === null) return undefined;
  const [, whole = "0", fraction = ""] = match;
  const digits = minorDigits(currency);
  const significant = fraction.replace(/0+$/u, "");
  if (significant.length > digits) return undefined;
  const amount = Number(`${whole}${significant.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
