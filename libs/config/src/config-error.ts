/** A variable that is wrong and what is expected of it, e.g. `must be a whole number from 0 to 65535`. */
export interface ConfigProblem {
  readonly name: string;
  readonly expected: string;
}

/** The environment does not hold what a service needs. Names every wrong variable, and never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(service: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ name, expected }) => `  ${name} ${expected}`);
    super([`${service} cannot start, its environment is wrong:`, ...lines].join('\n'));
    this.problems = problems;
  }
}
