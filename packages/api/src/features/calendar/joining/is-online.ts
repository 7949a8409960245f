import { sql } from "drizzle-orm";

/** Of a run `r`, and its session in a room `room`, if it has one: people come to it from where they sit. */
export const IS_ONLINE = sql`coalesce(room.kind = 'virtual', r.delivery_mode = 'virtual')`;
