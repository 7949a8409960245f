import { FORMAT_LOCALE } from "./locale.ts";

const UNITS = ["byte", "kilobyte", "megabyte"] as const;
const STEP = 1000;

/** `1.2 MB`: how large something is. */
export function formatBytes(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return new Intl.NumberFormat(FORMAT_LOCALE, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    maximumFractionDigits: 1,
  }).format(bytes / STEP ** step);
}
