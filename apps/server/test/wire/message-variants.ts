import { type CallOptions, JSON_TYPE, call } from "./calls.ts";
import { BODY_LIMIT_BYTES } from "./specimen-server.ts";
import { type RequestOptions, type Variant, bytesOf, requestOf, variantOf } from "./variant.ts";

/** What can be written below the first line: headers, bodies, and several requests on one connection. */

const BYTE_ORDER_MARK = bytesOf("\uFEFF");

type Headers = readonly (readonly [name: string, value: string])[];

export function messageVariants(): Variant[] {
  return [...contentTypes(), ...bodies(), ...headers(), ...hosts(), ...connections()];
}

function post(because: string, body: string | undefined, options: CallOptions = {}): Variant {
  const { target = "echo" } = options;
  return call(`POST ${target}`, target, {
    method: "POST",
    headers: [JSON_TYPE],
    body,
    ...options,
    because,
    // It is the target below the prefix that is given here.
    ...(options.target !== undefined && {
      target: `/${options.world ?? "plain"}/${options.target}`,
    }),
  });
}

function get(because: string, headersOfIt: Headers, options: CallOptions = {}): Variant {
  const target = options.target ?? "echo?input=%7B%22a%22:1%7D";
  return call(`GET ${target}`, target, {
    headers: headersOfIt,
    ...options,
    because,
    target: `/${options.world ?? "plain"}/${target}`,
  });
}

const JSON_TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "application/json;charset=UTF-8",
  'application/json; charset="utf-8"',
  "application/json; charset=iso-8859-1",
  "application/json ; charset=utf-8",
  "Application/JSON",
  "APPLICATION/JSON; CHARSET=UTF-8",
];

const UNCERTAIN_TYPES = [
  "application/json;",
  "application/json; ",
  "application/json; x",
  "application/json;;",
  "application/json; charset",
  "application/json\t;x=1",
  "application/json, application/json",
  "application/json, text/plain",
  "text/plain, application/json",
  "application/jsonl",
  "application/json5",
  "application/vnd.api+json",
  "text/json",
  "json",
  "*/*",
  "application/*",
  "text/plain",
  "text/plain; application/json",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
  "application/octet-stream; application/json",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "multipart/mixed; boundary=x",
  "",
  " ",
  "/",
  ";",
];

function contentTypes(): Variant[] {
  const parts =
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\nfile\r\n--x--\r\n';
  const typed = (type: string): Headers => [["content-type", type]];
  return [
    ...JSON_TYPES.flatMap((type) => [
      post(type, bytesOf('{"a":"é"}'), { headers: typed(type) }),
      post(type, "1", { headers: typed(type), target: "change" }),
      get(type, typed(type)),
      get(type, typed(type), { target: "nothing,bare?batch=1" }),
    ]),
    ...UNCERTAIN_TYPES.flatMap((type) => [
      post(type, '{"a":1}', { headers: typed(type), isOurs: false }),
      post(type, '{"a":1}', { headers: typed(type), isOurs: false, target: "change" }),
      post(type, '{"0":1}', { headers: typed(type), isOurs: false, target: "echo,echo?batch=1" }),
      get(type, typed(type), { isOurs: false }),
    ]),
    ...["change", "echo", "unknown"].flatMap((target) => [
      post("parts", parts, {
        headers: typed("multipart/form-data; boundary=x"),
        isOurs: false,
        target,
      }),
      post("bytes", "\x00\xff", {
        headers: typed("application/octet-stream"),
        isOurs: false,
        target,
      }),
      post("no content type", "1", { headers: [], isOurs: false, target }),
      post("neither content type nor body", undefined, { headers: [], isOurs: false, target }),
      post("no content type, empty", "", { headers: [], isOurs: false, target }),
    ]),
    post("two content types", "1", {
      headers: [JSON_TYPE, ["content-type", "text/plain"]],
      isOurs: false,
    }),
    post("two content types", "1", {
      headers: [["content-type", "text/plain"], JSON_TYPE],
      isOurs: false,
    }),
  ];
}

