import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import "./report-chart.css";

/** One step of a chart. `before` is what there was in its place in the period before, if that has such a step. */
export interface ChartPoint {
  readonly label: string;
  readonly name: string;
  readonly value: number;
  readonly before: number | undefined;
}

interface ReportChartProps {
  readonly title: string;
  readonly points: readonly ChartPoint[];
  /** What all of it comes to, in this period and in the one before. */
  readonly total: number;
  readonly totalBefore: number;
  /** In words, and for the axis. */
  readonly format: (value: number) => string;
  readonly formatShort: (value: number) => string;
  /** Where the axis ends at least: 1 for shares. */
  readonly atLeast?: number;
}

const HEIGHT = 200;
const TOP = 10;
const LABEL_ROOM = 64;
const AXIS_ROOM = 52;
const LINES = 4;

/**
 * Bars of a period, each with a dashed line where the period before was. Its sum stands in words above it, its steps can be
 * gone through by keys, and a table with the same numbers belongs below it.
 */
export function ReportChart(props: ReportChartProps) {
  const t = useTranslations("officeReports");
  const { title, points, format, formatShort, atLeast = 0 } = props;
  const [frame, width] = useWidth();
  const [active, setActive] = useState(0);
  const [isSeen, setIsSeen] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const id = useId();
  const summary = useSummary(props);
  const scale = scaleOf(points, atLeast);
  const room = Math.max(0, width - AXIS_ROOM);
  const slot = points.length === 0 ? 0 : room / points.length;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / Math.max(slot, 1)));
  const at = Math.min(active, points.length - 1);
  const point = points[at];

  function words({ name: step, value, before }: ChartPoint): string {
    if (before === undefined) return t("chartPointAlone", { step, value: format(value) });
    return t("chartPoint", { step, value: format(value), before: format(before) });
  }
  function move(event: KeyboardEvent): void {
    const to = targetOf(event.key, at, points.length);
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
    const marks = svg.current?.querySelectorAll<SVGGElement>("[data-point]");
    marks?.[to]?.focus();
  }
  return (
    <figure className="report-chart">
      <figcaption>
        <h2>{title}</h2>
        <p id={id}>{summary}</p>
      </figcaption>
      <p className="report-chart-legend" aria-hidden="true">
        <span className="report-chart-now">{t("now")}</span>
        <span className="report-chart-past">{t("before")}</span>
      </p>
      <div ref={frame} className="report-chart-frame">
        {width === 0 ? null : (
          <svg
            ref={svg}
            width={width}
            height={HEIGHT + TOP + 26}
            role="group"
            aria-label={`${title}. ${t("chartKeys")}`}
            aria-describedby={id}
            onKeyDown={move}
            onPointerLeave={() => setIsSeen(false)}
          >
            {scale.lines.map((line) => (
              <g key={line} aria-hidden="true">
                <line
                  className={line === 0 ? "report-chart-zero" : "report-chart-line"}
                  x1={AXIS_ROOM}
                  x2={width}
                  y1={scale.y(line)}
                  y2={scale.y(line)}
                />
                <text
                  className="report-chart-text"
                  x={AXIS_ROOM - 8}
                  y={scale.y(line) + 4}
                  textAnchor="end"
                >
                  {formatShort(line)}
                </text>
              </g>
            ))}
            {points.map((one, index) => (
              <Point
                key={one.name}
                point={one}
                words={words(one)}
                left={AXIS_ROOM + index * slot}
                slot={slot}
                y={scale.y}
                isNext={index === at}
                hasLabel={index % every === 0}
                onSeen={() => {
                  setActive(index);
                  setIsSeen(true);
                }}
                onLeft={() => setIsSeen(false)}
              />
            ))}
          </svg>
        )}
      </div>
      <p className="report-chart-readout figures" aria-hidden="true">
        {point === undefined || !isSeen ? null : words(point)}
      </p>
    </figure>
  );
}

interface PointProps {
  readonly point: ChartPoint;
  readonly words: string;
  readonly left: number;
  readonly slot: number;
  readonly y: (value: number) => number;
  /** Whether Tab leads here. */
  readonly isNext: boolean;
  readonly hasLabel: boolean;
  readonly onSeen: () => void;
  readonly onLeft: () => void;
}

/** A step: its bar, and where the period before was. */
function Point({ point, words, left, slot, y, isNext, hasLabel, onSeen, onLeft }: PointProps) {
  const { value, before, label } = point;
  const width = Math.max(1, slot * 0.64);
  const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
  return (
    <g
      data-point
      role="img"
      tabIndex={isNext ? 0 : -1}
      aria-label={words}
      className="report-chart-point"
      onFocus={onSeen}
      onBlur={onLeft}
      onPointerEnter={onSeen}
    >
      <rect className="report-chart-hit" x={left} y={TOP} width={slot} height={HEIGHT} />
      <rect
        className="report-chart-bar"
        x={left + (slot - width) / 2}
        y={top}
        width={width}
        height={Math.max(value === 0 ? 0 : 1, bottom - top)}
      />
      {before === undefined ? null : (
        <line
          className="report-chart-before"
          x1={left + slot * 0.08}
          x2={left + slot * 0.92}
          y1={y(before)}
          y2={y(before)}
        />
      )}
      {hasLabel ? (
        <text
          className="report-chart-text"
          x={left + slot / 2}
          y={HEIGHT + TOP + 18}
          textAnchor="middle"
          aria-hidden="true"
        >
          {label}
        </text>
      ) : null}
    </g>
  );
}

/** @returns to which point a key goes, if it does to any */
function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, at - 1);
    case "ArrowRight":
      return Math.min(count - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** The chart in one sentence. */
function useSummary({ points, total, totalBefore, format }: ReportChartProps): string {
  const t = useTranslations("officeReports");
  const sorted = points.toSorted((one, other) => other.value - one.value);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined || points.every(({ value }) => value === 0)) {
    return t("chartNothing", { before: format(totalBefore) });
  }
  return t("chartSummary", {
    total: format(total),
    before: format(totalBefore),
    most: most.name,
    mostValue: format(most.value),
    least: least.name,
    leastValue: format(least.value),
  });
}

/** Where values stand, and round numbers for the lines across. */
function scaleOf(points: readonly ChartPoint[], atLeast: number) {
  const values = points.flatMap(({ value, before = 0 }) => [value, before]);
  const [low, high] = [Math.min(0, ...values), Math.max(atLeast, 0, ...values)];
  const size = roundUp(Math.max(high - low, atLeast, Number.MIN_VALUE) / LINES);
  const [from, to] = [Math.floor(low / size) * size, Math.max(Math.ceil(high / size), 1) * size];
  const lines: number[] = [];
  for (let line = from; line <= to + size / 2; line += size) lines.push(line);
  return { lines, y: (value: number) => TOP + HEIGHT - ((value - from) / (to - from)) * HEIGHT };
}

/** @returns 1, 2, 2.5 or 5 times a power of ten, which is at least so much */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= value * 0.999_999) ?? 10;
  return factor * power;
}

/** How wide the chart may be. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const found = element.current;
    if (found === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(found);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
