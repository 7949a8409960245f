import { kept } from "./locale.ts";

const numbers = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

/** `12,500`, `−3`. */
export function formatNumber(value: number): string {
  return withMinus(numbers({ maximumFractionDigits: 1 }).format(value));
}

/** `12.5K`, for where there is little room. */
export function formatShortNumber(value: number): string {
  return withMinus(numbers({ notation: "compact", maximumFractionDigits: 1 }).format(value));
}

/** `87.5%` of 0.875. */
export function formatPercent(ratio: number): string {
  return withMinus(numbers({ style: "percent", maximumFractionDigits: 1 }).format(ratio));
}

/** `+12%` of 0.12: how much more, or `−12%` less. */
export function formatDifference(ratio: number): string {
  return withMinus(
    numbers({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(
      ratio,
    ),
  );
}

/** English data has a hyphen there. */
function withMinus(text: string): string {
  return text.replace("-", "−");
}
