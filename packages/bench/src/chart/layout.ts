import { formatCount, formatShare } from "../report/table.ts";
import type { ChartedReport, Figure, Group, Panel, Role } from "./figures.ts";

/** Where everything of a chart stands, in the SVG's pixels. */

const WIDTH = 860;
const MARGIN = 24;
const PLOT_LEFT = 190;
const PLOT_RIGHT = 660;
const BAR = 14;
const BAR_STEP = 21;
const GROUP_HEAD = 30;
const PANEL_HEAD = 62;
const PANEL_GAP = 20;
const AXIS = 28;
const HEAD = 58;
const LINE = 17;
const FOOT = 24;
/** Characters of small print that fit on a line, whatever font it is: they are some 6 pixels wide. */
const LINE_CHARACTERS = 135;
const SEPARATOR = ", ";
const NAME_CHARACTERS = 26;
/** At most so many steps of an axis, of one of these lengths. */
const TICKS = 8;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export interface Bar {
  readonly name: string;
  /** The name, cut where it would not fit. */
  readonly label: string;
  readonly role: Role;
  readonly y: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly whisker: { readonly from: number; readonly to: number };
  readonly aim: number | undefined;
  /** Where its figures begin. */
  readonly figuresAt: number;
  readonly figures: string;
}

export interface PlacedGroup {
  readonly row: string;
  readonly title: string;
  readonly y: number;
  readonly bars: readonly Bar[];
}

export interface PlacedPanel {
  readonly title: string;
  readonly explanation: string;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly {
    readonly x: number;
    readonly text: string;
    readonly isWhole: boolean;
  }[];
  readonly groups: readonly PlacedGroup[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly labelsRight: number;
  readonly subtitle: readonly string[];
  readonly subtitleAt: number;
  readonly panels: readonly PlacedPanel[];
  readonly hasAims: boolean;
  readonly legendAt: number;
}

/** A linear scale from 0 to the right end of the plot. */
export interface Scale {
  readonly max: number;
  readonly step: number;
  readonly x: (share: number) => number;
}

/** @returns a scale that reaches the greatest of the values, and one at least */
export function scaleFor(values: readonly number[]): Scale {
  const greatest = Math.max(1, ...values);
  const step = STEPS.find((one) => greatest / one <= TICKS) ?? greatest / TICKS;
  const max = Math.ceil(greatest / step - 1e-9) * step;
  return { max, step, x: (share) => PLOT_LEFT + (share / max) * (PLOT_RIGHT - PLOT_LEFT) };
}

/** Places what a run found out. */
export function layOut(report: ChartedReport, panels: readonly Panel[]): Layout {
  const subtitle = subtitleLines(report);
  let y = HEAD + subtitle.length * LINE;
  const placed = panels.map((panel) => {
    const result = placePanel(panel, y);
    y = result.bottom + AXIS + PANEL_GAP;
    return result;
  });
  return {
    width: WIDTH,
    height: y + FOOT,
    margin: MARGIN,
    labelsRight: PLOT_LEFT - 10,
    subtitle,
    subtitleAt: HEAD,
    panels: placed,
    hasAims: placed.some(({ groups }) =>
      groups.some(({ bars }) => bars.some(({ aim }) => aim !== undefined)),
    ),
    legendAt: y,
  };
}

function placePanel({ title, explanation, whole, groups }: Panel, y: number): PlacedPanel {
  const scale = scaleFor(
    groups.flatMap(({ figures }) => figures.flatMap(({ share, aim = 0 }) => [share.high, aim])),
  );
  const top = y + PANEL_HEAD;
  let next = top;
  const placed = groups.map((group) => {
    const result = placeGroup(group, next, scale);
    next += GROUP_HEAD + group.figures.length * BAR_STEP;
    return result;
  });
  const count = Math.round(scale.max / scale.step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const share = index * scale.step;
    const isWhole = Math.abs(share - 1) < 1e-9;
    return {
      x: scale.x(share),
      text: isWhole ? `${formatShare(share)} = ${whole}` : formatShare(share),
      isWhole,
    };
  });
  return { title, explanation, y, top, bottom: next + 6, ticks, groups: placed };
}

function placeGroup({ row, title, unit, figures }: Group, y: number, scale: Scale): PlacedGroup {
  return {
    row,
    title,
    y,
    bars: figures.map((figure, index) =>
      placeBar(figure, unit, y + GROUP_HEAD + index * BAR_STEP, scale),
    ),
  };
}

function placeBar(
  { name, role, share, value, aim }: Figure,
  unit: string,
  y: number,
  scale: Scale,
): Bar {
  const right = scale.x(share.median);
  const whisker = { from: scale.x(share.low), to: scale.x(share.high) };
  const aimAt = aim === undefined ? undefined : scale.x(aim);
  return {
    name,
    label: name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS - 1)}…` : name,
    role,
    y,
    height: BAR,
    left: scale.x(0),
    right,
    whisker,
    aim: aimAt,
    figuresAt: Math.max(right, whisker.to, aimAt ?? 0) + 8,
    figures: `${formatShare(share.median)} · ${formatCount(value)} ${unit}`,
  };
}

function subtitleLines({ machine, timing, startedAt, isQuick }: ChartedReport): string[] {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${startedAt.slice(0, 10)}: ${machine.model}, ${machine.processorCount} processors, ${machine.memoryGiB} GiB, ${machine.system}`,
    `${isQuick ? "quick: " : ""}${timing.rounds} rounds of ${timing.slotMs} ms; bars are medians, whiskers hold half of the rounds`,
    ...wrapped(versions),
  ];
}

/** @returns the parts, separated by commas, on as many lines as they need */
export function wrapped(parts: readonly string[]): string[] {
  const lines: string[][] = [];
  let length = 0;
  for (const part of parts) {
    const line = lines.at(-1);
    const isRoom = length + part.length + SEPARATOR.length <= LINE_CHARACTERS;
    if (line !== undefined && isRoom) line.push(part);
    else lines.push([part]);
    length = (line !== undefined && isRoom ? length : 0) + part.length + SEPARATOR.length;
  }
  return lines.map(
    (line, index) => line.join(SEPARATOR) + (index < lines.length - 1 ? SEPARATOR.trim() : ""),
  );
}
