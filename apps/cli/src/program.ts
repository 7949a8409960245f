import { CLIENT_VERSION } from "@lectern/client";
import { BOOKING_PLACES_MAX } from "@lectern/contract/bookings";
import { COURSE_LEVELS, DELIVERY_MODES } from "@lectern/contract/vocabulary";
import { Command, Option } from "commander";
import { type AuditVerifyCommandOptions, auditVerifyCommand } from "./commands/audit.ts";
import { type BookCommandOptions, bookCommand } from "./commands/book.ts";
import type { FilterOptions } from "./commands/catalogue-filter.ts";
import { coursesCommand } from "./commands/courses.ts";
import { demoCommand, type DemoCommandOptions } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { type ExportCommandOptions, exportCommand } from "./commands/export.ts";
import { type ImportCommandOptions, importCommand } from "./commands/import.ts";
import {
  type KeysRotateCommandOptions,
  keysRotateCommand,
  keysStatusCommand,
} from "./commands/keys.ts";
import { type LoginCommandOptions, loginCommand } from "./commands/login.ts";
import { type LogoutCommandOptions, logoutCommand } from "./commands/logout.ts";
import { runsCommand } from "./commands/runs.ts";
import { whoamiCommand } from "./commands/whoami.ts";
import { DEFAULT_URL } from "./config.ts";
import type { Action, GlobalOptions } from "./context.ts";
import { EXPORT_FORMATS } from "./export/export-catalogue.ts";
import { INPUT_FORMATS } from "./import/input/detect-format.ts";
import {
  academyAddress,
  anyOf,
  collected,
  date,
  idempotencyKey,
  sha256,
  wholeNumber,
} from "./option-values.ts";

/** Runs an action with what a command was given. */
export type Perform = <Options>(
  globals: GlobalOptions,
  action: Action<Options>,
  options: Options,
) => Promise<void>;

const EXIT_CODES = `
Exit codes:
  0   done
  1   done, but an import refused records, doctor found trouble, or the audit log's chain is broken
  2   the command line, the configuration or the input is not right; nothing was done
  3   the academy can't be reached, or failed
  4   the academy said no: sold out, not found, not allowed …
  130 stopped by Ctrl-C

Environment:
  LECTERN_URL      address of the academy (else ${DEFAULT_URL})
  LECTERN_TOKEN    API or operator token (else what login kept for that address, else the operator's
                   of the academy on this machine)
  LECTERN_DATA     folder of the academy on this machine (else .lectern)
  DATABASE_URL     its database, if it does not run its own (doctor, demo and audit alone)
  XDG_CONFIG_HOME  login keeps its tokens in lectern/credentials.json there (else in ~/.config)`;

const IMPORT_HELP = `
Reads schema.org JSON-LD (Course, CourseInstance, Event; one, an array, @graph, or one a line) and
CSV (Lectern's columns, or those of the TeSS event CSV). Records are recognised by @id or URL:
importing twice changes nothing. What can't be taken is told with its line or path, and the rest goes on.

Examples:
  lectern import courses.json --time-zone Europe/Stockholm
  lectern import https://example.org/courses.jsonld --dry-run
  lectern import events.csv --encoding windows-1252 --currency NOK
  curl -s https://example.org/feed | lectern import - --json
  lectern import courses.json --merge 'NBIS Tools for R=Tools for R' --merge @merges.txt`;

const EXPORT_HELP = `
The same catalogue always gives the same bytes, and importing an export elsewhere gives it back.

Examples:
  lectern export > catalogue.json
  lectern export --output catalogue.csv`;

const COURSES_HELP = `
Examples:
  lectern courses
  lectern courses --search kubernetes --level intermediate --country NO
  lectern courses introduction-to-kubernetes
  lectern courses --json | jq -r '.courses[].slug'`;

const RUNS_HELP = `
Examples:
  lectern runs --city Oslo --from 2027-01-01
  lectern runs --course introduction-to-kubernetes
  lectern runs 0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f`;

const BOOK_HELP = `
Examples:
  lectern book 0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f --places 2 \\
    --name 'Ada Lovelace' --email ada@example.org \\
    --learner 'Ada Lovelace <ada@example.org>' --accept-terms
  lectern book 0192f0c1-2b7e-7cc3-98c4-dc0c0c07398f --hold-only --json`;

const DOCTOR_HELP = `
Reads DATABASE_URL, or finds the embedded PostgreSQL under LECTERN_DATA (.lectern). Changes nothing.

Examples:
  lectern doctor
  lectern doctor --json | jq '.checks[] | select(.status != "ok")'`;

const AUDIT_VERIFY_HELP = `
Names the first entry that was altered, removed or reordered since it was sealed, and ends with 1
then. Its last line is one of JSON, with --json its only one. Reads the database as doctor does.

What the chain alone can't show: that the newest entries are gone together with their seals, or that
somebody made the chain anew. The head that a verification prints, kept elsewhere, shows both later.

Examples:
  lectern audit verify
  lectern audit verify --json | tail -n 1 | jq .firstFault
  lectern audit verify --expect-head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --at 1207`;

