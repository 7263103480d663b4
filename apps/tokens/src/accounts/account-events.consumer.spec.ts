import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import { type AccessEventDefinition, accountUpdated, moduleDisabled, subjectOf } from '@valetkey/contracts';
import { BusConnection, EventStream } from '@valetkey/messaging';
import { Metrics } from '@valetkey/observability';
import { testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let tenancy: BusConnection;
let stream: EventStream;

beforeAll(async () => {
  tokens = await Tokens.start();
  const servers = [tokens.service.bus.nats.url];
  tenancy = await BusConnection.open({ servers, user: 'tenancy', password: testPassword('tenancy'), name: 'tenancy' });
  stream = new EventStream(tenancy);
});
afterAll(async () => {
  await tenancy.close();
  await tokens.stop();
});

async function publish(definition: AccessEventDefinition, event: AccessEvent, messageId = event.id): Promise<void> {
  await stream.publish(subjectOf(definition, event.accountid), messageId, JSON.stringify(event));
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const met = await waitUntil(async () => (await condition()) || undefined, { timeoutMs: 10_000 });
  if (!met) throw new Error(`waited in vain until ${what}`);
}

const isHandled = async ({ id }: AccessEvent) =>
  (await tokens.sql('SELECT 1 FROM inbox WHERE event_id = $1', [id])).length > 0;

async function counted(outcome: string): Promise<number> {
  const { values } = await tokens.service.app.get(Metrics).consumerHandled.get();
  const found = values.find(({ labels }) => labels.durable === 'tokens' && labels.outcome === outcome);
  return found?.value ?? 0;
}

describe('What tenancy publishes of an account', () => {
  let owner: Owner;

  it('bounds its sessions: a limit', async () => {
    owner = tokens.owner();
    const limit = tokens.tenancyOf(owner).limited(1);
    await publish(accountUpdated, limit);
    await until('the limit is kept', () => isHandled(limit));

    const { secret } = await tokens.create(owner);
    expect(await tokens.refusal(secret)).toBeUndefined();
    expect(await tokens.refusal(secret)).toBe('session_limit_reached');
  });

  it('ends its login_token sessions as an act of whoever turned the module off', async () => {
    owner = tokens.owner();
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    const disabled = tokens.tenancyOf(owner).disabled();

    await publish(moduleDisabled, disabled);
    await until('the session has ended', async () => !(await tokens.live(opened))[0]);

    const [, ended] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(ended).toMatchObject({
      accountid: owner.accountId,
      actor: disabled.actor,
      correlationid: disabled.correlationid,
      data: { reason: 'module-disabled' },
    });
  });

  it('has its effect once, however often it comes, and is counted', async () => {
    owner = tokens.owner();
    const disabled = tokens.tenancyOf(owner).disabled();
    const [handled, duplicates] = [await counted('handled'), await counted('duplicate')];

    await publish(moduleDisabled, disabled);
    await until('it is handled', () => isHandled(disabled));
    await publish(moduleDisabled, disabled, `again-${disabled.id}`);

    await until('the double is counted', async () => (await counted('duplicate')) === duplicates + 1);
    expect(await counted('handled')).toBe(handled + 1);
  });

  it('that cannot be understood is parked, and holds up nothing behind it', async () => {
    owner = tokens.owner();
    const tenancy = tokens.tenancyOf(owner);
    const poison = { ...tenancy.limited(1), data: { tokenSessionLimit: 'many' } };
    const next = tenancy.limited(2);

    await publish(accountUpdated, poison);
    await publish(accountUpdated, next);

    await until('the next one is handled', () => isHandled(next));
    await until('the poison is counted', async () => (await counted('parked')) === 1);
    expect(await isHandled(poison)).toBe(false);
  });
});
