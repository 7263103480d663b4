import { type Bindings, type DestinationStream, type LogFn, type Logger as PinoLogger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { redactLine } from './redaction.ts';

/** What is injected to log with: the part of a pino logger that is to be used. */
export abstract class Logger {
  abstract readonly fatal: LogFn;
  abstract readonly error: LogFn;
  abstract readonly warn: LogFn;
  abstract readonly info: LogFn;
  abstract readonly debug: LogFn;
  abstract readonly trace: LogFn;
  /** A logger that adds these values to each of its lines. */
  abstract child(bindings: Bindings): Logger;
}

export interface LoggerOptions {
  readonly service: string;
  /** fatal, error, warn, info, debug, trace or silent. */
  readonly level: string;
  /** `json`: an object a line; `pretty`: for people. */
  readonly format: 'json' | 'pretty';
}

/** A pino logger whose lines are redacted. They go to standard output unless another destination is given. */
export function createLogger(options: LoggerOptions, destination: DestinationStream = standardOutput()): PinoLogger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redactLine },
    },
    options.format === 'pretty' ? forPeople(destination) : destination,
  );
}

/** Written at once: pino.destination(1) alone would keep lines back, which a crash then loses. */
function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}

/** In this process and not in pino's worker, for the same reason. */
function forPeople(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ ignore: 'pid,service', translateTime: 'SYS:HH:MM:ss.l' });
  return { write: (line) => destination.write(format(line)) };
}
