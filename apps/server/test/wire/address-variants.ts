import { MAX_BATCH_SIZE, MAX_URL_LENGTH } from "@lectern/contract/cacheable";
import { type CallOptions, call } from "./calls.ts";
import { CONTEXT_HEADER, CONTEXTS } from "./specimen-server.ts";
import { type Variant, bytesOf, variantOf } from "./variant.ts";

/** What can be written into the first line of a request: methods, addresses, and queries above all. */

/** Below the prefix, as they are written; those of the first list are for our handler. */
const OURS: readonly string[] = [
  "echo",
  "echo?",
  "echo?input",
  "echo?input=",
  "echo?input=null",
  "echo?input=0",
  "echo?input=%22%22",
  "echo?batch=0&input=1",
  "echo?batch=&input=1",
  "echo?batch&input=1",
  "echo?batch=true&input=1",
  "echo?batch=01&input=1",
  "echo?batch=1%20&input=1",
  "echo?Batch=1&input=1",
  "echo?input=1&batch=0",
  "echo?batch=0&batch=1&input=1",
  "echo?input=1&input=2",
  "echo?input=&input=2",
  "echo?&&input=1&",
  "echo?input=1&x",
  "echo?inpu%74=1",
  "echo?INPUT=1",
  "echo?input[]=1",
  "echo?input%5B%5D=1",
  "echo?x=1&input=2&y=3",
  "echo?input=%7B%22a%22:1%7D",
  "echo?input==1",
  "echo?=input",
  "echo?input=1;x=2",
  "echo?input=1?input=2",
  // What is no JSON
  "echo?input=%7B",
  "echo?input=%7B%22a%22:%7D",
  "echo?input=undefined",
  "echo?input=NaN",
  "echo?input='a'",
  "echo?input=1%202",
  "echo?input=[1,]",
  "echo?input=%22%0A%22",
  "echo?input=%22%00%22",
  "echo?input=%22%5Cu0000%22",
  "echo?input=%22%5Cud800%22",
  "echo?input=-0",
  "echo?input=1e999",
  "echo?input=9007199254740993",
  "echo?input=%20%0A1%09",
  "echo?input=%C2%A01",
  "echo?input=%EF%BB%BF1",
  "echo?input=%EF%BB%BF%EF%BB%BF1",
  "echo?input=%7B%22__proto__%22:%7B%22a%22:1%7D%7D",
  "echo?input=%7B%22a%22:1,%22a%22:2%7D",
  // What can't be decoded, or only one way
  "echo?input=%",
  "echo?input=%22%%22",
  "echo?input=%22%zz%22",
  "echo?input=%22%e4%22",
  "echo?input=%22%ED%A0%80%22",
  "echo?input=%22%C0%80%22",
  "echo?input=%22%F4%90%80%80%22",
  "echo?input=%22%c3%A9%22",
  "echo?input=%22%25%32%30%22",
  "echo?input=%22a+b%22",
  "echo?input=%22a%2Bb%22",
  "echo?input=%2B1",
  "echo?batch=0&input=%22a+b%22",
  "echo?input=%22%26%3D%23%22",
  "echo?in+put=1",
  // What needs no escape to get through
  'echo?input={"a":"b"}',
  'echo?input="\'<>`|^\\\\{}[]"',
  "echo?input=%22:/?@!$'()*,;%22",
  // Other names
  "e%63ho?input=1",
  "%65%63%68%6F",
  "input%2Eobject?input=%7B%22name%22:%22a%22%7D",
  "nested.deeper.deepest.query",
  "nested%2edeeper%2Edeepest.query",
  "nothing?input=%7Bunread",
  "nothing?x=%zz",
  "nothing?%zz=1",
  // Batches
  "nothing?batch=1",
  "echo?batch=1&input=%7B%220%22:1%7D",
  "echo?input=%7B%220%22:1%7D&batch=1",
  "echo?batch=%31&input=%7B%220%22:1%7D",
  "echo?batch=1&batch=0&input=%7B%220%22:1%7D",
  "echo,echo?batch=1&input=%7B%220%22:1,%221%22:2%7D&x=1",
  "echo,echo?batch=1&input={%220%22:%22a+b%22}",
  "echo,echo?batch=1&input=",
  "echo,echo?batch=1&input",
  "echo,echo?batch=1",
  "echo%2Cecho?batch=1&input=%7B%221%22:2%7D",
  "echo,nothing?batch=1&input=%7B",
  "echo,nothing?batch=1&input=[1,2]",
  "echo,nothing?batch=1&input=null",
  "echo,nothing?batch=1&input=5",
  "echo,nothing?batch=1&input=%22text%22",
  "nothing,bare?batch=1&input=%7B",
  "echo,echo?batch=1&input=%7B%221%22:null,%222%22:3,%22x%22:4%7D",
  "echo,echo?batch=1&input=%7B%2200%22:1,%220.0%22:2,%22-1%22:3,%22__proto__%22:%7B%220%22:4%7D%7D",
  "__proto__,constructor?batch=1",
  "toString?batch=1",
  "a,b",
  "a%2Cb",
];

