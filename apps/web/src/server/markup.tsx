import { Writable } from "node:stream";
import type { ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";

interface Markup {
  readonly html: string;
  /** The first error that a component threw; what stands in its place needs scripts. */
  readonly failure: unknown;
}

/**
 * Writes a document as one text. Everything is in its place at once: nothing comes later, so that no
 * script is needed to put it there.
 */
export function markupOf(document: ReactNode): Promise<Markup> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let failure: unknown;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
      final(done) {
        resolve({ html: Buffer.concat(chunks).toString("utf8"), failure });
        done();
      },
    });
    const stream = renderToPipeableStream(document, {
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onAllReady: () => stream.pipe(sink),
      onError: (error) => {
        failure ??= error;
      },
      onShellError: reject,
    });
  });
}
