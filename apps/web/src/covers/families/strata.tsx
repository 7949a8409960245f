import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Banks of cloud: rounded bars at different heights. */
export function strata({ random, inks, width, height }: Canvas): ReactNode {
  const rows = between(random, 7, 9);
  const thickness = height / rows;
  const colours = [inks.spot, inks.tint, inks.tint, inks.ink, inks.spot, "#ffffff"];
  return count(rows).flatMap((row) => {
    const bars = [];
    let left = -random() * width * 0.35;
    while (left < width) {
      const length = thickness * (1.6 + random() ** 1.4 * 7);
      const gap = thickness * (0.35 + random() * 3.2);
      bars.push(
        <rect
          key={`${row}-${bars.length}`}
          x={tenths(left)}
          y={tenths(row * thickness + thickness * 0.08)}
          width={tenths(length)}
          height={tenths(thickness * 0.84)}
          rx={tenths(thickness * 0.42)}
          fill={colours[between(random, 0, colours.length - 1)]}
        />,
      );
      left += length + gap;
    }
    return bars;
  });
}
