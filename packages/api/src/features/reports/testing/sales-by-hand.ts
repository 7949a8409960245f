import type {
  BookingFigures,
  BookingsReport,
  CancellationFigures,
  CancellationsReport,
  ReportDimension,
  ReportPeriod,
} from "@lectern/contract/reports";
import type { ReportFilter } from "../sums/looked-at.ts";
import {
  Counted,
  type Counts,
  type Event,
  type Rows,
  currenciesOf,
  found,
  halves,
  overTime,
  sum,
} from "./counted.ts";

function saleEvents({ bookings, registrations, changes, runs, choices }: Rows): Event[] {
  const events: Event[] = [];
  const runOf = (id: string) => found(runs, (run) => run.id === id);
  for (const one of bookings) {
    const run = runOf(one.runId);
    const isCompany = one.organisationId !== null || one.bookerCompany !== null;
    const own = registrations.filter(({ bookingId }) => bookingId === one.id);
    if (one.confirmedAt !== null) {
      const sold = own.filter(({ status }) => status !== "reserved");
      const codes = sold.map(({ priceCurrency }) => priceCurrency);
      const priced = [...new Set(codes.filter((code) => code !== null))].toSorted();
      // What is on request comes last.
      const all = codes.includes(null) || priced.length === 0 ? [...priced, null] : priced;
      for (const [index, currency] of all.entries()) {
        const amount = sold
          .filter(({ priceCurrency }) => priceCurrency === currency)
          .reduce((total, { priceAmount }) => total + (priceAmount ?? 0), 0);
        const [bookings, places] = index === 0 ? [1, one.places] : [0, 0];
        const counts: Counts =
          one.originId === null
            ? { bookings, places, booked: amount }
            : { movedPlaces: places, moved: amount };
        events.push({ at: one.confirmedAt, run, isCompany, currency, counts });
      }
    }
    for (const place of own) {
      const base = { run, isCompany, currency: place.priceCurrency };
      const ofPlace = changes.filter(({ registrationId }) => registrationId === place.id);
      for (const change of ofPlace) {
        const counts: Counts =
          change.kind === "transfer"
            ? { movedPlaces: -1, moved: (change.feeAmount ?? 0) - (place.priceAmount ?? 0) }
            : { givenBack: change.refundAmount ?? 0 };
        events.push({ ...base, at: change.createdAt, counts });
      }
      const { cancelledAt } = place;
      if (place.status !== "cancelled" || cancelledAt === null) continue;
      if (one.confirmedAt === null || cancelledAt < one.confirmedAt) continue;
      const change = ofPlace.find(({ kind }) => kind === "cancellation");
      const choice = choices.find(({ registrationId }) => registrationId === place.id);
      const byAcademy = choice?.kind === "run_rescheduled" ? choice.kind : "run_cancelled";
      const cause =
        change === undefined || change.decidedBy === "academy" ? byAcademy : change.decidedBy;
      const given = Math.floor((run.startsAt.getTime() - cancelledAt.getTime()) / 86_400_000);
      const noticed = cause === "run_cancelled" ? given : (change?.noticeDays ?? given);
      const noticeDays = Math.max(0, noticed);
      events.push({
        ...base,
        at: cancelledAt,
        cause,
        noticeFrom: [30, 14, 7, 1].find((from) => noticeDays >= from) ?? 0,
        counts: {
          cancelledPlaces: 1,
          unsettled: change === undefined ? 1 : 0,
          noticeDays,
          fee: change?.feeAmount ?? 0,
          refund: change?.refundAmount ?? 0,
        },
      });
    }
  }
  return events;
}

function bookingFigures(events: readonly Event[]): BookingFigures {
  return {
    bookings: sum(events, "bookings"),
    places: sum(events, "places"),
    cancelledPlaces: sum(events, "cancelledPlaces"),
    movedPlaces: sum(events, "movedPlaces"),
    revenue: currenciesOf(events).map((currency) => {
      const own = events.filter((event) => event.currency === currency);
      const [booked, moved, givenBack] = [
        sum(own, "booked"),
        sum(own, "moved"),
        sum(own, "givenBack"),
      ];
      return { currency, booked, givenBack, moved, net: booked + moved - givenBack };
    }),
  };
}

function keysBy(counted: Counted, by: ReportDimension) {
  return ({ run, isCompany }: Event): { value: string; country: string | null }[] => {
    const { city, country } = counted.placeOf(run);
    switch (by) {
      case "topic": {
        const slugs = counted.topicsOf(run);
        return (slugs.length === 0 ? [""] : slugs).map((value) => ({ value, country: null }));
      }
      case "city":
        return [{ value: city, country: country || null }];
      case "country":
        return [{ value: country, country: null }];
      case "delivery_mode":
        return [{ value: run.deliveryMode, country: null }];
      case "booker":
        return [{ value: isCompany ? "company" : "individual", country: null }];
    }
  };
}

export function bookingsByHand(
  rows: Rows,
  period: ReportPeriod,
  filter: ReportFilter,
  by: ReportDimension,
): BookingsReport {
  const counted = new Counted(rows, saleEvents(rows), period, filter);
  const keysOf = keysBy(counted, by);
  const keys = new Map(
    counted
      .get(() => true)
      .flatMap(keysOf)
      .map((key) => [JSON.stringify(key), key]),
  );
  return {
    period,
    by,
    ...overTime(counted, period, bookingFigures),
    rows: [...keys].map(([id, { value, country }]) => ({
      key: { value, label: value, country },
      ...halves(
        counted,
        (event) => keysOf(event).some((key) => JSON.stringify(key) === id),
        bookingFigures,
      ),
    })),
  };
}

export function cancellationsByHand(
  rows: Rows,
  period: ReportPeriod,
  filter: ReportFilter,
  by: ReportDimension,
): CancellationsReport {
  const counted = new Counted(rows, saleEvents(rows), period, filter);
  const now = counted.get((_, number) => number >= 0);
  const figures = (events: readonly Event[]): CancellationFigures => {
    const ended = events.filter(({ cause }) => cause !== undefined);
    return {
      places: sum(ended, "cancelledPlaces"),
      unsettled: sum(ended, "unsettled"),
      noticeDays: sum(ended, "noticeDays"),
      costs: currenciesOf(ended).map((currency) => {
        const own = ended.filter((event) => event.currency === currency);
        return { currency, fee: sum(own, "fee"), refund: sum(own, "refund") };
      }),
    };
  };
  const booked = halves(
    counted,
    () => true,
    (events) => sum(events, "places"),
  );
  const keysOf = keysBy(counted, by);
  const keys = new Map(now.flatMap(keysOf).map((key) => [JSON.stringify(key), key]));
  return {
    period,
    by,
    ...overTime(counted, period, figures),
    bookedPlaces: booked.figures,
    bookedPlacesBefore: booked.before,
    causes: (["booker", "staff", "run_cancelled", "run_rescheduled"] as const).map((cause) => ({
      cause,
      ...halves(counted, (event) => event.cause === cause, figures),
    })),
    notice: [0, 1, 7, 14, 30].map((from) => ({
      from,
      ...halves(counted, (event) => event.noticeFrom === from, figures),
    })),
    rows: [...keys].map(([id, { value, country }]) => {
      const own = now.filter((event) => keysOf(event).some((key) => JSON.stringify(key) === id));
      return {
        key: { value, label: value, country },
        figures: figures(own),
        bookedPlaces: sum(own, "places"),
      };
    }),
  };
}
