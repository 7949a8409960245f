import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** An arc diagram: points on a line, and what connects them. */
export function arcs({ random, inks, width, height }: Canvas): ReactNode {
  const points = between(random, 9, 13);
  const step = width / (points + 1);
  const baseline = tenths(height * (0.62 + random() * 0.14));
  const strong = between(random, 0, 2);
  const links = count(between(random, 15, 20)).map((index) => {
    const from = between(random, 1, points - 1);
    const reach = Math.max(1, Math.round(random() ** 1.6 * (points - from)));
    const radius = tenths((reach * step) / 2);
    const start = tenths(from * step);
    const isBelow = random() < 0.24;
    return (
      <path
        key={index}
        d={`M${start} ${baseline}a${radius} ${isBelow ? tenths(radius * 0.5) : radius} 0 0 ${isBelow ? 0 : 1} ${tenths(reach * step)} 0`}
        fill="none"
        stroke={index % 4 === strong ? inks.spot : inks.ink}
        strokeWidth={index % 4 === strong ? 4 : 1.3}
      />
    );
  });
  return (
    <>
      <rect
        y={baseline}
        width={width}
        height={tenths(height - baseline)}
        fill={inks.tint}
        opacity={0.55}
      />
      {links}
      {count(points).map((index) => (
        <circle
          key={index}
          cx={tenths((index + 1) * step)}
          cy={baseline}
          r={tenths(2.4 + random() * 3.2)}
          fill={random() < 0.3 ? inks.spot : inks.ink}
        />
      ))}
    </>
  );
}
