import type { ReactNode } from "react";
import type { Inks } from "./palette.ts";
import type { Random } from "./random.ts";

/** What a motif draws on, and with. */
export interface Canvas {
  readonly random: Random;
  readonly inks: Inks;
  readonly width: number;
  readonly height: number;
}

/** Draws the inside of a cover. The same random numbers give the same drawing. */
export type Motif = (canvas: Canvas) => ReactNode;
