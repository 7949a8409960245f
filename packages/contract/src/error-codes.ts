/** The codes of the domain errors, without zod: the client carries them into browsers. */

/** HTTP status of each domain error, used by the server and by whoever reads its logs. */
export const DOMAIN_ERROR_STATUS = {
  NotFound: 404,
  Invalid: 400,
  Conflict: 409,
  Unauthenticated: 401,
  Forbidden: 403,
  SecondFactorRequired: 403,
  ConfirmationRequired: 403,
  SignInFailed: 401,
  LinkNotUsable: 404,
  ProviderUnreachable: 409,
  SoldOut: 409,
  NotBookable: 409,
  HoldExpired: 409,
  TooManyPlaces: 409,
  ScheduleConflict: 409,
  CapacityBelowTaken: 409,
  DiscountNotUsable: 409,
  IdempotencyMismatch: 422,
  RateLimited: 429,
  Unavailable: 503,
} as const;

export type DomainErrorCode = keyof typeof DOMAIN_ERROR_STATUS;

/** @returns whether it is a code that this release knows: a newer server may have others */
export function isDomainErrorCode(code: unknown): code is DomainErrorCode {
  return typeof code === "string" && Object.hasOwn(DOMAIN_ERROR_STATUS, code);
}

export const DOMAIN_ERROR_CODES =
  /* @__PURE__ */ Object.keys(DOMAIN_ERROR_STATUS).filter(isDomainErrorCode);
