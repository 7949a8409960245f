import { between, count, pick, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Truchet's tiles (Mémoire sur les combinaisons, 1704): few signs, turned, make a long text. */
export function tiles({ random, inks, width, height }: Canvas): ReactNode {
  const columns = pick(random, [8, 10]);
  const size = width / columns;
  const half = size / 2;
  const quarter = `a${half} ${half} 0 0 1`;

  function sign(x: number, y: number): string {
    const isTurned = random() < 0.5;
    if (random() < 0.2) {
      return isTurned ? `M${x + half} ${y}v${size}` : `M${x} ${y + half}h${size}`;
    }
    return isTurned
      ? `M${x + half} ${y}${quarter} ${-half} ${half}M${x + half} ${y + size}${quarter} ${half} ${-half}`
      : `M${x + size} ${y + half}${quarter} ${-half} ${-half}M${x} ${y + half}${quarter} ${half} ${half}`;
  }

  const dots: { x: number; y: number }[] = [];
  const lines = { ink: "", spot: "" };
  for (const row of count(Math.ceil(height / size))) {
    for (const column of count(columns)) {
      const x = column * size;
      const y = row * size;
      if (random() < 0.12) dots.push({ x: x + half, y: y + half });
      else lines[random() < 0.16 ? "spot" : "ink"] += sign(x, y);
    }
  }
  const rolling = between(random, 0, 1);
  return (
    <g fill="none" strokeWidth={tenths(size * (rolling === 0 ? 0.2 : 0.28))}>
      <path d={lines.ink} stroke={inks.ink} />
      <path d={lines.spot} stroke={inks.spot} />
      {dots.map(({ x, y }) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r={tenths(size * 0.17)} fill={inks.spot} />
      ))}
    </g>
  );
}
