import { formatError } from "@lectern/api/trpc/errors";
import { TRPCError } from "@trpc/server";
import type { SpecimenOptions } from "./specimens.ts";

/** The same procedures under several configurations. */

/** Tells all that a formatter is told. */
const tellAll: SpecimenOptions["formatError"] = ({ shape, error, path, input, type, ctx }) => ({
  ...shape,
  data: {
    ...shape.data,
    told: {
      path: path ?? "no path",
      input: input === undefined ? "no input" : input,
      type,
      who: ctx?.who ?? "no context",
      cause: error.cause?.message ?? "no cause",
    },
  },
});

/** Does what no formatter should, where the error asks for it. */
const beAwkward: SpecimenOptions["formatError"] = ({ shape, error }) => {
  const { code, data } = shape;
  const message = "awkward";
  switch (error.message) {
    case "no shape":
      return undefined as never;
    case "throws":
      throw new RangeError("The formatter fails");
    case "no JSON":
      return { code, message, data: { n: 1n } };
    case "no data":
      return { code, message } as never;
    case "text for data":
      return { code, message, data: "text" } as never;
    case "status of its own":
      return { code, message, data: { ...data, httpStatus: 418 } };
    case "text for status":
      return { code, message, data: { ...data, httpStatus: "418" } };
    case "unknown code":
      return { code: -1, message, data: {} } as never;
    default:
      return shape;
  }
};

/** Changes what goes in and what comes out, each in its own way; some of it, it can't take. */
const changing: NonNullable<SpecimenOptions["transformer"]> = {
  input: {
    serialize: (value) => value,
    deserialize: (value) => {
      if (value === "throws") throw new RangeError("This can't come in");
      if (value === "throws text") throw thrownText();
      if (value === "refuses") throw new TRPCError({ code: "FORBIDDEN", message: "Not this" });
      return { came: value, at: new Date(0) };
    },
  },
  output: {
    serialize: (value) => {
      if (value instanceof RegExp) throw new RangeError("This can't go out");
      if (typeof value === "bigint") return { big: value.toString() };
      if (value instanceof Map) return { map: [...value] };
      return value === undefined ? "was undefined" : { went: value };
    },
    deserialize: (value) => value,
  },
};

function thrownText(): unknown {
  return "only a text";
}

export const WORLDS = {
  plain: { formatError: tellAll },
  transformed: { formatError: tellAll, transformer: changing },
  domain: { formatError },
  awkward: { formatError: beAwkward },
} satisfies Readonly<Record<string, SpecimenOptions>>;

export type WorldName = keyof typeof WORLDS;
