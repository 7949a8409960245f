const DAY = 24 * 60 * 60_000;

/** Moments in the demo's past, counted back from the midnight (UTC) with which its today begins. */
export interface DemoClock {
  daysAgo(days: number): Date;
}

export function demoClock(today: Temporal.PlainDate): DemoClock {
  const midnight = today.toZonedDateTime("UTC").epochMilliseconds;
  return { daysAgo: (days) => new Date(midnight - Math.round(days * DAY)) };
}
