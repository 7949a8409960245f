import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { minorUnits } from "../../../format/money.ts";
import { readersTimeZone } from "../../../browser/reader.ts";
import type { SchedulingOptions } from "./resource-rows.tsx";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
const WORKING_DAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];

/** What a form about new dates has in its fields, as it was typed. */
export interface Plan {
  readonly courseId: string;
  readonly courseTitle: string;
  readonly deliveryMode: DeliveryMode;
  readonly venueId: string;
  readonly roomId: string;
  readonly instructorIds: readonly string[];
  readonly timeZone: string;
  readonly language: string;
  readonly from: string;
  readonly sessions: string;
  readonly start: string;
  readonly end: string;
  readonly weekdays: readonly Weekday[];
  readonly skipsHolidays: boolean;
  readonly capacity: string;
  readonly minPlaces: string;
  readonly price: string;
  readonly currency: string;
  readonly status: "draft" | "tentative" | "confirmed";
  readonly visibility: "public" | "private";
  /** For which company it is kept, where it is private. */
  readonly organisationId: string | undefined;
}

/** @param organisationId that it is to be kept for */
export function emptyPlan(day: string, organisationId?: string): Plan {
  return {
    courseId: "",
    courseTitle: "",
    deliveryMode: "classroom",
    venueId: "",
    roomId: "",
    instructorIds: [],
    timeZone: readersTimeZone() ?? "Europe/Oslo",
    language: "en",
    from: day,
    sessions: "1",
    start: "09:00",
    end: "16:00",
    weekdays: WORKING_DAYS,
    skipsHolidays: true,
    capacity: "12",
    minPlaces: "0",
    price: "",
    currency: "NOK",
    status: "confirmed",
    visibility: organisationId === undefined ? "public" : "private",
    organisationId,
  };
}

/** @returns the number in a field, `undefined` when it is empty, not a number when it is none */
export function numberOf(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text.replace(",", "."));
}

function venueOf(plan: Plan, options: SchedulingOptions | undefined) {
  return options?.venues.find(
    ({ id, rooms }) => id === plan.venueId || rooms.some((room) => room.id === plan.roomId),
  );
}

/** @returns where, with whom and for how many, as the API asks for it */
export function teachingOf(plan: Plan) {
  const { courseId, deliveryMode, venueId, roomId, instructorIds, timeZone } = plan;
  return {
    ...(courseId !== "" && { courseId }),
    deliveryMode,
    ...(venueId !== "" && { venueId }),
    ...(roomId !== "" && { roomId }),
    instructorIds: [...instructorIds],
    timeZone,
    capacity: numberOf(plan.capacity),
  };
}

/** @returns how the sessions of one date follow each other */
export function sittingsOf(plan: Plan, options: SchedulingOptions | undefined) {
  const country = venueOf(plan, options)?.country;
  return {
    sessions: numberOf(plan.sessions),
    start: plan.start,
    end: plan.end,
    weekdays: [...plan.weekdays],
    ...(plan.skipsHolidays && country !== undefined && { skipHolidaysOf: { country } }),
  };
}

/** @returns who may book, and for how much */
export function saleOf(plan: Plan) {
  const { language, price, currency, minPlaces, status, visibility, organisationId } = plan;
  const amount = numberOf(price);
  const isCurrency = /^[A-Z]{3}$/u.test(currency);
  return {
    language,
    minPlaces: numberOf(minPlaces) ?? 0,
    price:
      amount === undefined
        ? null
        : { amount: Math.round(amount * (isCurrency ? minorUnits(currency) : 1)), currency },
    status,
    visibility,
    ...(visibility === "private" && organisationId !== undefined && { organisationId }),
  };
}
