import { between, count, tenths } from "../random.ts";
import type { ReactNode } from "react";
import type { Canvas } from "../motif.ts";

/** Bands over and under one another, as cloth is woven. */
export function weave({ random, inks, width, height }: Canvas): ReactNode {
  const columns = between(random, 8, 10);
  const pitch = width / columns;
  const rows = Math.ceil(height / pitch);
  const band = tenths(pitch * 0.66);
  const edge = (pitch - band) / 2;
  const twill = between(random, 2, 3);
  const isMarked = () => random() < 0.28;

  const warp = count(columns).map((column) => (
    <rect
      key={column}
      x={tenths(column * pitch + edge)}
      width={band}
      height={height}
      fill={isMarked() ? inks.spot : inks.ink}
    />
  ));
  const weft = count(rows).map((row) => {
    const passes = count(columns)
      .filter((column) => (column + row) % twill !== 0)
      .map(
        (column) =>
          `M${tenths(column * pitch)} ${tenths(row * pitch + edge)}h${tenths(pitch)}v${band}h${-tenths(pitch)}z`,
      );
    return <path key={row} d={passes.join("")} fill={isMarked() ? inks.spot : inks.tint} />;
  });
  return (
    <>
      {warp}
      {weft}
    </>
  );
}
