import type { Money } from "@lectern/contract/primitives";
import { toDecimal } from "../exchange/money.ts";

/** How values look in tables: the same everywhere, so that columns can be read and cut. */

/** @returns `2027-03-01 09:00 – 17:00`, or to a later day: `2027-03-01 09:00 – 03-03 17:00` */
export function formatStretch(localStart: string, localEnd: string): string {
  const start = localStart.replace("T", " ");
  const [day = "", time = ""] = localEnd.split("T");
  if (localStart.startsWith(day)) return `${start} – ${time}`;
  const isSameYear = localStart.startsWith(day.slice(0, 5));
  return `${start} – ${isSameYear ? day.slice(5) : day} ${time}`;
}

/** @returns `1250.00 EUR`, or that the price is on request */
export function formatPrice(price: Money | null): string {
  if (price === null) return "on request";
  return price.amount === 0 ? "free" : `${toDecimal(price)} ${price.currency}`;
}

/** @returns `1 course`, `2 courses` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
