/** The rules say no. What the operation did before is undone, unless it says otherwise. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What was past its time stays freed all the same. */
  readonly keepsSettled: boolean;

  constructor(
    code: string,
    data: Readonly<Record<string, unknown>>,
    { keepsSettled = false }: { keepsSettled?: boolean } = {},
  ) {
    super(code);
    this.code = code;
    this.data = data;
    this.keepsSettled = keepsSettled;
  }
}

export function notFound(entity: string, id: string): Refusal {
  return new Refusal("NotFound", { entity, id });
}

/** @param path the field that is not right */
export function invalid(path: string): Refusal {
  return new Refusal("Invalid", { paths: [path] });
}

export function conflict(entity: string, reason: string, detail: string | null = null): Refusal {
  return new Refusal("Conflict", { entity, reason, detail });
}

export function forbidden(permission: string): Refusal {
  return new Refusal("Forbidden", { permission });
}
