import type { Row } from "./bench.ts";
import { bookingRows } from "./bookings.ts";
import { growthRow } from "./growth.ts";
import { loggingRow } from "./logging.ts";
import { readRows } from "./reads.ts";
import { signInStormRow } from "./sign-in-storm.ts";
import { signedInRow } from "./signed-in.ts";
import { typesRow } from "./types.ts";

/** All rows, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...readRows,
  signedInRow,
  signInStormRow,
  loggingRow,
  ...bookingRows,
  growthRow,
  typesRow,
];
