import { type Command, CommanderError } from "commander";
import type { Config } from "./config.ts";
import {
  type FindToken,
  type GlobalOptions,
  academyUrl,
  clientFor,
  tokenFinder,
} from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { describeError } from "./output/describe-error.ts";
import { type Streams, Terminal } from "./output/terminal.ts";
import { createProgram } from "./program.ts";
import { Credentials } from "./sign-in/credentials.ts";
import type { Input } from "./sign-in/read-secret.ts";

/** What the command line is run with: the process's own, or a test's. */
export interface Surroundings extends Streams {
  readonly stdin: Input;
  readonly config: Config;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const INTERRUPTED = "Stopped. What was sent is in; the same command again goes on from there.";

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/**
 * Does what the command line says.
 *
 * @param words what follows the name of the command
 * @returns how the process should end; nothing is thrown
 */
export async function runCli(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { stdin, config, signal, stdout, stderr } = surroundings;
  let exitCode: ExitCode = EXIT.ok;
  let globals: GlobalOptions = {};
  let findToken: FindToken | undefined;
  // Before the command line is understood, errors must know whom they are for.
  const isJson = words.includes("--json");
  const terminal = new Terminal({ stdout, stderr }, isJson);

  const program = createProgram(async (given, action, options) => {
    globals = given;
    const url = academyUrl(globals, config);
    const credentials = new Credentials(config.configDirectory, (text) => terminal.note(text));
    findToken = tokenFinder(globals, config, credentials);
    const client = clientFor(url, findToken);
    const context = { terminal, config, url, client, credentials, findToken, stdin, signal };
    exitCode = await action(context, options);
  });
  let complaint = "";
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => {
        complaint += text;
      },
    });
  }

  try {
    await program.parseAsync([...words], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (isJson) terminal.error("", { name: "UsageError", message: error.message });
      else stderr.write(complaint);
      return EXIT.usage;
    }
    if (signal.aborted) {
      terminal.error(INTERRUPTED, { name: "Interrupted", message: INTERRUPTED });
      return EXIT.interrupted;
    }
    const shown = await findToken?.().catch(() => undefined);
    const description = describeError(error, academyUrl(globals, config), shown?.from);
    terminal.error(description.text, description.forPrograms);
    return description.exitCode;
  }
}
