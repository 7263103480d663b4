import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Delivery, Membership, pageOf } from '@valetkey/contracts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { memberOf } from './members.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const path = '/v1/users/me/notifications';
const Members = pageOf(Membership);
const ada = person('ada@harbour.example');

let platform: Platform;
let owner: Owner;
let operator: Owner;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  operator = await operatorOf(platform);
});
afterAll(async () => {
  await platform.stop();
});

const mailsTo = (email: string) =>
  platform.mailbox.messages().flatMap(({ envelope, subject = '' }) => (envelope.to.includes(email) ? [subject] : []));
const mailed = (email: string, subject: string) =>
  eventually(`the mail “${subject}”`, async () => mailsTo(email).includes(subject) || undefined);

describe('A user who keeps an eye on their accounts', () => {
  it('is mailed when their password changes', async () => {
    const body = { currentPassword: ada.password, password: `${ada.password}, still` };
    expect((await owner.call('PUT', '/v1/users/me/password', { body })).status).toBe(204);
    await mailed(ada.email, 'Your password was changed');
  });

  it('is mailed when platform staff switch a module, unless they do not want it', async () => {
    const modules = (access_links: boolean) =>
      operator.call('PATCH', `/v1/operator/accounts/${owner.accountId}`, { body: { modules: { access_links } } });
    await modules(true);
    await mailed(ada.email, 'A module was turned on for Harbour Cranes');

    const chosen = await owner.call('PATCH', path, { body: { account: 'off', expiry: 'daily' } });
    expect(chosen).toMatchObject({ status: 200, body: { security: 'immediate', account: 'off', expiry: 'daily' } });
    expect(chosen.headers.get('etag')).toBe('"2"');
    await modules(false);
    const body = { currentPassword: `${ada.password}, still`, password: ada.password };
    await owner.call('PUT', '/v1/users/me/password', { body });
    await eventually('a second mail about the password', async () => {
      return mailsTo(ada.email).filter((subject) => subject === 'Your password was changed').length === 2 || undefined;
    });
    expect(mailsTo(ada.email)).not.toContain('A module was turned off for Harbour Cranes');
  });

  it('cannot put off mail about their security', async () => {
    expect(await owner.call('PATCH', path, { body: { security: 'daily' } })).toMatchObject({
      status: 422,
      code: 'security_mail',
    });
    expect((await owner.call('PATCH', path, { body: { gossip: 'daily' } })).status).toBe(400);
    expect((await new Client(owner.baseUrl).call('GET', path)).status).toBe(401);
  });

  it('is mailed what others do to their roles, and nothing of what they do themselves', async () => {
    const max = await memberOf(platform, owner, 'manager', { name: 'max' });
    const email = `max@${owner.accountId}.example`;
    const members = Members.parse((await owner.call('GET', `${owner.path}/members?role=manager`)).body).items;
    await owner.call('PATCH', `${owner.path}/members/${members[0]?.id ?? ''}`, { body: { role: 'viewer' } });
    await mailed(email, 'Your role in Harbour Cranes was changed');
    expect((await max.call('DELETE', `${owner.path}/members/me`)).status).toBe(204);
    expect(mailsTo(email)).toHaveLength(1);
  });
});

describe('An operator', () => {
  it('sees mail that failed, and has it sent again', async () => {
    const deliveries = async () =>
      pageOf(Delivery.strict()).parse((await operator.call('GET', '/v1/operator/deliveries')).body).items;
    platform.mailbox.rejectWith(550);
    await new Client(owner.baseUrl).call('POST', '/v1/users', {
      body: { ...person('late@harbour.example'), accountName: 'Late' },
    });
    const failed = await eventually('a mail that failed', async () => (await deliveries())[0]);
    expect(failed).toMatchObject({ template: 'verification', status: 'failed', reason: 'refused' });

    platform.mailbox.rejectWith(null);
    const retry = `/v1/operator/deliveries/${failed.id}/retry`;
    expect((await owner.call('POST', retry)).code).toBe('forbidden');
    expect(await operator.call('POST', retry)).toMatchObject({
      status: 200,
      body: { id: failed.id, status: 'queued' },
    });
    await mailed('late@harbour.example', 'Confirm your e-mail address');
    expect((await operator.call('POST', retry)).code).toBe('not_retryable');
    expect(await deliveries()).toEqual([]);
  });
});
