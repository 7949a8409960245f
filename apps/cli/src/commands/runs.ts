import { pages } from "@lectern/client";
import { PAGE_SIZE_MAX } from "@lectern/contract/primitives";
import type { RunDetail, RunSummary } from "@lectern/contract/runs";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { counted, formatPrice, formatStretch } from "../output/format.ts";
import { printPairs, printTable } from "../output/table.ts";
import type { Terminal } from "../output/terminal.ts";
import { type FilterOptions, filterOf } from "./catalogue-filter.ts";

export interface RunsCommandOptions extends FilterOptions {
  /** One run by its id; without it, the upcoming ones. */
  readonly id: string | undefined;
  /** Slug of the one course whose runs are asked for. */
  readonly course?: string;
}

function whereOf(run: RunSummary): string {
  return run.venue === null
    ? run.deliveryMode.replace("_", "-")
    : `${run.venue.city}, ${run.venue.country}`;
}

async function listRuns(context: Context, options: RunsCommandOptions): Promise<void> {
  const { client, terminal, signal } = context;
  const limit = Math.min(options.limit, PAGE_SIZE_MAX);
  const input = { ...filterOf(options), course: options.course ?? null, limit };
  const found: RunSummary[] = [];
  let total = 0;
  let isTotalExact = true;
  for await (const page of pages(client.runs.upcoming, input, { signal })) {
    ({ total, isTotalExact } = page);
    found.push(...page.items);
    if (found.length >= options.limit) break;
  }
  const runs = found.slice(0, options.limit);
  terminal.json({ runs, total, isTotalExact });
  if (runs.length > 0) {
    printTable(
      terminal,
      [
        { title: "When" },
        { title: "Time zone" },
        { title: "Course", isFlexible: true },
        { title: "Where", isFlexible: true },
        { title: "Left", align: "right" },
        { title: "Price", align: "right" },
        { title: "Booking" },
        { title: "Run" },
      ],
      runs.map((run) => [
        formatStretch(run.localStart, run.localEnd),
        run.timeZone,
        run.course.title,
        whereOf(run),
        String(run.placesLeft),
        formatPrice(run.price),
        run.bookability.replaceAll("_", " "),
        run.id,
      ]),
    );
    terminal.print();
  }
  const inAll = `${isTotalExact ? "" : "at least "}${counted(total, "upcoming run")}`;
  terminal.print(runs.length < total ? `${runs.length} of ${inAll}; --limit shows more` : inAll);
}

function printRun(terminal: Terminal, run: RunDetail): void {
  terminal.print(terminal.style("bold", run.course.title));
  printPairs(terminal, [
    ["Run", run.id],
    ["When", `${formatStretch(run.localStart, run.localEnd)} (${run.timeZone})`],
    [
      "Where",
      run.venue === null
        ? ""
        : [run.venue.name, run.venue.street, run.venue.city, run.venue.country]
            .filter(Boolean)
            .join(", "),
    ],
    ["How", run.deliveryMode.replace("_", "-")],
    ["Language", run.language],
    ["Status", run.status],
    ["Price", formatPrice(run.price)],
    ["Places left", `${run.placesLeft} of ${run.capacity}`],
    ["Booking", run.bookability.replaceAll("_", " ")],
    ["Source", run.sourceUrl ?? ""],
  ]);
  if (run.sessions.length === 0) return;
  terminal.print();
  printTable(
    terminal,
    [
      { title: "#", align: "right" },
      { title: "Session" },
      { title: "Room", isFlexible: true },
      { title: "Instructors", isFlexible: true },
    ],
    run.sessions.map((session) => [
      String(session.position),
      formatStretch(session.localStart, session.localEnd),
      session.room?.name ?? "",
      session.instructors.map(({ name }) => name).join(", "),
    ]),
  );
}

/** `lectern runs`: the upcoming runs, or one run with its sessions. */
export async function runsCommand(
  context: Context,
  options: RunsCommandOptions,
): Promise<ExitCode> {
  const { client, terminal, signal } = context;
  if (options.id === undefined) {
    await listRuns(context, options);
    return EXIT.ok;
  }
  const run = await client.runs.byId.query({ id: options.id }, { signal });
  terminal.json(run);
  if (!terminal.isJson) printRun(terminal, run);
  return EXIT.ok;
}
