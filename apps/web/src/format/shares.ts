import { kept } from "./locale.ts";

const BASIS_POINTS = 10_000;

const formatter = kept(
  (locale, maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits }),
);

/** `12.5%` of 1250 basis points: a share of a price. */
export function formatShare(basisPoints: number): string {
  return formatter(2).format(basisPoints / BASIS_POINTS);
}
