import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from './private-json.ts';

const Passwords = z.record(z.string(), z.string());
const Jwk = z.record(z.string(), z.string());
const Secrets = z.object({
  /** Of PostgreSQL's superuser. */
  postgres: z.string(),
  /** Of the role that owns a database, by service. */
  databases: Passwords,
  /** Of a user on the bus, by its name. */
  bus: Passwords,
  /** Seals the secrets in mails (RFC 7517, X25519). */
  mailKey: z.object({ public: Jwk, private: Jwk }),
  /** 32 bytes, base64url. */
  digestKey: z.string(),
  /** Alike; identity's alone. */
  twoFactorKey: z.string(),
});
export type Secrets = z.infer<typeof Secrets>;

/** The passwords and keys of this stack. Those that are missing are made, and kept with the rest. */
export function loadSecrets(file: string, services: readonly string[], busUsers: readonly string[]): Secrets {
  const kept = readPrivateJson(file, Secrets.partial()) ?? {};
  const secrets: Secrets = {
    postgres: kept.postgres ?? random(),
    databases: { ...passwordsFor(services), ...kept.databases },
    bus: { ...passwordsFor(busUsers), ...kept.bus },
    mailKey: kept.mailKey ?? makeMailKey(),
    digestKey: kept.digestKey ?? random(),
    twoFactorKey: kept.twoFactorKey ?? random(),
  };
  writePrivateJson(file, secrets);
  return secrets;
}

/** @throws Error for a name that has no password here. */
export function passwordOf(passwords: Secrets['bus'], name: string): string {
  const password = passwords[name];
  if (password === undefined) throw new Error(`No password was made for ${name}`);
  return password;
}

function passwordsFor(names: readonly string[]): Secrets['bus'] {
  return Object.fromEntries(names.map((name) => [name, random()]));
}

function makeMailKey(): Secrets['mailKey'] {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    public: Jwk.parse(publicKey.export({ format: 'jwk' })),
    private: Jwk.parse(privateKey.export({ format: 'jwk' })),
  };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
