export { type MailCatcher, type MailCatcherOptions, startMailCatcher } from './mail/start-mail-catcher.ts';
export { type Mailbox, startMailbox } from './mail/start-mailbox.ts';
export type { ReceivedMail } from './mail/received-mail.ts';
export { type Nats, type NatsOptions, startNats } from './nats/start-nats.ts';
export type { EphemeralPostgres, KeptPostgres, Postgres } from './postgres/postgres.ts';
export { startPostgres } from './postgres/start-postgres.ts';
export { stopLeftoverPostgres } from './postgres/stop-leftover-postgres.ts';
export { FailedStartError } from './process/failed-start.error.ts';
export { freePort, isPortFree } from './process/free-port.ts';
export { PortTakenError } from './process/port-taken.error.ts';
export { endProcess, startTimeOf } from './process/process-table.ts';
export {
  describeExit,
  type Exit,
  type ServerCommand,
  type ServerProcess,
  spawnServer,
} from './process/server-process.ts';
export { ensureProgram } from './program/ensure-program.ts';
export { ProgramMissingError } from './program/program-missing.error.ts';
export { chromium, natsServer, type Program } from './program/program.ts';
export { waitUntil } from './process/wait-until.ts';