function bodies(): Variant[] {
  const deep = `${"[".repeat(2000)}${"]".repeat(2000)}`;
  const atLimit = `"${"x".repeat(BODY_LIMIT_BYTES - 2)}"`;
  const texts: Readonly<Record<string, string>> = {
    empty: "",
    blank: " \r\n",
    null: "null",
    text: '"text"',
    "no JSON": "{",
    "no JSON that would be told of": '{"password":"secret',
    "more than one": "1 2",
    "a byte order mark": `${BYTE_ORDER_MARK}1`,
    "two byte order marks": `${BYTE_ORDER_MARK}${BYTE_ORDER_MARK}1`,
    "a byte order mark alone": BYTE_ORDER_MARK,
    "a byte order mark inside": `"${BYTE_ORDER_MARK}"`,
    "UTF-16": "\xff\xfe1\x00",
    "no UTF-8": '"\xff\xc3"',
    "an encoded surrogate": '"\xed\xa0\x80"',
    "half a character": '"\xc3',
    "many scripts": bytesOf('"é課🎓\\ud83d"'),
    "control characters": '"\x01"',
    "no character": "1\x00",
    deep,
    wide: JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`k${n}`, n]))),
    "its prototype": '{"__proto__":{"a":1},"constructor":{"prototype":2}}',
    "at the limit": atLimit,
  };
  return [
    ...Object.entries(texts).flatMap(([because, text]) => [
      post(because, text),
      post(because, text, { target: "change", world: "transformed" }),
      post(because, text, { target: "nothing", world: "domain" }),
      post(because, text, { target: "input.object", world: "domain" }),
      post(because, text, { target: "echo,nothing?batch=1" }),
      post(`${because}, in chunks`, text, { chunks: [1, 2, 3, 5, 1000] }),
      post(`${because}, in one chunk`, text, { chunks: [], target: "change" }),
    ]),
    ...["echo", "change", "changeNothing", "nothing,bare?batch=1"].flatMap((target) => [
      // Fastify reads no body here, and none is no input.
      post("no body", undefined, { target, isOurs: false }),
      post("an empty body", "", { target }),
      post("an empty body in chunks", "", { target, chunks: [] }),
      post("over the limit", `${atLimit} `, { target, isOurs: false }),
      post("over the limit in chunks", `${atLimit} `, {
        target,
        isOurs: false,
        chunks: [BODY_LIMIT_BYTES / 2],
      }),
    ]),
    get("a body that nobody reads", [JSON_TYPE], { body: "{", isOurs: false }),
    get("an empty body", [], { body: "" }),
    get("a body in chunks", [JSON_TYPE], { body: "1", chunks: [], isOurs: false }),
    {
      ...raw("a body that is shorter than it says", 1, (id) => [
        `${requestOf(id, { method: "POST", target: "/plain/echo", headers: [JSON_TYPE, ["content-length", "9"]] })}1`,
      ]),
      halfCloses: true,
    },
    raw("a length that is none", 1, (id) => [
      requestOf(id, {
        method: "POST",
        target: "/plain/echo",
        headers: [JSON_TYPE, ["content-length", "x"]],
      }),
    ]),
    raw("a length and chunks", 1, (id) => [
      requestOf(id, {
        method: "POST",
        target: "/plain/echo",
        headers: [JSON_TYPE, ["content-length", "1"]],
        body: "1",
        chunks: [],
      }),
    ]),
    raw("chunks that are none", 1, (id) => [
      `${requestOf(id, { method: "POST", target: "/plain/echo", headers: [JSON_TYPE, ["transfer-encoding", "chunked"]] })}zz\r\n`,
    ]),
    {
      ...post("waits for word to go on", "1", { headers: [JSON_TYPE, ["expect", "100-continue"]] }),
      name: "POST that expects to be told to go on",
    },
    post("expects what nobody knows", "1", {
      headers: [JSON_TYPE, ["expect", "miracles"]],
      isOurs: false,
    }),
    split("a body that comes byte by byte", {
      method: "POST",
      headers: [JSON_TYPE],
      body: bytesOf('"é課"'),
    }),
  ];
}

