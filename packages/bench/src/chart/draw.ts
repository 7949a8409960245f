import { formatCount, formatShare } from "../report/table.ts";
import { type ChartedReport, type Panel, panelsOf } from "./figures.ts";
import { type Bar, type Layout, type PlacedGroup, type PlacedPanel, layOut } from "./layout.ts";

/** A chart as SVG: for a README, where it is an image, without scripts or fonts, in light and in dark. */

const TITLE = "Lectern's benchmark";

/** It has a ground of its own: a page may be dark where the reader's system is not. */
const STYLE = `
  svg { --ground: #ffffff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --lectern: #0b7a5b; --other: #8c96a3; --control: #c3cad2; --aim: #9a3412; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --lectern: #3fb68b; --other: #6e7681; --control: #484f58; --aim: #f59e6c; }
  }
  text { font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 12px; fill: var(--text); paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
  .ground { fill: var(--ground); }
  .title { font-size: 20px; font-weight: 600; }
  .heading { font-size: 15px; font-weight: 600; }
  .row { font-weight: 600; }
  .faint { fill: var(--faint); }
  .small { font-size: 11px; }
  .lectern { fill: var(--lectern); }
  .other { fill: var(--other); }
  .control { fill: var(--control); }
  .strong { font-weight: 600; }
  .grid { stroke: var(--line); }
  .whole { stroke: var(--faint); stroke-dasharray: 4 3; }
  .whisker { stroke: var(--text); stroke-width: 1.25; }
  .aim { stroke: var(--aim); stroke-width: 2.5; }
`;

/**
 * Draws the shares of a run. The same run gives the same text.
 *
 * @returns an SVG that stands alone
 * @throws RangeError where the run has no row with anything to draw
 */
export function drawChart(report: ChartedReport): string {
  const panels = panelsOf(report);
  if (panels.length === 0)
    throw new RangeError(
      "There is nothing to draw: a chart takes rows in which a bare server is measured, or cms-*",
    );
  const layout = layOut(report, panels);
  const { width, height, margin } = layout;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(TITLE)}</title>`,
    `<desc id="desc">${escaped(described(panels))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    text("title", margin, 36, TITLE),
    ...layout.subtitle.map((line, index) =>
      text("faint small", margin, layout.subtitleAt + index * 17, line),
    ),
    ...layout.panels.flatMap((panel) => drawPanel(panel, layout)),
    ...(layout.hasAims ? drawLegend(layout) : []),
    "</svg>",
  ].join("\n")}\n`;
}

/** @returns all figures in words, for whoever can't see the bars */
export function described(panels: readonly Panel[]): string {
  return panels
    .map(({ title, whole, groups }) => {
      const rows = groups.map(({ row, title: asked, unit, figures }) => {
        const shares = figures.map(
          ({ name, share, value, aim }) =>
            `${name} ${formatShare(share.median)} of ${whole} (half within ${formatShare(share.low)} to ` +
            `${formatShare(share.high)}; ${formatCount(value)} ${unit}${aim === undefined ? "" : `; aim ${formatShare(aim)}`})`,
        );
        return `${row} (${asked}): ${shares.join(", ")}.`;
      });
      return `${title}. ${rows.join(" ")}`;
    })
    .join(" ");
}

function drawPanel(panel: PlacedPanel, layout: Layout): string[] {
  const { title, explanation, y, top, bottom, ticks, groups } = panel;
  return [
    text("heading", layout.margin, y + 24, title),
    text("faint", layout.margin, y + 43, explanation),
    ...ticks.flatMap((tick) => [
      `<line class="${tick.isWhole ? "whole" : "grid"}" x1="${px(tick.x)}" y1="${px(top)}" x2="${px(tick.x)}" y2="${px(bottom)}"/>`,
      `<text class="faint small" x="${px(tick.x)}" y="${px(bottom + 16)}" text-anchor="middle">${escaped(tick.text)}</text>`,
    ]),
    ...groups.flatMap((group) => drawGroup(group, layout)),
  ];
}

function drawGroup({ row, title, y, bars }: PlacedGroup, layout: Layout): string[] {
  return [
    `<text x="${px(layout.margin)}" y="${px(y + 20)}"><tspan class="row">${escaped(row)}</tspan><tspan class="faint" dx="8">${escaped(title)}</tspan></text>`,
    ...bars.flatMap((bar) => drawBar(bar, layout)),
  ];
}

function drawBar(bar: Bar, { labelsRight }: Layout): string[] {
  const { name, label, role, y, height, left, right, whisker, aim, figuresAt, figures } = bar;
  const middle = y + height / 2;
  const strength = role === "lectern" ? "strong" : "";
  return [
    "<g>",
    `<title>${escaped(`${name}: ${figures}`)}</title>`,
    `<text class="${strength}" x="${px(labelsRight)}" y="${px(middle + 4)}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="${role}" x="${px(left)}" y="${px(y)}" width="${px(Math.max(1, right - left))}" height="${px(height)}" rx="2"/>`,
    `<path class="whisker" fill="none" d="M${px(whisker.from)} ${px(middle - 3)}v6m0-3H${px(whisker.to)}m0-3v6"/>`,
    ...(aim === undefined
      ? []
      : [
          `<line class="aim" x1="${px(aim)}" y1="${px(y - 3)}" x2="${px(aim)}" y2="${px(y + height + 3)}"/>`,
        ]),
    `<text class="${strength}" x="${px(figuresAt)}" y="${px(middle + 4)}">${escaped(figures)}</text>`,
    "</g>",
  ];
}

function drawLegend({ margin, legendAt }: Layout): string[] {
  const y = legendAt - 4;
  return [
    `<line class="aim" x1="${px(margin + 4)}" y1="${px(y - 11)}" x2="${px(margin + 4)}" y2="${px(y + 3)}"/>`,
    text("faint", margin + 14, y, "what Lectern is to reach"),
  ];
}

function text(style: string, x: number, y: number, words: string): string {
  return `<text class="${style}" x="${px(x)}" y="${px(y)}">${escaped(words)}</text>`;
}

/** Pixels with as many decimals as can be seen. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** @returns text as XML 1.0 takes it; characters that it can't have in any way become U+FFFD */
export function escaped(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");
}
