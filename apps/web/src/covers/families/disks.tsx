import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Stacks of disks on a table. */
export function disks({ random, inks, width, height }: Canvas): ReactNode {
  const stacks = between(random, 4, 5);
  const span = width / stacks;
  const radius = span * 0.4;
  const flat = radius * 0.34;
  const thick = tenths(13 + random() * 4);
  const table = height * 0.9;
  return (
    <>
      <rect y={tenths(height * 0.74)} width={width} height={height} fill={inks.tint} />
      {count(stacks).map((stack) => {
        const centre = tenths((stack + 0.5) * span);
        const depth = stack % 2 === 0 ? 0 : height * 0.07;
        const high = between(random, 2, Math.floor((table - depth - 34) / thick));
        const marked = between(random, 0, high - 1);
        return count(high).map((level) => {
          const top = tenths(table - depth - flat - (level + 1) * thick);
          const rx = tenths(radius);
          const ry = tenths(flat);
          const isMarked = level === marked;
          return (
            <g key={`${stack}-${level}`} stroke={inks.ink} strokeWidth={1.2}>
              <path
                d={`M${tenths(centre - radius)} ${top}v${thick}a${rx} ${ry} 0 0 0 ${tenths(radius * 2)} 0v${-thick}z`}
                fill={isMarked ? inks.spot : inks.ground}
              />
              <ellipse
                cx={centre}
                cy={top}
                rx={rx}
                ry={ry}
                fill={isMarked ? inks.spot : level === high - 1 ? inks.tint : inks.ground}
              />
            </g>
          );
        });
      })}
    </>
  );
}
