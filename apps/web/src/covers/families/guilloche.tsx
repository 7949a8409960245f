import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Rosettes of turned ellipses, as they keep banknotes from being copied. */
export function guilloche({ random, inks, width, height }: Canvas): ReactNode {
  const centreX = tenths(width * (0.36 + random() * 0.28));
  const centreY = tenths(height * 0.5);
  const rosettes = [
    { size: 0.94, lines: 16, colour: inks.ink, stroke: 0.6 },
    { size: 0.6, lines: 14, colour: inks.spot, stroke: 1 },
    { size: 0.3, lines: 10, colour: inks.ink, stroke: 0.8 },
  ];
  return (
    <>
      <circle cx={centreX} cy={centreY} r={tenths(height * 0.62)} fill={inks.tint} />
      {rosettes.map(({ size, lines, colour, stroke }) => {
        const rx = tenths(height * size * (0.82 + random() * 0.25));
        const ry = tenths(rx * (0.28 + random() * 0.34));
        const offset = between(random, 0, 11);
        return (
          <g key={size} fill="none" stroke={colour} strokeWidth={stroke}>
            {count(lines).map((line) => (
              <ellipse
                key={line}
                cx={centreX}
                cy={centreY}
                rx={rx}
                ry={ry}
                transform={`rotate(${tenths((line * 180) / lines + offset)} ${centreX} ${centreY})`}
              />
            ))}
          </g>
        );
      })}
      <circle cx={centreX} cy={centreY} r={tenths(height * 0.045)} fill={inks.spot} />
    </>
  );
}
