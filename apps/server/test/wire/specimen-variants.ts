import { AWKWARD, FAULTS, proceduresOfRouter, specimenRouter } from "./specimens.ts";
import { get, post } from "./calls.ts";
import type { Variant } from "./variant.ts";
import { WORLDS, type WorldName } from "./worlds.ts";

/** Every procedure of the suite's own router, in all ways in which it is meant to be called. */

export const PROCEDURES = proceduresOfRouter(specimenRouter(WORLDS.plain));

/** Those that wait until the client leaves. */
const LASTING = /^(?:lasts|heedless)/u;

export const QUERIES = PROCEDURES.filter(
  ({ type, path }) => type === "query" && !LASTING.test(path),
).map(({ path }) => path);
export const MUTATIONS = PROCEDURES.filter(
  ({ type, path }) => type === "mutation" && !LASTING.test(path),
).map(({ path }) => path);

/** Inputs of those that take one, as JSON. */
export const INPUTS: Readonly<Record<string, readonly string[]>> = {
  told: ['{"a":1}', "0", '""', "false"],
  "input.object": ['{"name":"Ada","age":7,"more":1}', '{"name":5}', '{"age":1.5}', "[]"],
  "input.strict": ['{"name":"Ada","more":1}', '{"__proto__":{"name":"x"}}'],
  "input.loose": ['{"name":"Ada","more":{"deep":[1]}}', '{"name":"a","__proto__":1}'],
  "input.optional": ['"text"', "5"],
  "input.nullish": ["null", '{"name":"Ada"}', "{}"],
  "input.defaults": ["{}", '{"page":2}', '{"page":null}'],
  "input.caught": ['{"page":"x"}', "5"],
  "input.transformed": ['"four"', '"é課🎓"'],
  "input.piped": ['"5"', "2", '"x"'],
  "input.preprocessed": ["5", "null"],
  "input.codec": ['"2027-03-01T09:00:00Z"', '"never"'],
  "input.union": ['{"kind":"a","a":"x"}', '{"kind":"b","b":"x"}', '{"kind":"c"}'],
  "input.recursive": ['{"name":"a","inner":[{"name":"b"},{"name":5}]}'],
  "input.record": ['{"a":1,"b":2}', '{"a":"x","__proto__":5}'],
  "input.manyFaults": [
    '{"a":"y","b":[{"c":"x","d":"no"},{"d":1}],"e":"h"}',
    '{"a":"xyzab"}',
    '{"e":"f","b":5}',
  ],
  "input.refined": ['{"from":1,"to":2}', '{"from":2,"to":1}', '{"from":"x"}'],
  "input.refinementThrows": ['"text"', "5"],
  "input.asynchronous": ['{"name":"Ada"}', '{"name":""}', '{"name":5}'],
  "input.asynchronousThrows": ['"text"', "5"],
  "input.counted": ['"yes"', '"no"', "5"],
  "input.twice": ['{"a":"x"}', '{"a":"x","b":3}', '{"b":"y"}', '{"a":"x","b":"y"}'],
  "input.twiceOther": ['{"a":"x","c":5}', "[]"],
  "input.twiceArray": ["[1,2]", "{}", '["x"]'],
  "input.byFunction": ['"text"', "5"],
  "input.byStandard": ['"right"', '"wrong"'],
  "input.mutated": ['{"name":"Ada"}', "{}"],
  "output.failsBecauseOfInput": ['"text"', "5"],
  "output.afterInput": ['{"name":"Ada"}', "{}"],
  changeFails: ['{"name":"Ada"}'],
  overridden: ['{"name":"Ada"}', '{"name":5}'],
  concatenated: ['{"name":"Ada"}', '{"name":"Ada","age":3,"last":"L"}', '{"name":"Ada","age":"x"}'],
  spoilsInput: ['{"name":"Ada"}', "{}", "5"],
  "declared.withInput": ['{"name":"Ada"}', "{}"],
  "declared.ownShape": ['{"name":"Ada"}', "5"],
  "declared.mutation": ['{"name":"Ada"}', "{}"],
};

/** What is neither here nor there, for all that have no inputs of their own. */
const ANY_INPUTS = ['{"name":"Ada"}', "null", '"throws"', '"throws text"', '"refuses"'];

/** What needs no other input than none. */
const OUTPUTS = /^(?:result|fault|reply|middleware|output|declared|nested|[^.]*$)/u;

const isAboutInput = /[iI]nput|^echo|^change|^told|waitsAndFails/u;

function worldsOf(path: string): readonly WorldName[] {
  if (path.startsWith("fault.") || path.startsWith("declared.")) {
    const name = path.slice(path.indexOf(".") + 1);
    const isAwkward = AWKWARD.some((known) => known === name);
    return ["plain", "transformed", "domain", ...(isAwkward ? (["awkward"] as const) : [])];
  }
  return ["plain", "transformed"];
}

function inputsFor(path: string): readonly (string | undefined)[] {
  const own = Object.hasOwn(INPUTS, path) ? INPUTS[path] : undefined;
  if (own !== undefined) return [undefined, ...own];
  if (OUTPUTS.test(path) && !isAboutInput.test(path)) return [undefined];
  return [undefined, ...ANY_INPUTS];
}

/** @returns every procedure, by its inputs, in every world that matters */
export function specimenVariants(): Variant[] {
  const queries = QUERIES.flatMap((path) => {
    // An address that has a percent sign in it once decoded is for the stock adapter to decode again.
    const isOurs = !path.includes("%");
    return worldsOf(path).flatMap((world) =>
      inputsFor(path).flatMap((input) => [
        get(path, input, { world, isOurs }),
        ...(input === undefined ? [] : [post(path, input, { world, isOurs })]),
      ]),
    );
  });
  const mutations = MUTATIONS.flatMap((path) =>
    worldsOf(path).flatMap((world) =>
      [...inputsFor(path)].map((input) => post(path, input ?? "null", { world })),
    ),
  );
  const elsewhere = [
    ...["lazy.query", "lazy.inner.query", "lazy.query"].map((path) =>
      get(path, "5", { isOurs: false, because: "which is loaded when it is needed" }),
    ),
    post("lazy.change", "null", { isOurs: false }),
    ...Object.keys(FAULTS).map((name) =>
      get(`fault.${name}`, '{"unread":1}', { world: "domain", because: "with input" }),
    ),
    ...PROCEDURES.filter(({ type }) => type === "subscription").flatMap(({ path }) => [
      get(path, undefined, { isOurs: false }),
      get(path, '{"a":1}', { isOurs: false, headers: [["last-event-id", "7"]] }),
      post(path, '{"a":1}', { isOurs: false }),
    ]),
  ];
  return [...queries, ...mutations, ...elsewhere];
}
