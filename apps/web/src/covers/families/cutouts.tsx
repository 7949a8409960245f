import { between, count, pick, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Cut paper: quarters, halves and rounds laid on a grid. */
export function cutouts({ random, inks, width, height }: Canvas): ReactNode {
  const rows = 3;
  const size = height / rows;
  const columns = Math.ceil(width / size);
  const full = tenths(size);
  const half = tenths(size / 2);
  const shapes = [
    `M0 0H${full}A${full} ${full} 0 0 1 0 ${full}z`,
    `M0 ${half}A${half} ${half} 0 0 1 ${full} ${half}z`,
    `M0 0H${full}L0 ${full}z`,
    `M${half} 0A${half} ${half} 0 0 1 ${half} ${full}A${half} ${half} 0 0 1 ${half} 0z`,
    `M0 0H${full}V${full}H0z`,
  ] as const;
  return count(rows).flatMap((row) =>
    count(columns).map((column) => {
      if (random() < 0.2) return null;
      const shape = pick(random, [
        shapes[0],
        shapes[0],
        shapes[1],
        shapes[2],
        shapes[3],
        shapes[4],
      ]);
      const colour = pick(random, [
        inks.spot,
        inks.tint,
        inks.ink,
        inks.spot,
        inks.tint,
        "#ffffff",
      ]);
      const turn = between(random, 0, 3) * 90;
      return (
        <path
          key={`${row}-${column}`}
          d={shape}
          fill={colour}
          transform={`translate(${tenths(column * size)} ${tenths(row * size)}) rotate(${turn} ${half} ${half})`}
        />
      );
    }),
  );
}
