import type {
  PasskeyAssertion,
  PasskeyCreated,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from "@lectern/contract/factors";

/** The browser's part of passkeys. What speaks to authenticators is loaded by who uses one. */

export type PasskeyFailureReason = "stopped" | "known" | "unsupported";

/** No passkey was made or shown. */
export class PasskeyFailure extends Error {
  override readonly name = "PasskeyFailure";
  readonly reason: PasskeyFailureReason;

  constructor(reason: PasskeyFailureReason, cause: unknown) {
    super(`passkey: ${reason}`, { cause });
    this.reason = reason;
  }
}

function load() {
  return import("@simplewebauthn/browser");
}

/** On its way before it is needed: some browsers let a page ask only soon after a click. */
export function preloadPasskeys(): void {
  void load();
}

/** Browsers may know more ways than the library does, which it hands through. */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

function known<Descriptor extends { readonly transports: readonly string[] }>(
  descriptor: Descriptor,
) {
  const { transports } = descriptor;
  return { ...descriptor, transports: TRANSPORTS.filter((one) => transports.includes(one)) };
}

/** The names under which browsers report what went wrong. */
function reasonOf(error: unknown): PasskeyFailureReason {
  if (!(error instanceof Error)) return "stopped";
  if (error.name === "InvalidStateError") return "known";
  return error.name === "NotSupportedError" ? "unsupported" : "stopped";
}

async function withAuthenticator<Answer>(
  run: (library: Awaited<ReturnType<typeof load>>) => Promise<Answer>,
): Promise<Answer> {
  const library = await load();
  if (!library.browserSupportsWebAuthn()) throw new PasskeyFailure("unsupported", undefined);
  try {
    return await run(library);
  } catch (error) {
    throw new PasskeyFailure(reasonOf(error), error);
  }
}

/**
 * Makes a passkey.
 *
 * @throws PasskeyFailure
 */
export async function makePasskey(options: PasskeyCreationOptions): Promise<PasskeyCreated> {
  const optionsJSON = { ...options, excludeCredentials: options.excludeCredentials.map(known) };
  return withAuthenticator((library) => library.startRegistration({ optionsJSON }));
}

/**
 * Shows a passkey.
 *
 * @param isOffered whether the browser only offers passkeys where the address is typed, for as long as nobody
 *   asks for one by a click, which ends that
 * @throws PasskeyFailure
 */
export async function showPasskey(
  options: PasskeyRequestOptions,
  isOffered = false,
): Promise<PasskeyAssertion> {
  const optionsJSON = { ...options, allowCredentials: options.allowCredentials.map(known) };
  return withAuthenticator((library) =>
    library.startAuthentication({ optionsJSON, useBrowserAutofill: isOffered }),
  );
}

/** @returns whether the browser can offer passkeys where the address is typed */
export async function canOfferPasskeys(): Promise<boolean> {
  return (await load()).browserSupportsWebAuthnAutofill();
}

/** Ends what the browser offers. */
export function stopPasskeys(): void {
  void load().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony());
}
