import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";

/** A place in a file, counted from zero, as the Language Server Protocol does. */
export interface Position {
  line: number;
  character: number;
}

export interface Place {
  file: string;
  position: Position;
}

export interface LanguageServer extends AsyncDisposable {
  /** Where an editor jumps to from a place in a file. */
  definition(place: Place): Promise<Place[]>;
}

const Message = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

const Location = z.object({
  uri: z.string(),
  range: z.object({ start: z.object({ line: z.number(), character: z.number() }) }),
});

const HEADER_END = "\r\n\r\n";

/**
 * Starts TypeScript's language server and opens a folder in it, as an editor does: over the Language Server Protocol
 * 3.17 on standard input and output.
 *
 * @param folder the folder that the editor has open
 */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));
  const child = spawn(process.execPath, [tsc, "--lsp", "--stdio"], { cwd: folder });
  const connection = connect(child);
  const opened = new Set<string>();

  await connection.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "repository" }],
    capabilities: { textDocument: { definition: { linkSupport: false } } },
  });
  connection.notify("initialized", {});

  return {
    async definition({ file, position }) {
      const uri = pathToFileURL(file).href;
      if (!opened.has(file)) {
        opened.add(file);
        const languageId = file.endsWith("x") ? "typescriptreact" : "typescript";
        const text = readFileSync(file, "utf8");
        connection.notify("textDocument/didOpen", {
          textDocument: { uri, languageId, version: 1, text },
        });
      }
      const result = await connection.request("textDocument/definition", {
        textDocument: { uri },
        position,
      });
      return readLocations(result);
    },
    async [Symbol.asyncDispose]() {
      await connection.request("shutdown");
      connection.notify("exit");
      await connection.closed;
    },
  };
}

function connect(child: ChildProcessWithoutNullStreams) {
  const waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  let received = Buffer.alloc(0);
  let complaints = "";
  let lastId = 0;

  function send(message: object) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`);
  }

  function receive(message: z.infer<typeof Message>) {
    if (typeof message.id === "number" && message.method === undefined) {
      const caller = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) caller?.resolve(message.result);
      else caller?.reject(new Error(message.error.message));
    } else if (message.id !== undefined) {
      // The server asks for settings and the like: an editor without any says so.
      const asked = message.method === "workspace/configuration" ? [] : null;
      send({ id: message.id, result: asked });
    }
  }

  child.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const headerEnd = received.indexOf(HEADER_END);
      if (headerEnd === -1) return;
      const header = received.subarray(0, headerEnd).toString("ascii");
      const length = Number(/content-length: (\d+)/i.exec(header)?.[1]);
      const start = headerEnd + HEADER_END.length;
      if (received.length < start + length) return;
      const body = received.subarray(start, start + length).toString("utf8");
      received = received.subarray(start + length);
      receive(Message.parse(JSON.parse(body)));
    }
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString("utf8");
  });
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => {
      for (const { reject } of waiting.values()) {
        reject(new Error(`The language server ended. ${complaints}`));
      }
      resolve();
    });
  });

  return {
    closed,
    notify(method: string, params?: unknown) {
      send({ method, params });
    },
    request(method: string, params?: unknown): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        send({ id, method, params });
      });
    },
  };
}

function readLocations(result: unknown): Place[] {
  const locations = z.union([z.array(Location), Location, z.null()]).parse(result);
  return [locations ?? []].flat().map(({ uri, range }) => ({
    file: fileURLToPath(uri),
    position: range.start,
  }));
}
