import { rightsOf, type UserRole } from './rights.ts';

export interface NatsUser {
  user: string;
  password: string;
  role: UserRole;
}

/** NATS configuration is a superset of JSON, so quoting as JSON quotes it safely. */
const quote = (values: readonly string[]) => JSON.stringify(values);

function userBlock({ user, password, role }: NatsUser): string {
  const rights = rightsOf(user, role);
  return `    { user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)}, permissions: {
        publish: ${rights.publish.length > 0 ? quote(rights.publish) : '{ deny: ">" }'}, subscribe: ${quote(rights.subscribe)} } }`;
}

/**
 * The text of a nats-server configuration in which every service may use its own subjects only. Listening address,
 * ports and the JetStream store are left to whoever starts the server.
 */
export function natsServerConfig(users: readonly NatsUser[]): string {
  return `max_payload: 1MB
ping_interval: "5s"
authorization {
  users = [
${users.map(userBlock).join(',\n')}
  ]
}
`;
}
