import {
  brotliCompressSync,
  constants,
  gzipSync,
  type ZlibOptions,
  zstdCompressSync,
} from "node:zlib";
import { startBenchAcademy } from "./academy/bench-academy.ts";
import { queryPath } from "./contenders/query-path.ts";
import { startLectern } from "./contenders/servers.ts";
import { say } from "./output.ts";
import { median } from "./statistics.ts";

/**
 * `node packages/bench/src/compression.ts`: how small real answers get by each way of compressing them, and what that costs. By
 * it the quality was chosen that the server compresses with (docs/decisions/public-answers-are-kept.md).
 */

/** Of each way with each answer. What is told is the median of its batches. */
const BATCHES = 7;
const BATCH_MS = 40;

interface Way {
  readonly name: string;
  readonly compress: (body: Buffer) => Buffer;
}

const WAYS: readonly Way[] = [
  { name: "identity", compress: (body) => body },
  ...[1, 6, 9].map((level): Way => {
    const options: ZlibOptions = { level };
    return { name: `gzip ${level}`, compress: (body) => gzipSync(body, options) };
  }),
  ...[0, 1, 2, 3, 4, 5, 6, 7, 9, 11].map((quality): Way => ({
    name: `brotli ${quality}`,
    compress: (body) =>
      brotliCompressSync(body, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        },
      }),
  })),
  ...[1, 3, 9].map((level): Way => ({
    name: `zstd ${level}`,
    compress: (body) =>
      zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: level } }),
  })),
];

/** @returns milliseconds of processor time */
function cost(compress: () => unknown): number {
  const batches = Array.from({ length: BATCHES }, () => {
    const begun = performance.now();
    const before = process.cpuUsage();
    let count = 0;
    for (; performance.now() - begun < BATCH_MS; count += 1) compress();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / count;
  });
  return median(batches);
}

/** @returns answers by what they are called */
async function readAnswers(origin: string): Promise<ReadonlyMap<string, Buffer>> {
  const answers = new Map<string, Buffer>();
  async function read(procedure: string, input: unknown, name = procedure): Promise<string> {
    const response = await fetch(`${origin}${queryPath(procedure, input)}`, {
      headers: { "accept-encoding": "identity" },
    });
    if (!response.ok) throw new Error(`${name} was answered by ${response.status}`);
    const body = Buffer.from(await response.arrayBuffer());
    answers.set(name, body);
    return body.toString();
  }
  const slugIn = (text: string) => /"slug":"([^"]+)"/u.exec(text)?.[1];
  const courses = await read("courses.list", { limit: 20 }, "courses.list, 20");
  await read("courses.list", { limit: 100 }, "courses.list, 100");
  await read("courses.facets", {});
  await read("runs.upcoming", { limit: 20 }, "runs.upcoming, 20");
  await read("courses.bySlug", { slug: slugIn(courses) });
  await read("articles.bySlug", { slug: slugIn(await read("articles.list", {})) });
  return answers;
}

async function main(): Promise<void> {
  await using academy = await startBenchAcademy();
  const { folder, catalogueUrl: databaseUrl } = academy;
  await using server = await startLectern({ databaseUrl, folder, processors: undefined });
  const answers = await readAnswers(server.origin);
  say(`| Way | ${[...answers.keys()].join(" | ")} |`);
  say(`| --- | ${[...answers.keys()].map(() => "---:").join(" | ")} |`);
  for (const { name, compress } of WAYS) {
    const cells = [...answers.values()].map((body) => {
      const bytes = compress(body).length.toLocaleString("en");
      return name === "identity"
        ? bytes
        : `${bytes} in ${cost(() => compress(body)).toPrecision(2)}`;
    });
    say(`| ${name} | ${cells.join(" | ")} |`);
  }
}

await main();
