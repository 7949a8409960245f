export type EmbeddedServerProblem =
  | "no binaries"
  | "no user to run as"
  | "initdb failed"
  | "start failed"
  | "other version"
  | "credentials lost"
  | "no data directory";

/** The embedded PostgreSQL could not be started. The message says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = "EmbeddedServerError";
  readonly problem: EmbeddedServerProblem;

  constructor(problem: EmbeddedServerProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
