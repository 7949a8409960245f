import type { instructor, room, venue } from "@lectern/database/schema/scheduling";
import { firstNames, lastNames } from "../content/people.ts";
import { mix, numberedIds } from "./numbers.ts";
import type { BigPlan } from "./plan.ts";

/** The big academy's houses, rooms and people: some thousand rows, few enough to be kept. */
export interface SmallRows {
  readonly venues: (typeof venue.$inferInsert)[];
  readonly rooms: (typeof room.$inferInsert)[];
  readonly instructors: (typeof instructor.$inferInsert)[];
}

const ROOM_CAPACITY = 20;

export function smallRows(plan: BigPlan, milliseconds: number): SmallRows {
  const venueIds = numberedIds("venue", milliseconds);
  const roomIds = numberedIds("room", milliseconds);
  const instructorIds = numberedIds("instructor", milliseconds);
  const classrooms = plan.lanes.filter(({ mode }) => mode === "classroom");
  const houses = new Set(classrooms.map(({ house }) => house));

  return {
    venues: plan.houses
      .map((city, i) => ({
        id: venueIds(i),
        name: `Academy House ${i + 1}`,
        street: `${1 + (mix(i, 1) % 200)} Academy Street`,
        city: city.name,
        country: city.country,
        timeZone: city.timeZone,
      }))
      .filter((_, i) => houses.has(i)),
    rooms: classrooms.map(({ number, house }) => ({
      id: roomIds(number),
      venueId: venueIds(house),
      kind: "physical" as const,
      name: `Room ${number + 1}`,
      capacity: ROOM_CAPACITY,
    })),
    instructors: plan.lanes.map(({ number }) => {
      const first = firstNames[mix(number, 2) % firstNames.length] ?? "";
      const last = lastNames[mix(number, 3) % lastNames.length] ?? "";
      return {
        id: instructorIds(number),
        slug: `instructor-${number + 1}`,
        name: `${first} ${last}`,
      };
    }),
  };
}