/** Sends every byte of a body by itself. */
function split(name: string, options: Omit<RequestOptions, "target">): Variant {
  const { body = "" } = options;
  return {
    ...variantOf(name, true, { target: "/plain/echo" }),
    write: (id) => {
      const whole = requestOf(id, { ...options, target: "/plain/echo" });
      return [whole.slice(0, whole.length - body.length), ...body];
    },
  };
}

function headers(): Variant[] {
  const batch = "echo,nothing?batch=1&input=%7B%220%22:1%7D";
  const streams: readonly Headers[] = [
    [["trpc-accept", "application/jsonl"]],
    [["trpc-accept", "application/json"]],
    [["trpc-accept", "text/event-stream"]],
    [["trpc-accept", ""]],
    [
      ["trpc-accept", "application/jsonl"],
      ["trpc-accept", "application/jsonl"],
    ],
    [["accept", "application/jsonl"]],
    [["accept", "text/html, application/jsonl"]],
    [["accept", "application/jsonl;q=0.5"]],
    [["accept", "application/jsonlines"]],
    [
      ["accept", "text/html"],
      ["accept", "application/jsonl"],
    ],
  ];
  const harmless: readonly Headers[] = [
    [["accept", "application/json"]],
    [["accept", "*/*"]],
    [["accept", "text/html"]],
    [["accept", "application/JSONL"]],
    [["accept", ""]],
    [["accept-encoding", "gzip, br"]],
    [["last-event-id", "7"]],
    [["cookie", "a=1; a=2; =; x"]],
    [["x-http-method-override", "PUT"]],
    [["authorization", "Bearer \xff"]],
    [["if-none-match", "*"]],
    [["range", "bytes=0-1"]],
    [["origin", "https://other.example"]],
    [["content-encoding", "gzip"]],
    [["x-long", "x".repeat(8000)]],
    [["x-empty", ""]],
    [["constructor", "1"]],
    [["__proto__", "1"]],
    [["x-trpc-source", "react"]],
  ];
  const inStreams = (["plain", "transformed"] as const).flatMap((world) =>
    streams.flatMap((given) => [
      get("a stream", given, { world, isOurs: false }),
      get("a stream", given, { world, isOurs: false, target: batch }),
      get("a stream", given, { world, isOurs: false, target: "result.promiseInside?batch=1" }),
      get("a stream", given, { world, isOurs: false, target: "fault.error,unknown?batch=1" }),
      post("a stream", '{"0":1}', {
        world,
        isOurs: false,
        target: "change?batch=1",
        headers: [JSON_TYPE, ...given],
      }),
    ]),
  );
  const others = harmless.flatMap((given) => {
    const because = given.map(([name, value]) => `${name}: ${value.slice(0, 20)}`).join();
    return [
      get(because, given),
      get(because, given, { target: batch }),
      post(because, "1", { target: "change", headers: [JSON_TYPE, ...given] }),
    ];
  });
  return [
    ...inStreams,
    ...others,
    get("too long", [["x-long", "x".repeat(20_000)]], { isOurs: false }),
  ];
}

const HOSTS = [
  "localhost",
  "localhost:3000",
  "LOCALHOST",
  "academy.example.",
  "127.0.0.1:80",
  "127.1",
  "0x7f.1",
  "[::1]:3000",
  "xn--bcher-kva.example",
  "a_b",
  "a..b",
  "a:",
];

const BAD_HOSTS = [
  "a:99999",
  "a:b",
  "a b",
  "a,b",
  "[::1",
  "[x]",
  "%",
  "a%20b",
  "\xfc.example",
  "<>",
  "^",
  "a\tb",
  "..",
  "-",
  "x".repeat(300),
  "a/b",
  "a?b",
  "a#b",
  "a\\b",
  "@",
  ":",
  ":80",
  "//",
  "http://a",
  "user:password@academy.example",
  "user@academy.example",
];

