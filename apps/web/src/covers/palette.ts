/** The inks that a cover is printed with. */
export interface Inks {
  /** The paper, or what covers it. */
  readonly ground: string;
  readonly ink: string;
  /** The strong colour. */
  readonly spot: string;
  /** Between ground and spot. */
  readonly tint: string;
}

/** A topic's inks, and the same exchanged: a shelf of one topic belongs together without being uniform. */
export type Printing = readonly [Inks, Inks];

function printing(paper: string, ink: string, spot: string, tint: string): Printing {
  return [
    { ground: paper, ink, spot, tint },
    { ground: tint, ink, spot, tint: paper },
  ];
}

function darkPrinting(night: string, light: string, spot: string, tint: string): Printing {
  return [
    { ground: night, ink: light, spot, tint },
    { ground: tint, ink: light, spot, tint: night },
  ];
}

export const PRINTINGS = {
  brick: printing("#efe6d6", "#23201c", "#c8502c", "#dfc6a4"),
  iris: printing("#e9e5f2", "#1f1b3a", "#5b45c2", "#c6bce6"),
  sky: printing("#e2edf2", "#14303f", "#2b7fae", "#b3d3e2"),
  amber: printing("#f3e8d2", "#33230f", "#b9711a", "#e6c88f"),
  fern: printing("#e4ecdd", "#16301f", "#3c7d4b", "#b9d2ae"),
  rose: printing("#f4e4df", "#3a1620", "#b93a4e", "#e6b6ae"),
  navy: darkPrinting("#18233f", "#f0e9da", "#e8a33d", "#24345c"),
  pine: darkPrinting("#16302b", "#efe7d2", "#d9b25f", "#1f443c"),
  lemon: printing("#f6ebc4", "#2b2616", "#d9582f", "#f0cf63"),
  lagoon: printing("#dcebe8", "#0f3534", "#14807a", "#a5d1ca"),
} as const satisfies Record<string, Printing>;