const KEYS_ROTATE_HELP = `
A job of the academy does it, while everything goes on; keys that nothing needs any more are deleted. Once
a year is enough, and whenever a key may have become known. While one rotation goes on, the same command
joins it. The last line is one of JSON, with --json the only one; values that can't be decrypted end it with 1.

Examples:
  lectern keys rotate --wait
  lectern keys rotate --wait --json | jq .rewritten`;

const DEMO_HELP = `
Writes straight into the database of the academy on this machine. All of it is loaded, or nothing.

Examples:
  lectern demo --runs 1000000`;

const LOGIN_HELP = `
Prints an address and a code. Open the address in a browser in which you are signed in to the
academy, type the code, and choose what this machine may do. With --token-stdin it takes an API token
that was made on the site; at a terminal it asks for it. Commands show the token from then on, to
that academy alone; whoever else uses this machine can't read it.

With --json, address and code come as one line of JSON on standard error before the answer.

Examples:
  lectern login --url https://academy.example
  lectern login --permission catalogue.export
  lectern login --token-stdin < token.txt`;

const LOGOUT_HELP = `
Examples:
  lectern logout
  lectern logout --keep-token`;

const WHOAMI_HELP = `
Ends with 4 where nobody is signed in, or the token is not good any more.

Examples:
  lectern whoami
  lectern whoami --json | jq -r .expiresAt`;

function addFilter(command: Command): Command {
  return command
    .option("-s, --search <text>", "words to search for")
    .option("--topic <slug>", "topic; may be repeated", collected)
    .addOption(anyOf("--level <level>", "level; may be repeated", COURSE_LEVELS))
    .option("--language <tag>", "language, such as en; may be repeated", collected)
    .addOption(anyOf("--mode <mode>", "way of teaching; may be repeated", DELIVERY_MODES))
    .option("--country <code>", "country of a run, such as NO; may be repeated", collected)
    .option("--city <city>", "city of a run; may be repeated", collected)
    .option("--from <date>", "first day on which a run may begin", date)
    .option("--to <date>", "last day on which a run may begin", date)
    .option("-n, --limit <number>", "how many to show", wholeNumber(1, 100_000), 20);
}

function importOptions(command: Command): Command {
  return command
    .argument("<source>", "a file, an http(s) address, or - for standard input")
    .option("--dry-run", "say what would happen, and change nothing")
    .option("--time-zone <zone>", "time zone of runs that name none, such as Europe/Oslo")
    .addOption(
      new Option(
        "--delivery-mode <mode>",
        "way of teaching of runs that do not say theirs",
      ).choices(DELIVERY_MODES),
    )
    .option("--language <tag>", "language of records that do not say theirs (else en)")
    .option("--currency <code>", "currency of prices that name none, such as EUR")
    .option("--draft", "keep courses that do not say their status as drafts")
    .option(
      "--merge <A=B>",
      "give the runs of course A to course B; may be repeated; @file has many",
      collected,
    )
    .addOption(new Option("--format <format>", "instead of guessing it").choices(INPUT_FORMATS))
    .option("--encoding <name>", "of the text, such as windows-1252 (else UTF-8 or UTF-16)")
    .option("--report <file>", "write all findings to a file, one JSON object a line")
    .option("--max-size <MB>", "of a download or standard input", wholeNumber(1, 100_000), 100)
    .option("--timeout <seconds>", "of a download", wholeNumber(1, 86_400), 60);
}

