import type { Row } from "./bench.ts";
import { bookingRows } from "./bookings.ts";
import { growthRow } from "./growth.ts";
import { loggingRow } from "./logging.ts";
import { readRows } from "./reads.ts";
import { typesRow } from "./types.ts";

/** All rows, in the order of the table. */
export const ROWS: readonly Row[] = [...readRows, loggingRow, ...bookingRows, growthRow, typesRow];
