import type {
  PasskeyAssertion,
  PasskeyCreated,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from "@lectern/contract/factors";
import { type KeyObject, createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/**
 * An authenticator for tests, and the browser before it: makes passkeys (ES256, attestation "none") and
 * signs with them, as WebAuthn level 3 has it (6.1, 6.5, 7.1, 7.2). What it is told to answer wrongly, it
 * signs all the same.
 */
export interface AuthenticatorOptions {
  /** Where the browser believes to be. */
  readonly origin?: string;
  /** Whether it makes sure that it is its owner. */
  readonly verifiesOwner?: boolean;
  /** Whether it counts what it signs, as those of hardware do. */
  readonly counts?: boolean;
}

/** What is answered instead of what was asked for. */
export interface Tampering {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly userHandle?: string | null;
  readonly counter?: number;
  readonly credentialId?: string;
}

interface Kept {
  readonly credentialId: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

const FLAGS = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 } as const;
const AAGUID = Buffer.alloc(16);

export class SoftwareAuthenticator {
  readonly #options: Required<AuthenticatorOptions>;
  readonly #kept: Kept[] = [];

  constructor({ origin, verifiesOwner = true, counts = true }: AuthenticatorOptions = {}) {
    this.#options = { origin: origin ?? "http://localhost:3000", verifiesOwner, counts };
  }

  /** `navigator.credentials.create`. @throws Error for what a browser or an authenticator refuses */
  create(options: PasskeyCreationOptions, tampering: Tampering = {}): PasskeyCreated {
    const { id: rpId } = options.rp;
    this.#assertOwnSite(rpId);
    if (options.excludeCredentials.some(({ id }) => this.#find(id) !== undefined)) {
      throw new Error("InvalidStateError: it holds one of these already");
    }
    if (!options.pubKeyCredParams.some(({ alg }) => alg === -7)) throw new Error("No ES256");
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const kept: Kept = {
      credentialId: tampering.credentialId ?? randomBytes(32).toString("base64url"),
      rpId,
      userHandle: options.user.id,
      privateKey,
      counter: 0,
    };
    this.#kept.push(kept);
    const id = Buffer.from(kept.credentialId, "base64url");
    const attested = Buffer.concat([AAGUID, uint(id.length, 2), id, cbor(coseKeyOf(publicKey))]);
    const authData = Buffer.concat([
      this.#authenticatorData(kept, FLAGS.attested, tampering),
      attested,
    ]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]);
    return {
      id: kept.credentialId,
      rawId: kept.credentialId,
      type: "public-key",
      response: {
        clientDataJSON: this.#clientData("webauthn.create", options.challenge, tampering),
        attestationObject: cbor(attestation).toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** `navigator.credentials.get`. @throws Error for what a browser or an authenticator refuses */
  get(options: PasskeyRequestOptions, tampering: Tampering = {}): PasskeyAssertion {
    const { rpId, allowCredentials, userVerification } = options;
    this.#assertOwnSite(rpId);
    if (userVerification === "required" && !this.#options.verifiesOwner) {
      throw new Error("NotAllowedError: it can't make sure who it is");
    }
    const isAllowed = ({ credentialId }: Kept) =>
      allowCredentials.length === 0 || allowCredentials.some(({ id }) => id === credentialId);
    const kept = this.#kept.find((each) => each.rpId === rpId && isAllowed(each));
    if (kept === undefined) throw new Error("NotAllowedError: it holds no such passkey");
    return this.sign(kept.credentialId, options.challenge, tampering);
  }

  /** What `get` signs, whatever was asked for. */
  sign(credentialId: string, challenge: string, tampering: Tampering = {}): PasskeyAssertion {
    const kept = this.#find(credentialId);
    if (kept === undefined) throw new Error("It holds no such passkey");
    if (this.#options.counts) kept.counter += 1;
    const authenticatorData = this.#authenticatorData(kept, 0, tampering);
    const clientDataJSON = this.#clientData("webauthn.get", challenge, tampering);
    const clientDataHash = sha256(Buffer.from(clientDataJSON, "base64url"));
    const signed = Buffer.concat([authenticatorData, clientDataHash]);
    const id = tampering.credentialId ?? kept.credentialId;
    return {
      id,
      rawId: id,
      type: "public-key",
      response: {
        clientDataJSON,
        authenticatorData: authenticatorData.toString("base64url"),
        signature: sign("sha256", signed, kept.privateKey).toString("base64url"),
        userHandle: tampering.userHandle === undefined ? kept.userHandle : tampering.userHandle,
      },
    };
  }

  #find(credentialId: string): Kept | undefined {
    return this.#kept.find((each) => each.credentialId === credentialId);
  }

  /** A browser lets a page ask for the passkeys of its own host alone, or of one above it. */
  #assertOwnSite(rpId: string): void {
    const { hostname } = new URL(this.#options.origin);
    if (hostname === rpId || hostname.endsWith(`.${rpId}`)) return;
    throw new Error(`SecurityError: ${hostname} can't ask for passkeys of ${rpId}`);
  }

  #authenticatorData(kept: Kept, more: number, { rpId, counter }: Tampering): Buffer {
    const verified = this.#options.verifiesOwner ? FLAGS.userVerified : 0;
    return Buffer.concat([
      sha256(Buffer.from(rpId ?? kept.rpId, "utf8")),
      uint(FLAGS.userPresent | verified | more, 1),
      uint(counter ?? kept.counter, 4),
    ]);
  }

  #clientData(type: string, challenge: string, tampering: Tampering): string {
    const data = {
      type: tampering.type ?? type,
      challenge: tampering.challenge ?? challenge,
      origin: tampering.origin ?? this.#options.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data), "utf8").toString("base64url");
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** The public key as COSE has it (RFC 9053, 7.1.1): EC2, ES256, P-256, x and y. */
function coseKeyOf(publicKey: KeyObject): Map<number, unknown> {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, "base64url")],
    [-3, Buffer.from(y, "base64url")],
  ]);
}

/** As much of CBOR (RFC 8949, 3) as an authenticator writes: integers, bytes, text and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") {
    return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  }
  if (value instanceof Uint8Array) return Buffer.concat([cborHead(2, value.length), value]);
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    return Buffer.concat([cborHead(3, text.length), text]);
  }
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, each]) => [cbor(key), cbor(each)]);
    return Buffer.concat([cborHead(5, value.size), ...entries]);
  }
  throw new TypeError("An authenticator writes no such thing");
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return uint((major << 5) | length, 1);
  if (length < 256) return Buffer.concat([uint((major << 5) | 24, 1), uint(length, 1)]);
  return Buffer.concat([uint((major << 5) | 25, 1), uint(length, 2)]);
}
