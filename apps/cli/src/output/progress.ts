import cliProgress from "cli-progress";
import type { Terminal } from "./terminal.ts";

/** A bar on standard error while long work goes on, where somebody looks. */
export class Progress implements Disposable {
  readonly #terminal: Terminal;
  #bar: cliProgress.SingleBar | undefined;
  #step: string | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** @param total 0 where it is not known yet */
  show(step: string, done: number, total: number): void {
    const stream = this.#terminal.progressStream;
    if (stream === undefined) return;
    if (this.#step !== step) {
      this.#bar?.stop();
      this.#step = step;
      this.#bar = new cliProgress.SingleBar(
        {
          stream,
          format:
            total === 0
              ? `  ${step}  {value}`
              : `  ${step}  {bar}  {value} of {total}  {eta_formatted}`,
          formatBar: cliProgress.Format.BarFormat,
          hideCursor: true,
          clearOnComplete: true,
          stopOnComplete: false,
          gracefulExit: false,
          fps: 10,
          emptyOnZero: true,
        },
        cliProgress.Presets.shades_classic,
      );
      this.#bar.start(total, done);
      return;
    }
    if (total > 0) this.#bar?.setTotal(total);
    this.#bar?.update(done);
  }

  [Symbol.dispose](): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#step = undefined;
  }
}