function hosts(): Variant[] {
  return [
    ...HOSTS.flatMap((host) => [
      get(`Host: ${host}`, [], { host }),
      post(`Host: ${host}`, "1", { host }),
    ]),
    ...BAD_HOSTS.flatMap((host) => [
      get(`Host: ${host}`, [], { host, isOurs: false }),
      post(`Host: ${host}`, "1", { host, isOurs: false }),
    ]),
    get("no Host", [], { host: undefined, isOurs: false }),
    get("two hosts", [["host", "b.example"]], { isOurs: false }),
  ];
}

function connections(): Variant[] {
  const kept = { staysOpen: true, headers: [JSON_TYPE] } as const;
  const query = { ...kept, target: "/plain/echo?input=1" };
  const slow = { ...kept, target: "/plain/waits" };
  const change = { ...kept, method: "POST", target: "/plain/change", body: '{"a":1}' };
  const fault = { ...kept, target: "/plain/fault.error" };
  const long = { ...kept, target: "/plain/result.long" };
  const unknown = { ...kept, target: "/plain/unknown" };
  const chunks = { ...change, chunks: [2] };
  const closing = { target: "/plain/echo?input=2" };
  const head = { ...kept, method: "HEAD", target: "/plain/echo" };
  const pipes: readonly (readonly RequestOptions[])[] = [
    [query, query],
    [query, closing],
    [slow, query],
    [query, slow, query, slow],
    [change, query],
    [chunks, change, closing],
    [fault, query],
    [unknown, query],
    [query, unknown, query],
    [long, query],
    [long, long, closing],
    [slow, change, fault, long, unknown, closing],
  ];
  const isOurs = (options: RequestOptions) => options !== unknown;
  return [
    ...pipes.map((requests) => pipe(requests, requests.every(isOurs))),
    { ...pipe([head, head], false), isHead: true },
    // Nothing is answered after the end that was asked for.
    { ...pipe([closing, query], false), requests: 1 },
    raw("what follows is no HTTP", 2, (id) => [requestOf(id, query), "NO HTTP\r\n\r\n"]),
    raw("no HTTP", 1, () => ["NO HTTP\r\n\r\n"]),
    raw("HTTP of another version", 1, (id) => [
      requestOf(id, query).replace("HTTP/1.1", "HTTP/3.0"),
    ]),
    raw("a header that is none", 1, (id) => [
      requestOf(id, closing).replace("\r\n\r\n", "\r\nnone\r\n\r\n"),
    ]),
    raw("lines that end otherwise", 1, (id) => [requestOf(id, closing).replaceAll("\r\n", "\n")]),
    ...[query, change, slow, long, fault].flatMap((options) => [
      old(options, [], true),
      old(options, [["connection", "keep-alive"]], true),
    ]),
    old(unknown, [], false),
    old({ ...query, host: undefined }, [], true),
    old({ ...change, host: undefined }, [], true),
    variantOf("HTTP/1.0 with an empty Host", false, { ...query, version: "1.0", host: "" }),
  ];
}

function pipe(requests: readonly RequestOptions[], isOurs: boolean): Variant {
  const targets = requests.map(({ method = "GET", target }) => `${method} ${target}`);
  return {
    ...variantOf(`one after the other: ${targets.join(", ")}`, isOurs, { target: "" }),
    write: (id) => [requests.map((options) => requestOf(id, options)).join("")],
    requests: requests.length,
  };
}

function raw(name: string, requests: number, write: Variant["write"]): Variant {
  return { ...variantOf(name, false, { target: "" }), write, requests };
}

function old(options: RequestOptions, more: Headers, isOurs: boolean): Variant {
  const { method = "GET", target, headers: given = [] } = options;
  const host = "host" in options && options.host === undefined ? " without Host" : "";
  const how = more.map(([name, value]) => `${name}: ${value}`).join();
  return variantOf(`HTTP/1.0 ${method} ${target}${host} ${how}`, isOurs, {
    ...options,
    headers: [...given, ...more],
    version: "1.0",
  });
}
