import type { ClientCredentials } from './introspection-question.ts';

/** What somebody signs in with. */
export interface Login {
  email: string;
  password: string;
}

/** Our side of a run: every service a process of its own, on the run's PostgreSQL server. */
export interface Platform {
  /** Base URLs; the first is the one that is loaded. */
  gateways: [string, ...string[]];
  /** Base URL of the internal service that subscribes to access events and keeps a guard. */
  subscriber: string;
  resourceServer: ClientCredentials;
  owner: Login;
  /** Of the demo account, too. */
  manager: Login;
  /** The owner of a company that may become the demo account's partner. */
  partner: Login;
  /** Per service, for its resident memory. */
  pids: Record<string, number>;
  /** Of the tokens service, superuser: its sessions and its outbox are seeded by SQL. */
  tokensDatabaseUrl: string;
  /** Of the tenancy service, superuser: its tenants are seeded by SQL. */
  tenancyDatabaseUrl: string;
  /** The demo's durable subscriber. */
  events: { natsUrl: string; user: string; password: string; durable: string };
}
