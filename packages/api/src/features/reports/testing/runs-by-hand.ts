import type {
  DemandFigures,
  DemandReport,
  EnquiriesReport,
  EnquiryFigures,
  OccupancyFigures,
  OccupancyReport,
  ReportPeriod,
} from "@lectern/contract/reports";
import type { ReportFilter } from "../sums/looked-at.ts";
import {
  Counted,
  type Event,
  type Rows,
  currenciesOf,
  found,
  halves,
  overTime,
  stepOf,
  sum,
} from "./counted.ts";

export function occupancyByHand(
  rows: Rows,
  period: ReportPeriod,
  filter: ReportFilter,
  withTentative: boolean,
): OccupancyReport {
  const events = rows.runs
    .filter(({ status }) => status !== "draft" && status !== "cancelled")
    .filter(({ status }) => withTentative || status !== "tentative")
    .flatMap((run): Event[] => {
      const seats = rows.capacities.find(({ runId }) => runId === run.id);
      if (seats === undefined) return [];
      const counts = { runs: 1, capacity: seats.capacity, taken: seats.taken };
      return [{ at: run.startsAt, run, isCompany: false, currency: null, counts }];
    });
  const counted = new Counted(rows, events, period, filter);
  const figures = (those: readonly Event[]): OccupancyFigures => ({
    runs: sum(those, "runs"),
    capacity: sum(those, "capacity"),
    taken: sum(those, "taken"),
  });
  const cityOf = ({ run }: Event) => {
    const { city, country } = counted.placeOf(run);
    return { value: city, label: city, country: country || null };
  };
  const topicsOf = ({ run }: Event) => {
    const slugs = counted.topicsOf(run);
    return (slugs.length === 0 ? [""] : slugs).map((value) => ({
      value,
      label: value,
      country: null,
    }));
  };
  const unique = <Key>(keys: readonly Key[]) => [
    ...new Map(keys.map((key) => [JSON.stringify(key), key])).values(),
  ];
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const all = counted.get(() => true);
  const now = counted.get((_, number) => number >= 0);
  const pairs = now.flatMap((event) =>
    topicsOf(event).map((topicKey) => ({ city: cityOf(event), topic: topicKey })),
  );
  return {
    period,
    ...overTime(counted, period, figures),
    cities: unique(all.map(cityOf)).map((key) => ({
      key,
      ...halves(counted, (event) => same(cityOf(event), key), figures),
    })),
    topics: unique(all.flatMap(topicsOf)).map((key) => ({
      key,
      ...halves(counted, (event) => topicsOf(event).some((one) => same(one, key)), figures),
    })),
    cells: unique(pairs).map((pair) => ({
      ...pair,
      figures: figures(
        now.filter(
          (event) =>
            same(cityOf(event), pair.city) && topicsOf(event).some((one) => same(one, pair.topic)),
        ),
      ),
    })),
  };
}

export function demandByHand(rows: Rows, period: ReportPeriod, filter: ReportFilter): DemandReport {
  const events = rows.entries.map((entry): Event => {
    const run = found(rows.runs, ({ id }) => id === entry.runId);
    const unmetPlaces = entry.quantity - (entry.offeredQuantity ?? 0);
    return {
      at: entry.createdAt,
      run,
      isCompany: false,
      currency: run.priceCurrency,
      counts: {
        entries: 1,
        places: entry.quantity,
        offered: entry.offeredAt === null ? 0 : 1,
        [entry.status]: 1,
        unmetPlaces,
        unmet: unmetPlaces * (run.priceAmount ?? 0),
        ...(entry.status === "offered" && { offered: 1 }),
      },
    };
  });
  const counted = new Counted(rows, events, period, filter);
  const figures = (those: readonly Event[]): DemandFigures => ({
    entries: sum(those, "entries"),
    places: sum(those, "places"),
    offered: sum(those, "offered"),
    accepted: sum(those, "accepted"),
    declined: sum(those, "declined"),
    lapsed: sum(those, "lapsed"),
    waiting: sum(those, "waiting"),
    unmetPlaces: sum(those, "unmetPlaces"),
    unmet: currenciesOf(those).map((currency) => ({
      currency,
      amount: sum(
        those.filter((event) => event.currency === currency),
        "unmet",
      ),
    })),
  });
  const now = counted.get((_, number) => number >= 0);
  const groups = Map.groupBy(now, ({ run }) =>
    JSON.stringify([run.courseId, counted.placeOf(run)]),
  );
  return {
    period,
    ...overTime(counted, period, figures),
    rows: [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { slug, title } = found(rows.courses, ({ id }) => id === first.run.courseId);
      const { city, country } = counted.placeOf(first.run);
      return [
        {
          course: { value: slug, label: title, country: null },
          city: { value: city, label: city, country: country || null },
          figures: figures(group),
        },
      ];
    }),
    isComplete: true,
  };
}

export function enquiriesByHand(rows: Rows, period: ReportPeriod): EnquiriesReport {
  const all = rows.enquiries
    .filter(({ status }) => status !== "spam")
    .map((one) => ({ ...one, number: stepOf(one.createdAt, period) }));
  const figures = (those: typeof all): EnquiryFigures => {
    const waits = those
      .flatMap(({ answeredAt, createdAt }) =>
        answeredAt === null ? [] : [(answeredAt.getTime() - createdAt.getTime()) / 1000],
      )
      .toSorted((one, other) => one - other);
    const [low, high] = [waits[Math.floor((waits.length - 1) / 2)], waits[waits.length >> 1]];
    return {
      received: those.length,
      answered: those.filter(({ status, answeredAt }) => status !== "new" || answeredAt !== null)
        .length,
      quoted: those.filter(({ status, quotedAt }) => status === "quoted" || quotedAt !== null)
        .length,
      won: those.filter(({ status }) => status === "won").length,
      lost: those.filter(({ status }) => status === "lost").length,
      medianAnswerSeconds: low === undefined || high === undefined ? null : (low + high) / 2,
    };
  };
  const of = (is: (number: number) => boolean, kind?: string) =>
    figures(
      all.filter(
        (one) =>
          one.number !== undefined && is(one.number) && (kind === undefined || one.kind === kind),
      ),
    );
  return {
    period,
    total: of((number) => number >= 0),
    totalBefore: of((number) => number < 0),
    series: period.steps.map((_, index) => of((number) => number === index)),
    seriesBefore: period.before.steps.map((_, index) => of((number) => number === -1 - index)),
    kinds: (["contact", "company", "private_course"] as const).map((kind) => ({
      kind,
      figures: of((number) => number >= 0, kind),
      before: of((number) => number < 0, kind),
    })),
  };
}
