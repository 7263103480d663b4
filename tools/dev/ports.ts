import { isPortFree } from '@valetkey/testing/stack';
import { z } from 'zod';
import { Refusal } from './refusal.error.ts';

const port = (usual: number) => z.coerce.number().int().min(1).max(65_535).default(usual);

/** The environment variables that set the stack's ports. */
const Ports = z.object({
  PORT: port(3000),
  DEVICES_PORT: port(3001),
  POSTGRES_PORT: port(5433),
  NATS_PORT: port(4223),
  MAIL_SMTP_PORT: port(1025),
  MAIL_WEB_PORT: port(1080),
  IDENTITY_MANAGEMENT_PORT: port(9100),
  TENANCY_MANAGEMENT_PORT: port(9101),
  TOKENS_MANAGEMENT_PORT: port(9102),
  NOTIFICATIONS_MANAGEMENT_PORT: port(9103),
  AUDIT_MANAGEMENT_PORT: port(9104),
  GATEWAY_MANAGEMENT_PORT: port(9105),
  DEVICES_MANAGEMENT_PORT: port(9106),
});
export type Ports = Readonly<z.infer<typeof Ports>>;

export const portVariables = Object.keys(Ports.shape);

/** @throws Refusal naming a variable that holds no port, or two that hold the same. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const { success, data, error } = Ports.safeParse(env);
  if (!success) throw new Refusal(`${error.issues[0]?.path.join('.')} must be a port from 1 to 65535.`);
  const owners = new Map<number, string>();
  for (const [variable, number] of Object.entries(data)) {
    const other = owners.get(number);
    if (other) throw new Refusal(`${other} and ${variable} are both ${number}.`);
    owners.set(number, variable);
  }
  return data;
}

/** @throws Refusal naming every variable that must be set to another port. */
export async function refuseTakenPorts(ports: Ports): Promise<void> {
  const taken: string[] = [];
  for (const [variable, number] of Object.entries(ports)) {
    if (!(await isPortFree(number))) taken.push(`Port ${number} is taken. Choose another one with ${variable}.`);
  }
  if (taken.length > 0) throw new Refusal(taken.join('\n'));
}
