import fc from 'fast-check';
import type { ServiceName } from '../platform-services.ts';
import type { Platform } from '../start-platform.ts';

/** Something done to the platform and on paper alike, whose outcomes are compared. */
export class Step<Model extends object, World> implements fc.AsyncCommand<Model, World> {
  constructor(
    private readonly name: string,
    readonly run: (model: Model, world: World) => Promise<void>,
    /** Whether there is anything on paper that it can be done to. */
    readonly check: (model: Readonly<Model>) => boolean = () => true,
  ) {}

  /** As a failure lists what had been done. */
  toString(): string {
    return this.name;
  }
}

/** Any of the services stops and starts anew, which changes nothing on paper. */
export function restarts<Model extends object, World extends { platform: Platform }>() {
  const services: ServiceName[] = ['tokens', 'tenancy', 'gateway', 'identity', 'notifications'];
  return fc
    .constantFrom(...services)
    .map((service) => new Step<Model, World>(`restart ${service}`, (_, { platform }) => platform.restart(service)));
}

interface Machine<Model extends object, World> {
  steps: fc.Arbitrary<Step<Model, World>>;
  /** Each run has something of its own. */
  begin(): Promise<{ model: Model; real: World }>;
  /** What happens to that first. */
  beginning: readonly Step<Model, World>[];
  /** What must agree when all steps are done. */
  end(model: Model, world: World): Promise<void>;
}

/**
 * Takes the platform through chains of steps. A failure names what was done, and the `seed` and `path` by which
 * `replay` does the same again; without `endOnFailure` it is cut down to what it takes, over many minutes.
 */
export async function holdsWhateverHappens<Model extends object, World>(
  { steps, begin, beginning, end }: Machine<Model, World>,
  replay: fc.Parameters<[unknown]> = {},
): Promise<void> {
  const last = new Step<Model, World>('look at everything', end);
  const chains = fc.commands([steps], { maxCommands: 40, size: 'max' });
  const property = fc.asyncProperty(chains, async (chain) => fc.asyncModelRun(begin, [...beginning, ...chain, last]));
  await fc.assert(property, { numRuns: 3, unbiased: true, endOnFailure: true, ...replay });
}
