import type { OccupancyFigures } from "@lectern/contract/reports";

/** @returns the share of places that are taken; of none, nothing */
export function shareOf({ taken, capacity }: OccupancyFigures): number {
  return capacity === 0 ? 0 : taken / capacity;
}

/** @returns the same in hundredths, to one place, for spreadsheets */
export function percentValue(figures: OccupancyFigures): number {
  return Math.round(shareOf(figures) * 1000) / 10;
}
