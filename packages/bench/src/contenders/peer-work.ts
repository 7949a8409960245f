import { ArticleBySlugInput, ArticleDetail } from "@lectern/contract/articles";
import { CoursesListInput, CoursesListOutput } from "@lectern/contract/courses";
import { SystemInfo } from "@lectern/contract/system";
import { z } from "zod";
import { openDriver } from "./driver.ts";
import { articleBySlug, coursesList, readSettings, systemInfo } from "./work.ts";

/**
 * What the servers of `peers/frameworks` load: the work, the driver and the shapes of the bare and the stock server, so that
 * nothing but the framework around them is another one.
 */

/** A shape that takes what nobody has checked, as rows by the bare driver are. */
function unchecked<Shape extends z.ZodType>(shape: Shape) {
  return z.unknown().pipe(shape);
}

/** The shapes of Lectern's contract. */
export const shapes = {
  SystemInfo,
  ArticleBySlugInput,
  ArticleDetail: unchecked(ArticleDetail),
  CoursesListInput,
  /** The same, of an address's query, where numbers are text. */
  CoursesListQuery: z.looseObject({ limit: z.coerce.number().optional() }).pipe(CoursesListInput),
  CoursesListOutput: unchecked(CoursesListOutput),
};

/** @param path of a file with settings, see `ServerSettings` */
export function openWork(path: string | undefined) {
  const settings = readSettings(path);
  const driver = openDriver(settings.databaseUrl);
  return {
    port: settings.port,
    systemInfo,
    articleBySlug: (slug: string) => articleBySlug(driver, settings, slug),
    coursesList: (limit: number) => coursesList(driver, settings, limit),
  };
}