const NOT_OURS: readonly string[] = [
  "unknown",
  "",
  "?input=1",
  "%20",
  "echo%20",
  "%20echo",
  "echo+",
  "Echo",
  "ECHO",
  "echo.",
  ".echo",
  "input..object",
  "input",
  "nested.deeper",
  "echo;x=1",
  "echo%3Fx",
  "echo%00",
  "echo%0A",
  "echo%2F",
  "echo%5C",
  "echo%25",
  "e%2563ho",
  "%2565%63ho",
  "per%2525cent",
  "echo%",
  "echo%zz",
  "echo%E4",
  "echo%ED%A0%80",
  "\xe9",
  "echo\xff",
  "echo/",
  "echo//",
  "/echo",
  "./echo",
  "../plain/echo",
  "echo/..",
  "echo#x",
  "echo?input=1#x",
  "echo?#&input=1",
  "#",
  "hash%23#",
  "hash",
  "echo,nothing",
  "echo%2Cnothing",
  "echo,nothing?batch=0",
  "a,b?batch=1",
  ",?batch=1",
  "?batch=1",
  "nothing,?batch=1",
  ",nothing?batch=1",
  "nothing,,nothing?batch=1",
  "nothing, nothing?batch=1",
  "nothing,%20nothing?batch=1",
  "nothing,unknown?batch=1",
  "unknown,unknown?batch=1",
  "nothing%252Cnothing?batch=1",
  "__defineGetter__",
  "isPrototypeOf?batch=1",
  "_def.procedures",
  "then",
  "lazy.query,nothing?batch=1",
  "lazy.unknown",
  "lazy",
  "x".repeat(300),
  "x".repeat(MAX_URL_LENGTH),
  "x".repeat(MAX_URL_LENGTH + 1),
  `echo?input=%22${"x".repeat(20_000)}%22`,
  `echo?input="${bytesOf("é課🎓")}"`,
  'echo?input="\xe9\xff"',
  // What connects by parameters
  'echo?input=1&connectionParams={"a":"b"}',
  "echo?connectionParams=null&input=1",
  "echo?connectionParams=%7B&input=1",
  "echo?connectionParams=[]&input=1",
  'echo?connectionParams={"a":1}',
  "echo?connectionParams=",
  "echo?connectionParams",
  'echo,echo?batch=1&connectionParams={"a":"b"}',
  "echo,echo?batch=1&connectionParams=5",
  // Mutations are not for GET.
  "change?input=1",
  "changeNothing",
  "change,change?batch=1",
  "nothing,change?batch=1",
  "events,nothing?batch=1",
  "events,events?batch=1",
];

/** Whole targets, whose host may be another. */
const TARGETS: readonly string[] = [
  "/",
  "*",
  "/plain",
  "/plain/",
  "//plain/echo",
  "/plain//echo",
  "/PLAIN/echo",
  "/plai%6E/echo",
  "/plain%2Fecho",
  "/plain\\echo",
  "/./plain/echo",
  "/other/../plain/echo",
  "/plain/echo/more",
  "http://academy.example/plain/echo?input=1",
  "http://other.example/plain/echo?input=1",
  "https://other.example:8443/plain/echo?input=1",
  "HTTP://other.example/plain/echo?input=1",
  "http://[other/plain/echo?input=1",
  "http://user:password@academy.example/plain/echo?input=1",
  "ftp://other.example/plain/echo?input=1",
  "http://academy.example",
  "academy.example:80",
  "plain/echo",
  "?input=1",
];

const METHODS = ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "NONE"];

const JSON_BODY = { headers: [["content-type", "application/json"]], body: '{"a":1}' } as const;

export function addressVariants(): Variant[] {
  return [
    ...OURS.map((target) => get(target)),
    ...OURS.map((target) => get(target, { world: "transformed" })),
    ...OURS.filter((target) => target.includes("%7B") || target.includes(",")).map((target) =>
      get(target, { world: "domain" }),
    ),
    ...NOT_OURS.map((target) => get(target, { isOurs: false })),
    variantOf("GET where no world is", false, { target: "/nowhere/echo?input=1" }),
    // By POST, what the address says of inputs counts for nothing.
    ...OURS.map((target) => post(target, target.includes("batch=1") ? '{"0":1}' : "1")),
    ...NOT_OURS.slice(0, 60).map((target) => post(target, "1", { isOurs: false })),
    ...TARGETS.flatMap((target) => [
      variantOf(`GET ${target}`, false, { target }),
      variantOf(`POST ${target}`, false, { target, method: "POST", ...JSON_BODY }),
    ]),
    ...METHODS.flatMap((method) =>
      ["echo", "change", "nothing,bare?batch=1", "unknown"].flatMap((target) => [
        call(`${method} ${target}`, target, { method, isOurs: false }),
        call(`${method} ${target} with a body`, target, { method, isOurs: false, ...JSON_BODY }),
      ]),
    ),
    ...batchSizes(),
    ...contexts(),
  ];
}

