import { randomUUID } from "node:crypto";
import { accessKeys } from "@lectern/auth/access-key";
import { MeOutput } from "@lectern/contract/accounts";
import { ArticleBySlugInput, ArticleDetail } from "@lectern/contract/articles";
import { BookingHeld, BookingHoldInput } from "@lectern/contract/bookings";
import { CoursesListInput, CoursesListOutput } from "@lectern/contract/courses";
import { SystemInfo } from "@lectern/contract/system";
import { TRPCError, initTRPC } from "@trpc/server";
import { type CreateFastifyContextOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { fastify } from "fastify";
import { z } from "zod";
import { claimBy } from "./claim.ts";
import { openDriver } from "./driver.ts";
import { articleBySlug, coursesList, me, readSettings, systemInfo } from "./work.ts";

/**
 * The stock server: tRPC's own adapter on Fastify with their defaults, Lectern's shapes for input and output, and behind them
 * the same work as the bare one's. No context but the cookies, no middleware, no logging. A program of its own; its settings are
 * its argument.
 */
const settings = readSettings(process.argv[2]);
const driver = openDriver(settings.databaseUrl);
const keys = accessKeys(settings.accessSecret);
const t = initTRPC.context<{ readonly cookies: string | undefined }>().create();

/** A shape that takes what nobody has checked, as rows by the bare driver are. */
function unchecked<Shape extends z.ZodType>(shape: Shape) {
  return z.unknown().pipe(shape);
}

function found(data: unknown): unknown {
  if (data === undefined) throw new TRPCError({ code: "NOT_FOUND" });
  return data;
}

const router = t.router({
  system: t.router({ info: t.procedure.output(SystemInfo).query(systemInfo) }),
  articles: t.router({
    bySlug: t.procedure
      .input(ArticleBySlugInput)
      .output(unchecked(ArticleDetail))
      .query(async ({ input }) => found(await articleBySlug(driver, settings, input.slug))),
  }),
  courses: t.router({
    list: t.procedure
      .input(CoursesListInput)
      .output(unchecked(CoursesListOutput))
      .query(async ({ input }) => found(await coursesList(driver, settings, input.limit))),
  }),
  account: t.router({
    me: t.procedure
      .output(unchecked(MeOutput))
      .query(async ({ ctx }) => me(driver, settings, ctx.cookies)),
  }),
  bookings: t.router({
    hold: t.procedure
      .input(BookingHoldInput)
      .output(unchecked(BookingHeld))
      .mutation(async ({ input }) => {
        const held = await claimBy(driver, keys, input, randomUUID());
        if (held === undefined) throw new TRPCError({ code: "CONFLICT", message: "SoldOut" });
        return held;
      }),
  }),
});

const app = fastify();
app.get("/readyz", (_request, reply) => reply.send({ status: "ready" }));
await app.register(fastifyTRPCPlugin, {
  prefix: "/trpc",
  trpcOptions: {
    router,
    createContext: ({ req }: CreateFastifyContextOptions) => ({ cookies: req.headers.cookie }),
  },
});
await app.listen({ port: settings.port, host: "127.0.0.1" });
