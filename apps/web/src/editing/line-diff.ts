/** A line of either text, or of both. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** So far two texts may be from each other; beyond that, the one is shown removed and the other added. */
const MOST_STEPS = 1500;

/**
 * Compares two texts line by line (Myers 1986, "An O(ND) Difference Algorithm and Its Variations").
 *
 * @returns the lines of both, in their order
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end += 1;
  }
  const [oldMiddle, newMiddle] = [old, now].map((lines) => lines.slice(start, lines.length - end));
  return [
    ...marked("same", old.slice(0, start)),
    ...diffMiddle(oldMiddle ?? [], newMiddle ?? []),
    ...marked("same", old.slice(old.length - end)),
  ];
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replaceAll("\r\n", "\n").split("\n");
}

function marked(kind: DiffLine["kind"], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}

function diffMiddle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const trace = traceOf(old, now);
  if (trace === undefined) return [...marked("removed", old), ...marked("added", now)];
  const lines: DiffLine[] = [];
  let [x, y] = [old.length, now.length];
  for (let step = trace.length - 1; step >= 0; step -= 1) {
    const reached = trace[step] ?? new Map<number, number>();
    const k = x - y;
    const isDown = goesDown(reached, k, step);
    const beforeK = isDown ? k + 1 : k - 1;
    const beforeX = step === 0 ? 0 : (reached.get(beforeK) ?? 0);
    const beforeY = step === 0 ? 0 : beforeX - beforeK;
    while (x > beforeX && y > beforeY) {
      x -= 1;
      y -= 1;
      lines.push({ kind: "same", text: old[x] ?? "" });
    }
    if (step === 0) break;
    if (isDown) lines.push({ kind: "added", text: now[beforeY] ?? "" });
    else lines.push({ kind: "removed", text: old[beforeX] ?? "" });
    [x, y] = [beforeX, beforeY];
  }
  return lines.toReversed();
}

/** Whether the way to a diagonal that gets furthest comes from above: a line is added. */
function goesDown(reached: ReadonlyMap<number, number>, k: number, step: number): boolean {
  if (k === -step) return true;
  return k !== step && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1);
}

/** @returns how far each diagonal was reached before every step; `undefined` when it takes too many */
function traceOf(
  old: readonly string[],
  now: readonly string[],
): ReadonlyMap<number, number>[] | undefined {
  const reached = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  const most = Math.min(old.length + now.length, MOST_STEPS);
  for (let step = 0; step <= most; step += 1) {
    trace.push(new Map(reached));
    for (let k = -step; k <= step; k += 2) {
      let x = goesDown(reached, k, step)
        ? (reached.get(k + 1) ?? 0)
        : (reached.get(k - 1) ?? 0) + 1;
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x += 1;
      reached.set(k, x);
      if (x >= old.length && x - k >= now.length) return trace;
    }
  }
  return undefined;
}

/** A part of a comparison: lines, or how many equal ones are left out. */
export type DiffPart = { readonly lines: readonly DiffLine[] } | { readonly left: number };

/** @returns the lines with so many equal ones around each change; longer stretches of equal ones are left out */
export function withContext(lines: readonly DiffLine[], around = 2): DiffPart[] {
  const isNear = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - around), index + around + 1)
      .some((line) => line.kind !== "same"),
  );
  const parts: DiffPart[] = [];
  let index = 0;
  while (index < lines.length) {
    const near = isNear[index];
    let end = index;
    while (end < lines.length && isNear[end] === near) end += 1;
    parts.push(near === true ? { lines: lines.slice(index, end) } : { left: end - index });
    index = end;
  }
  return parts;
}