/** @returns the command line, which hands what it was asked to `perform` */
export function createProgram(perform: Perform): Command {
  const program = new Command("lectern")
    .description("Runs a Lectern academy from the command line.")
    .version(CLIENT_VERSION)
    .option("--json", "answers, summaries and errors as JSON")
    .option("--url <address>", "of the academy", academyAddress)
    .option(
      "--token <token>",
      "to show (better: lectern login, or LECTERN_TOKEN, which no process list shows)",
    )
    .addHelpText("after", EXIT_CODES)
    .showHelpAfterError("(--help says more)")
    .exitOverride();

  const globals = () => program.opts<GlobalOptions>();

  program
    .command("login")
    .summary("sign in to the academy")
    .description("Signs this machine in to the academy, for all later commands.")
    .option("--token-stdin", "take an API token from standard input")
    .option(
      "--permission <name>",
      "to ask for, instead of importing and exporting; may be repeated",
      collected,
    )
    .addHelpText("after", LOGIN_HELP)
    .action((options: Omit<LoginCommandOptions, "hasTokenArgument">) =>
      perform(globals(), loginCommand, {
        ...options,
        hasTokenArgument: globals().token !== undefined,
      }),
    );

  program
    .command("logout")
    .summary("sign out again")
    .description("Makes the token worthless that login kept, and forgets it.")
    .option("--keep-token", "forget it, and leave it as good as it is")
    .addHelpText("after", LOGOUT_HELP)
    .action((options: LogoutCommandOptions) => perform(globals(), logoutCommand, options));

  program
    .command("whoami")
    .summary("show who is signed in")
    .description("Shows whose token the commands show to the academy, and what it may do.")
    .addHelpText("after", WHOAMI_HELP)
    .action(() => perform(globals(), whoamiCommand, {}));

  importOptions(program.command("import"))
    .summary("take in courses and runs")
    .description("Takes in courses and runs of others.")
    .addHelpText("after", IMPORT_HELP)
    .action((source: string, options: Omit<ImportCommandOptions, "source">) =>
      perform(globals(), importCommand, { ...options, source }),
    );

  program
    .command("export")
    .summary("write the catalogue as JSON-LD or CSV")
    .description("Writes all courses and runs as schema.org JSON-LD or as CSV.")
    .addOption(
      new Option("--format <format>", "else by the name of the file, else jsonld").choices(
        EXPORT_FORMATS,
      ),
    )
    .option("-o, --output <file>", "instead of standard output")
    .addHelpText("after", EXPORT_HELP)
    .action((options: ExportCommandOptions) => perform(globals(), exportCommand, options));

  addFilter(program.command("courses"))
    .summary("search the catalogue, or show one course")
    .description("Lists published courses, or shows one with its upcoming runs.")
    .argument("[slug]", "of one course")
    .addHelpText("after", COURSES_HELP)
    .action((slug: string | undefined, options: FilterOptions) =>
      perform(globals(), coursesCommand, { ...options, slug }),
    );

  addFilter(program.command("runs"))
    .summary("list upcoming runs, or show one")
    .description("Lists upcoming runs, or shows one with its sessions.")
    .argument("[id]", "of one run")
    .option("--course <slug>", "runs of this course alone")
    .addHelpText("after", RUNS_HELP)
    .action((id: string | undefined, options: FilterOptions & { course?: string }) =>
      perform(globals(), runsCommand, { ...options, id }),
    );

  program
    .command("book")
    .summary("book places of a run")
    .description("Holds places of a run, and confirms the booking.")
    .argument("<run>", "id of the run")
    .option("-p, --places <number>", "how many", wholeNumber(1, BOOKING_PLACES_MAX), 1)
    .option("--name <name>", "of whoever books")
    .option("--email <address>", "of whoever books")
    .option("--company <name>", "that it is for")
    .option("--phone <number>", "of whoever books")
    .option("--learner <person>", '"Name <mail>" for one place; may be repeated', collected)
    .option("--note <text>", "for the academy")
    .option("--accept-terms", "accept the academy's terms")
    .option("--hold-only", "set the places aside, and confirm later")
    .option("--idempotency-key <key>", "the same key again does not book twice", idempotencyKey)
    .addHelpText("after", BOOK_HELP)
    .action((run: string, options: Omit<BookCommandOptions, "run">) =>
      perform(globals(), bookCommand, { ...options, run }),
    );

  program
    .command("doctor")
    .summary("look for trouble, and say what to do")
    .description("Looks at the academy on this machine: configuration, database, clock, places.")
    .addHelpText("after", DOCTOR_HELP)
    .action(() => perform(globals(), doctorCommand, {}));

  program
    .command("audit")
    .summary("verify the audit log")
    .description("Looks after the audit log of the academy on this machine.")
    .command("verify")
    .summary("see whether anybody changed it")
    .description("Works out the chain of hashes over the audit log anew. Changes nothing.")
    .option("--expect-head <hash>", "one that was printed before, to be compared", sha256)
    .option(
      "--at <position>",
      "where it stood, as was printed beside it",
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
    )
    .addHelpText("after", AUDIT_VERIFY_HELP)
    .action((options: AuditVerifyCommandOptions) =>
      perform(globals(), auditVerifyCommand, options),
    );

  const keys = program
    .command("keys")
    .summary("renew the keys of personal fields")
    .description("Looks after the keys that telephone numbers and the like are encrypted with.");
  keys
    .command("rotate")
    .summary("encrypt everything with a new key")
    .description("Makes a new key, and encrypts everything with it.")
    .option("--wait", "until it is done")
    .addHelpText("after", KEYS_ROTATE_HELP)
    .action((options: KeysRotateCommandOptions) => perform(globals(), keysRotateCommand, options));
  keys
    .command("status")
    .summary("show how much is encrypted with which key")
    .description("Shows the keys that there are, and how much is encrypted with each.")
    .action(() => perform(globals(), keysStatusCommand, {}));

  program
    .command("demo")
    .summary("fill the academy for benchmarks")
    .description("Fills the academy on this machine with a big, invented catalogue.")
    .requiredOption("--runs <number>", "how many runs", wholeNumber(1, 100_000_000))
    .option("--seed <text>", "another seed gives another academy")
    .addHelpText("after", DEMO_HELP)
    .action((options: DemoCommandOptions) => perform(globals(), demoCommand, options));

  return program;
}
