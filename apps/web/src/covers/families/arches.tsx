import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** An arcade: columns of nested arches. */
export function arches({ random, inks, width, height }: Canvas): ReactNode {
  const columns = between(random, 3, 5);
  const span = width / columns;
  return count(columns).map((column) => {
    const bands = between(random, 3, 5);
    const rise = height * (0.08 + random() * 0.42);
    const order =
      random() < 0.5 ? [inks.spot, inks.tint, inks.ink] : [inks.ink, inks.ground, inks.spot];
    return count(bands).map((band) => {
      const inset = (span / 2) * (band / bands);
      const left = column * span + inset;
      const radius = span / 2 - inset;
      const top = rise + inset;
      return (
        <path
          key={`${column}-${band}`}
          d={`M${tenths(left)} ${height}V${tenths(top + radius)}a${tenths(radius)} ${tenths(radius)} 0 0 1 ${tenths(radius * 2)} 0V${height}z`}
          fill={order[band % order.length]}
        />
      );
    });
  });
}
