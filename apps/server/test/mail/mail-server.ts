import type { Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate.ts";

/** What the server answers with; nothing to let the other one go on. */
export interface SmtpRefusal {
  readonly status: number;
  readonly words: string;
}

type Answer = SmtpRefusal | "drop" | undefined;

export interface MailServerOptions {
  /** What is needed to send: user and password. Without it nobody has to sign in. */
  readonly auth?: { readonly user: string; readonly password: string };
  /** Whether it offers STARTTLS. Default false. */
  readonly startTls?: boolean;
  /** What is answered to a recipient. */
  readonly onRecipient?: (address: string) => SmtpRefusal | undefined;
  /** What is answered to a mail that has arrived; `drop` for a connection that breaks before the answer. */
  readonly onMail?: (mail: ParsedMail) => Answer | Promise<Answer>;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** Mails that arrived, whatever was answered to them. */
  readonly received: readonly ParsedMail[];
  /** Whether the connections that mails came through were encrypted, in the same order. */
  readonly secure: readonly boolean[];
}

/** A real mail server, in this process. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { auth, startTls = false, onRecipient, onMail } = options;
  const received: ParsedMail[] = [];
  const secure: boolean[] = [];
  const sockets = new Set<Socket>();

  function dropConnectionOf(session: SMTPServerSession): void {
    for (const socket of sockets) {
      if (socket.remotePort === session.remotePort) socket.destroy();
    }
  }
  const settings: SMTPServerOptions = {
    key: PRIVATE_KEY,
    cert: CERTIFICATE,
    disabledCommands: [...(startTls ? [] : ["STARTTLS"]), ...(auth === undefined ? ["AUTH"] : [])],
    allowInsecureAuth: true,
    authOptional: auth === undefined,
    logger: false,
    onAuth(given, _session, done) {
      const isRight = given.username === auth?.user && given.password === auth?.password;
      if (isRight) done(null, { user: given.username ?? "" });
      else done(refusal({ status: 535, words: "Wrong user or password" }));
    },
    onRcptTo({ address }, _session, done) {
      const answer = onRecipient?.(address);
      done(answer === undefined ? null : refusal(answer));
    },
    onData(stream, session, done) {
      const arrived = simpleParser(stream).then(async (mail) => {
        received.push(mail);
        secure.push(session.secure);
        const answer = await onMail?.(mail);
        if (answer === "drop") dropConnectionOf(session);
        else done(answer === undefined ? null : refusal(answer));
      });
      arrived.catch((error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)));
      });
    },
  };
  const server = new SMTPServer(settings);
  // What a client does to its connection is no failure of the server.
  server.on("error", () => {});
  const listening = server.listen(0, "127.0.0.1");
  listening.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    listening.once("listening", resolve);
  });
  const address = listening.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  return {
    port: address.port,
    received,
    secure,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function refusal({ status, words }: SmtpRefusal): Error {
  return Object.assign(new Error(words), { responseCode: status });
}
