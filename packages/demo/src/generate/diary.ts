/**
 * Who and what is taken on which day. The smallest unit is the day: somebody who teaches a morning
 * is not asked to teach elsewhere in the afternoon.
 */
export class Diary {
  readonly #taken = new Map<string, Set<string>>();

  isFree(who: string, dates: readonly Temporal.PlainDate[]): boolean {
    const taken = this.#taken.get(who);
    return !taken || dates.every((date) => !taken.has(date.toString()));
  }

  take(who: string, dates: readonly Temporal.PlainDate[]): void {
    const taken = this.#taken.get(who) ?? new Set();
    for (const date of dates) taken.add(date.toString());
    this.#taken.set(who, taken);
  }

  daysTaken(who: string): number {
    return this.#taken.get(who)?.size ?? 0;
  }
}

/** The dates with the day before the first and the day after the last, for travelling. */
export function withTravel(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate[] {
  const first = dates[0];
  const last = dates.at(-1);
  if (!first || !last) return [];
  return [first.subtract({ days: 1 }), ...dates, last.add({ days: 1 })];
}
