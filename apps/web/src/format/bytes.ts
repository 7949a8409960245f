import { kept } from "./locale.ts";

const UNITS = ["byte", "kilobyte", "megabyte"] as const;
const STEP = 1000;

const formatter = kept(
  (locale, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }),
);

/** `1.2 MB`: how large something is. */
export function formatBytes(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return formatter(UNITS[step] ?? "byte").format(bytes / STEP ** step);
}