function get(target: string, options: CallOptions = {}): Variant {
  return call(`GET ${target.slice(0, 90)}`, target, options);
}

function post(target: string, body: string, options: CallOptions = {}): Variant {
  return call(`POST ${target.slice(0, 90)}`, target, {
    method: "POST",
    headers: [["content-type", "application/json"]],
    body,
    ...options,
  });
}

/** Of all lengths, with gaps among the inputs, with the same procedure many times, and with faults of all sorts. */
function batchSizes(): Variant[] {
  const variants: Variant[] = [];
  const names = ["echo", "nothing", "fault.NOT_FOUND", "input.object", "waits", "fault.error"];
  for (let size = 1; size <= MAX_BATCH_SIZE + 1; size += 1) {
    const isOurs = size <= MAX_BATCH_SIZE;
    const paths = Array.from({ length: size }, (_, index) => names[index % names.length]);
    const inputs = Object.fromEntries(
      paths.flatMap((_, index) =>
        index % 3 === 0 ? [[String(index), { name: `n${index}` }]] : [],
      ),
    );
    const json = JSON.stringify(inputs);
    const target = `${paths.join()}?batch=1`;
    variants.push(
      get(`${target}&input=${encodeURIComponent(json)}`, { isOurs }),
      post(target, json, { isOurs, world: "domain" }),
      post(`${Array.from({ length: size }, () => "change").join()}?batch=1`, json, { isOurs }),
      get(`${Array.from({ length: size }, () => "spoilsContext").join()}?batch=1`, { isOurs }),
    );
  }
  const together = [
    "fault.NOT_FOUND,fault.NOT_FOUND",
    "fault.shared,fault.shared",
    "declared.sharedFirst,fault.shared,declared.sharedFirst",
    "fault.NOT_FOUND,fault.CONFLICT",
    "fault.TOO_MANY_REQUESTS,nothing",
    "result.bigint,nothing",
    "result.undefined,result.null,result.notANumber",
    "result.promiseInside,nothing",
    "result.promiseInside,result.iterable",
    "result.circular,fault.error",
    "fault.TOO_MANY_REQUESTS,result.circular",
    "result.toJsonThrows,result.getterThrows",
    "result.regularExpression,nothing",
    "spoilsInput,spoilsInput,echo",
    "declared.domain,declared.fine,declared.undeclared",
    "waitsAndFails,echo,waits",
    "fault.unreadInput,echo",
    "echo,fault.unreadInput,fault.withInput",
    "input.asynchronous,input.twice,input.object",
    "input.counted,input.counted",
    "told,told,told",
    "reply.header,reply.status",
    "reply.status,fault.error",
    "overridden,overriddenFails",
    "__proto__,__proto__",
    "reply.retryAfter,declared.common",
  ];
  const inputs = '{"0":{"name":"a"},"1":{"name":"b"},"2":{"a":"c"}}';
  for (const paths of together) {
    for (const world of ["plain", "transformed", "domain"] as const) {
      variants.push(
        get(`${paths}?batch=1&input=${encodeURIComponent(inputs)}`, { world }),
        post(`${paths}?batch=1`, inputs, { world }),
        post(`${paths}?batch=1`, "{", { world }),
        post(`${paths}?batch=1`, "[]", { world }),
      );
    }
  }
  for (const name of ["no shape", "throws", "no JSON", "no data", "status of its own"]) {
    const path = encodeURIComponent(`fault.${name}`);
    variants.push(get(`${path},nothing,fault.error?batch=1`, { world: "awkward" }));
  }
  for (const paths of ["reply.cookie,reply.cookieAndFails", "reply.cookie,changeFails"]) {
    variants.push(post(`${paths}?batch=1`, "{}"));
  }
  return variants;
}

/** A context that fails to be made, or is none. */
function contexts(): Variant[] {
  return Object.keys(CONTEXTS).flatMap((name) => {
    const because = `context: ${name}`;
    const headers = [[CONTEXT_HEADER, name]] as const;
    const json = [["content-type", "application/json"], ...headers] as const;
    return (["plain", "transformed", "domain"] as const).flatMap((world) => [
      get("echo?input=1", { world, because, headers }),
      get("bare", { world, because, headers }),
      get("echo?input=%7B", { world, because, headers }),
      get("echo,bare?batch=1&input=%7B%220%22:1%7D", { world, because, headers }),
      get("bare?batch=1", { world, because, headers }),
      get("declared.domain", { world, because, headers }),
      get("overridden?input=1", { world, because, headers }),
      post("change", "1", { world, because, headers: json }),
      post("change,changeNothing?batch=1", "{}", { world, because, headers: json }),
      get("unknown", { world, because, headers, isOurs: false }),
      get("bare,unknown?batch=1", { world, because, headers, isOurs: false }),
      get("change", { world, because, headers, isOurs: false }),
      get("events", { world, because, headers, isOurs: false }),
      get("lazy.query", { world, because, headers, isOurs: false }),
    ]);
  });
}
