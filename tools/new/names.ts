import { Refusal } from '../dev/refusal.error.ts';

/** `login-token` → `loginToken` */
export function camelOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `login-token` → `LoginToken` */
export function pascalOf(name: string): string {
  return camelOf(`-${name}`);
}

/** `login-token` → `login token` */
export function wordsOf(name: string): string {
  return name.replaceAll('-', ' ');
}

/** `login-token` → `login-tokens`, `policy` → `policies` */
export function pluralOf(name: string): string {
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** `login-token` → `login_tokens` */
export function tableOf(entity: string): string {
  return pluralOf(entity).replaceAll('-', '_');
}

/** `redeem-login-token` of `login-token` → `redeem`; a name that does not end in its entity stays whole. */
export function verbOf(name: string, entity: string): string {
  return name.endsWith(`-${entity}`) ? name.slice(0, -entity.length - 1) : name;
}

/** @throws Refusal unless all are in lower case with hyphens. */
export function checkNames(names: Readonly<Record<string, string | undefined>>): void {
  for (const [what, name] of Object.entries(names)) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? ''))
      throw new Refusal(`<${what}> must be in lower case with hyphens.`);
  }
}
