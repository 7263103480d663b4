import pc from 'picocolors';
import type { Seeded, Stack } from './stack.ts';

/** What to open, and what to try in another terminal. */
export function welcome({ gatewayUrl, devicesUrl, mailUrl }: Stack, { users, resourceServer }: Seeded): string {
  const { owner } = users;
  const signIn = JSON.stringify({ email: owner.email, password: owner.password });
  const client = `${resourceServer.clientId}:${resourceServer.clientSecret}`;
  return `
${pc.bold('Valetkey is running.')} Ctrl-C stops it.

  The API       ${pc.cyan(`${gatewayUrl}/docs`)}
  The mails     ${pc.cyan(mailUrl)}
  Some devices  ${pc.cyan(devicesUrl)}

Sign in as the owner of Acme, see the session, check it as another service would:

  curl -s ${gatewayUrl}/v1/sessions -H 'content-type: application/json' -d '${signIn}'
  curl -s ${gatewayUrl}/v1/session -H "authorization: Bearer $SECRET"
  curl -s ${gatewayUrl}/oauth/introspect -u '${client}' -d "token=$SECRET"

`;
}
