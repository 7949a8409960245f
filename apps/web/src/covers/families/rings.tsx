import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Rings around one centre, each turned and open somewhere else. */
export function rings({ random, inks, width, height }: Canvas): ReactNode {
  const centreX = tenths(width * (0.3 + random() * 0.4));
  const centreY = tenths(height * (0.4 + random() * 0.25));
  const pitch = tenths(15 + random() * 5);
  const colours = [inks.ink, inks.spot, inks.tint];
  return (
    <>
      {count(between(random, 9, 11)).map((index) => {
        const radius = tenths((index + 1) * pitch);
        const around = 2 * Math.PI * radius;
        const open = 0.12 + random() * 0.5;
        return (
          <circle
            key={index}
            cx={centreX}
            cy={centreY}
            r={radius}
            fill="none"
            stroke={colours[between(random, 0, 2)]}
            strokeWidth={tenths(pitch * (random() < 0.35 ? 0.16 : 0.62))}
            strokeDasharray={`${tenths(around * (1 - open))} ${tenths(around * open)}`}
            transform={`rotate(${between(random, 0, 23) * 15} ${centreX} ${centreY})`}
          />
        );
      })}
      <circle cx={centreX} cy={centreY} r={tenths(pitch * 0.42)} fill={inks.spot} />
    </>
  );
}
