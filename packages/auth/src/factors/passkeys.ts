import {
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  type PasskeyAssertion,
  type PasskeyCreated,
} from "@lectern/contract/factors";
import { randomBytes } from "node:crypto";

/**
 * Passkeys, by WebAuthn: what a browser is asked for, and whether what it answers is right. Challenges and
 * public keys are kept by whoever calls.
 */

/** Who asks: passkeys are bound to the host, and answer to no other. */
export interface RelyingParty {
  /** The host. */
  readonly id: string;
  /** Scheme, host and port of the pages that ask. */
  readonly origin: string;
  /** What the academy is called. */
  readonly name: string;
}

/** @param address of the site */
export function relyingPartyAt(address: string, name: string): RelyingParty {
  const { origin, hostname } = new URL(address);
  return { id: hostname, origin, name };
}

/** So long a browser waits for somebody to reach for their passkey. */
export const CEREMONY_SECONDS = 300;

/** A quarter of a second to load, and 30 MB: whoever serves nobody with a passkey need not wait for it. */
const webAuthn = () => import("@simplewebauthn/server");

/** EdDSA, ES256 and RS256: what authenticators have, by their numbers in COSE. */
const ALGORITHMS = [-8, -7, -257];

/** @returns 256 random bits in base64url, for one ceremony */
export function newChallenge(): string {
  return randomBytes(32).toString("base64url");
}

/** A passkey that somebody has already. */
export interface KnownPasskey {
  /** base64url. */
  readonly credentialId: string;
  readonly transports: readonly string[];
}

function descriptorsOf(passkeys: readonly KnownPasskey[]) {
  return passkeys.map(({ credentialId: id, transports }) => ({ id, transports: [...transports] }));
}

function bytesOf(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(encoded, "base64url"));
}

/** @returns what names somebody to an authenticator, which hands it back: their id, and nothing that says who they are */
function userHandleOf(personId: string): string {
  return Buffer.from(personId.replaceAll("-", ""), "hex").toString("base64url");
}

export interface CreationWanted {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  /** Those that they have: an authenticator that holds one makes no second. */
  readonly known: readonly KnownPasskey[];
}

/**
 * @returns what a browser is asked to make: a passkey that is found without a name, and that asks for its
 *   owner, where the authenticator can do that; one that can't is good as a second factor still
 */
export async function creationOptions(wanted: CreationWanted): Promise<PasskeyCreationOptions> {
  const { party, challenge, person, known } = wanted;
  const { generateRegistrationOptions } = await webAuthn();
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: bytesOf(userHandleOf(person.id)),
    userName: person.email,
    userDisplayName: person.name,
    challenge: bytesOf(challenge),
    timeout: CEREMONY_SECONDS * 1000,
    attestationType: "none",
    excludeCredentials: descriptorsOf(known),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return PasskeyCreationOptions.parse(options);
}

/** A passkey that was made, to be kept. */
export interface MadePasskey extends KnownPasskey {
  /** COSE. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly isBackedUp: boolean;
}

/** @returns the passkey, or `undefined` where the answer is not right for this challenge and site */
export async function checkCreated(
  party: RelyingParty,
  challenge: string,
  created: PasskeyCreated,
): Promise<MadePasskey | undefined> {
  const { id, rawId, type, response } = created;
  const transports = response.transports ?? [];
  const { verifyRegistrationResponse } = await webAuthn();
  const found = await orUndefined(
    verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJSON,
          attestationObject: response.attestationObject,
          transports,
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (found?.verified !== true) return undefined;
  const { credential, credentialBackedUp } = found.registrationInfo;
  // What the browser calls it has to be what the authenticator says.
  if (credential.id !== id) return undefined;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports,
    isBackedUp: credentialBackedUp,
  };
}

export interface RequestWanted {
  readonly party: RelyingParty;
  readonly challenge: string;
  /** Whether the authenticator has to make sure that it is its owner. */
  readonly asksOwner: boolean;
  /** Those that will do; empty for any that the browser finds. */
  readonly known: readonly KnownPasskey[];
}

/** @returns what a browser is asked for, to show that somebody has a passkey */
export async function requestOptions(wanted: RequestWanted): Promise<PasskeyRequestOptions> {
  const { generateAuthenticationOptions } = await webAuthn();
  const options = await generateAuthenticationOptions({
    rpID: wanted.party.id,
    challenge: bytesOf(wanted.challenge),
    timeout: CEREMONY_SECONDS * 1000,
    userVerification: wanted.asksOwner ? "required" : "preferred",
    allowCredentials: descriptorsOf(wanted.known),
  });
  return PasskeyRequestOptions.parse(options);
}

/** A passkey as it is kept, to check what it signs. */
export interface KeptPasskey extends KnownPasskey {
  readonly publicKey: Uint8Array;
  readonly counter: number;
  /** Whose it is. */
  readonly personId: string;
}

export interface CheckedAssertion {
  /** To be kept, unless another is kept meanwhile that is not lower. */
  readonly counter: number;
  readonly isBackedUp: boolean;
}

/** What an assertion has to be right for. */
export interface AssertionWanted {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly asksOwner: boolean;
  /** Whether the browser was told which passkeys will do. */
  readonly isNamed: boolean;
  readonly passkey: KeptPasskey;
}

/**
 * @returns what to keep of a right assertion, or `undefined` for one that is not right: of another site,
 *   challenge, passkey or person, signed by something else, or with a counter that was seen before
 */
export async function checkAssertion(
  { party, challenge, asksOwner, isNamed, passkey }: AssertionWanted,
  { id, rawId, type, response }: PasskeyAssertion,
): Promise<CheckedAssertion | undefined> {
  if (id !== passkey.credentialId) return undefined;
  // Authenticators that were told which passkey may leave out whose it is (WebAuthn level 3, 7.2, step 6).
  const userHandle = response.userHandle ?? (isNamed ? userHandleOf(passkey.personId) : undefined);
  if (userHandle !== userHandleOf(passkey.personId)) return undefined;
  const { verifyAuthenticationResponse } = await webAuthn();
  const found = await orUndefined(
    verifyAuthenticationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJSON,
          authenticatorData: response.authenticatorData,
          signature: response.signature,
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: asksOwner,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(passkey.publicKey),
        counter: passkey.counter,
        transports: [...passkey.transports],
      },
    }),
  );
  if (found?.verified !== true) return undefined;
  const { newCounter, credentialBackedUp } = found.authenticationInfo;
  return { counter: newCounter, isBackedUp: credentialBackedUp };
}

/** The library throws for an answer that is not right, whatever is wrong with it: nobody is told what. */
async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch {
    return undefined;
  }
}
