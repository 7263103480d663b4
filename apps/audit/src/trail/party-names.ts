import { once } from 'node:events';
import { Failure, type RequestContext, resolveNames } from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Logger } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { EntityName } from './entity-name.entity.ts';
import { PLATFORM_TRAIL } from './trails-of.ts';

/** By `<type>:<id>`. */
export type Names = ReadonlyMap<string, string>;

/** Without tenancy a list shows ids, and no later than this. */
const PATIENCE_MS = 1_000;

/** The present names of those who stand in the trail. */
@Injectable()
export class PartyNames {
  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  /** Of these parties (`<type>:<id>`) of an account's trail; those without a name are left out. Never fails for tenancy. */
  async of(accountId: string, parties: ReadonlySet<string>, context: RequestContext): Promise<Names> {
    const split = [...parties].map((party) => party.split(/:(.*)/s));
    const idsOf = (users: boolean) => split.flatMap(([type, id = '']) => ((type === 'user') === users ? [id] : []));
    const [users, others] = await Promise.all([
      this.namesOfUsers(idsOf(true), context),
      this.kept(accountId, idsOf(false)),
    ]);
    return new Map([...users, ...others]);
  }

  private async namesOfUsers(userIds: string[], context: RequestContext): Promise<[string, string][]> {
    if (userIds.length === 0) return [];
    const answer = await Promise.race([this.bus.ask(resolveNames, { userIds }, context), late()]);
    if (!(answer instanceof Failure)) return Object.entries(answer.names).map(([id, name]) => [`user:${id}`, name]);
    this.logger.warn({ refusal: answer.code }, 'the trail shows ids, since tenancy did not answer the names');
    return [];
  }

  private async kept(accountId: string, ids: string[]): Promise<[string, string][]> {
    const kept = await this.em.fork().find(EntityName, {
      accountId: { $in: [accountId, PLATFORM_TRAIL] },
      id: { $in: ids },
    });
    return kept.map(({ type, id, name }) => [`${type}:${id}`, name]);
  }
}

async function late(): Promise<Failure> {
  await once(AbortSignal.timeout(PATIENCE_MS), 'abort');
  return new Failure('unavailable');
}
