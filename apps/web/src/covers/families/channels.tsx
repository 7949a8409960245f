import { between, count, shuffled, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Streams that change lanes, each passing over those before it. */
export function channels({ random, inks, width, height }: Canvas): ReactNode {
  const lanes = between(random, 6, 8);
  const pitch = height / lanes;
  const thickness = tenths(pitch * 0.5);
  const middle = shuffled(random, count(lanes));
  const last = shuffled(random, count(lanes));
  const first = tenths(width * (0.22 + random() * 0.12));
  const second = tenths(width * (0.62 + random() * 0.12));
  const at = (lane: number) => tenths((lane + 0.5) * pitch);
  return count(lanes).map((lane) => {
    const start = at(lane);
    const through = at(middle[lane] ?? lane);
    const end = at(last[lane] ?? lane);
    const bend = tenths(width * 0.12);
    const d =
      `M-8 ${start}H${tenths(first - bend)}C${first} ${start} ${first} ${through} ${tenths(first + bend)} ${through}` +
      `H${tenths(second - bend)}C${second} ${through} ${second} ${end} ${tenths(second + bend)} ${end}H${width + 8}`;
    const colour = lane % 4 === 1 ? inks.spot : lane % 4 === 3 ? inks.tint : inks.ink;
    return (
      <g key={lane} fill="none">
        <path d={d} stroke={inks.ground} strokeWidth={tenths(thickness + 5)} />
        <path
          d={d}
          stroke={colour}
          strokeWidth={lane % 2 === 0 ? tenths(thickness * 0.32) : thickness}
        />
      </g>
    );
  });
}
