import type { Fact, ScheduleFacts, StretchFacts } from "../facts.ts";
import { isNode } from "../../exchange/json-node.ts";
import { type Placed, resolve, textOf, valueOf, valuesOf } from "./node.ts";

/** @returns the sittings that are listed one by one */
export function readSubEvents({ node, index }: Placed): StretchFacts[] {
  const field = "subEvent";
  return valuesOf(node, field).flatMap((value) => {
    const event = resolve(value, index);
    if (!isNode(event)) return [];
    const fact = (property: string): Fact | undefined => {
      const text = textOf(valueOf(event, property));
      return text === undefined ? undefined : { value: text, field };
    };
    const start = fact("startDate");
    return start === undefined ? [] : [{ start, end: fact("endDate"), duration: fact("duration") }];
  });
}

/** @returns the pattern of sittings, and the time zone that it names */
export function readSchedule({
  node,
  index,
}: Placed): { facts: ScheduleFacts; timeZone: Fact | undefined } | undefined {
  const field = valueOf(node, "courseSchedule") === undefined ? "eventSchedule" : "courseSchedule";
  const [schedule, another] = valuesOf(node, field).map((value) => resolve(value, index));
  if (!isNode(schedule)) return undefined;
  const text = (property: string) => textOf(valueOf(schedule, property));
  const texts = (property: string) =>
    valuesOf(schedule, property).flatMap((value) => textOf(value) ?? []);
  const zone = text("scheduleTimezone");
  return {
    timeZone: zone === undefined ? undefined : { value: zone, field },
    facts: {
      field,
      startDate: text("startDate") ?? textOf(valueOf(node, "startDate"))?.slice(0, 10),
      endDate: text("endDate") ?? textOf(valueOf(node, "endDate"))?.slice(0, 10),
      startTime: text("startTime"),
      endTime: text("endTime"),
      byDay: texts("byDay"),
      repeatCount: text("repeatCount"),
      // Of several schedules, none is the whole truth.
      repeatFrequency: another === undefined ? text("repeatFrequency") : "several",
      exceptDates: texts("exceptDate"),
    },
  };
}
