import { pages } from "@lectern/client";
import type { CourseDetail, CourseSummary } from "@lectern/contract/courses";
import { PAGE_SIZE_MAX } from "@lectern/contract/primitives";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { counted, formatPrice, formatStretch } from "../output/format.ts";
import { printPairs, printTable } from "../output/table.ts";
import type { Terminal } from "../output/terminal.ts";
import { type FilterOptions, filterOf } from "./catalogue-filter.ts";

export interface CoursesCommandOptions extends FilterOptions {
  /** One course by its slug; without it, the list. */
  readonly slug: string | undefined;
}

function day(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

function listRow(course: CourseSummary): string[] {
  const { nextRun } = course;
  return [
    course.code,
    course.title,
    course.level ?? "",
    course.durationDays === null ? "" : `${course.durationDays} d`,
    nextRun === null
      ? ""
      : `${day(nextRun.startsAt, nextRun.timeZone)} ${nextRun.city ?? nextRun.deliveryMode}`,
    course.pricesFrom.map(formatPrice).join(", "),
    course.slug,
  ];
}

async function listCourses(context: Context, options: CoursesCommandOptions): Promise<void> {
  const { client, terminal, signal } = context;
  const limit = Math.min(options.limit, PAGE_SIZE_MAX);
  const found: CourseSummary[] = [];
  let total = 0;
  for await (const page of pages(
    client.courses.list,
    { ...filterOf(options), limit },
    { signal },
  )) {
    total = page.total;
    found.push(...page.items);
    if (found.length >= options.limit) break;
  }
  const courses = found.slice(0, options.limit);
  terminal.json({ courses, total });
  if (courses.length > 0) {
    printTable(
      terminal,
      [
        { title: "Code" },
        { title: "Course", isFlexible: true },
        { title: "Level" },
        { title: "Length", align: "right" },
        { title: "Next run", isFlexible: true },
        { title: "From", isFlexible: true },
        { title: "Slug" },
      ],
      courses.map(listRow),
    );
    terminal.print();
  }
  terminal.print(
    courses.length < total
      ? `${courses.length} of ${counted(total, "course")}; --limit shows more`
      : counted(total, "course"),
  );
}

function printCourse(terminal: Terminal, course: CourseDetail): void {
  terminal.print(terminal.style("bold", course.title));
  printPairs(terminal, [
    ["Code", course.code],
    ["Slug", course.slug],
    ["Level", course.level ?? ""],
    ["Length", course.durationDays === null ? "" : counted(course.durationDays, "day")],
    ["Languages", course.languages.join(", ")],
    ["Topics", course.topics.map(({ name }) => name).join(", ")],
    ["Summary", course.summary],
    ["Source", course.sourceUrl ?? ""],
  ]);
  if (course.upcomingRuns.length === 0) {
    terminal.print("\nNo upcoming runs.");
    return;
  }
  terminal.print();
  printTable(
    terminal,
    [
      { title: "When" },
      { title: "Time zone" },
      { title: "Where", isFlexible: true },
      { title: "Left", align: "right" },
      { title: "Price", align: "right" },
      { title: "Run" },
    ],
    course.upcomingRuns.map((run) => [
      formatStretch(run.localStart, run.localEnd),
      run.timeZone,
      run.venue === null ? run.deliveryMode : `${run.venue.name}, ${run.venue.city}`,
      String(run.placesLeft),
      formatPrice(run.price),
      run.id,
    ]),
  );
}

/** `lectern courses`: the published catalogue, or one course of it. */
export async function coursesCommand(
  context: Context,
  options: CoursesCommandOptions,
): Promise<ExitCode> {
  const { client, terminal, signal } = context;
  if (options.slug === undefined) {
    await listCourses(context, options);
    return EXIT.ok;
  }
  const course = await client.courses.bySlug.query({ slug: options.slug }, { signal });
  terminal.json(course);
  if (!terminal.isJson) printCourse(terminal, course);
  return EXIT.ok;
}
