/** A stretch of days, as the address has it; nothing where it has no end. */
export interface Period {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const DAY = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;

function dayOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !DAY.test(value)) return undefined;
  // 31 February is none.
  const at = new Date(`${value}T00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value ? undefined : value;
}

/** @returns the period that an address names; what is no day in it is left out */
export function periodOf({ from, until }: Record<string, unknown>): Period {
  const [first, last] = [dayOf(from), dayOf(until)];
  return { ...(first && { from: first }), ...(last && { until: last }) };
}

/** @returns a calendar year */
export function yearOf(year: number): Required<Period> {
  return { from: `${year}-01-01`, until: `${year}-12-31` };
}
