import { signalProcess } from './signal-process.ts';

const running = new Map<number, NodeJS.Signals>();

/**
 * Sends a process (or, negative, a group) the signal when this process ends by `process.exit` or an uncaught error,
 * where nothing can be awaited any more.
 *
 * @returns what takes the promise back, once the process has ended by itself.
 */
export function killWhenWeEnd(pid: number, signal: NodeJS.Signals): () => void {
  if (running.size === 0) process.on('exit', killAll);
  running.set(pid, signal);
  return () => {
    running.delete(pid);
    if (running.size === 0) process.off('exit', killAll);
  };
}

function killAll(): void {
  for (const [pid, signal] of running) signalProcess(pid, signal);
}
