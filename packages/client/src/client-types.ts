import type { CallOptions, ClientOptions } from "./options.ts";
import type { CodesOf, InputOf, OutputOf, ProcedureLike, ProcedureTree } from "./procedures.ts";
import type { StreamSource } from "./stream-source.ts";

/** An answer with what came along. */
export interface CallResponse<Output> {
  readonly data: Output;
  /** Names the request in the server's log. */
  readonly requestId: string | null;
  /** Headers of the response, which the calls of a batch share; `null` where no HTTP was used. */
  readonly headers: Headers | null;
  /** How often the call was sent. */
  readonly attempts: number;
}

/** A call under way: awaited, it gives the answer, or throws. */
export interface PendingCall<Output, Code extends string> extends Promise<Output> {
  /** @returns the answer with its request id and headers */
  withResponse(): Promise<CallResponse<Output>>;
  /** The domain errors that the procedure declares. Never there at run time. */
  readonly "~failsWith"?: Code;
}

export interface Query<Input, Output, Code extends string> {
  query(input: Input, options?: CallOptions): PendingCall<Output, Code>;
}

export interface Mutation<Input, Output, Code extends string> {
  mutate(input: Input, options?: CallOptions): PendingCall<Output, Code>;
}

/** What can be watched as it changes: for `subscribe` and `updates`. */
export interface Watchable<Input, Output, Code extends string> {
  /** What those need. */
  readonly "~stream": StreamSource<Output>;
  /** Never there at run time. */
  readonly "~takes"?: (input: Input) => void;
  /** The domain errors that the procedure declares. Never there at run time. */
  readonly "~failsWith"?: Code;
}

type Callable<Procedure extends ProcedureLike> = Procedure["_def"]["type"] extends "query"
  ? Query<InputOf<Procedure>, OutputOf<Procedure>, CodesOf<Procedure>>
  : Procedure["_def"]["type"] extends "mutation"
    ? Mutation<InputOf<Procedure>, OutputOf<Procedure>, CodesOf<Procedure>>
    : Watchable<InputOf<Procedure>, OutputOf<Procedure>, CodesOf<Procedure>>;

type Callables<Tree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends ProcedureLike
    ? Callable<Tree[Name]>
    : Callables<Tree[Name]>;
};

/** The procedures of an academy, as the methods of an object. */
export interface LecternClient extends Callables<ProcedureTree> {
  /** @returns a client like this one, but for what is given */
  withOptions(options: ClientOptions): LecternClient;
}
