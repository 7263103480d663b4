import fc from 'fast-check';
import { clientNames, type CompanyName, type UserName, userNames } from './partnership-model.ts';
import { type Does, expectOutcome, step, user } from './partnership-step.ts';
import { expectUser } from './partnership-users.ts';

const DAY_MS = 24 * 3_600_000;

export const go = (name: UserName, to: CompanyName) =>
  step(
    `${name} enters the ${to}’s account`,
    async (model, world) => {
      const body = { accountId: world.companies[to].accountId };
      const answer = await world.users[name].session.call('PATCH', '/v1/session', { body });
      if (expectOutcome(answer, model.mayEnter(name, to) ? [] : ['not_found'], 200)) model.users[name].standsIn = to;
    },
    ({ users }) => users[name].standsIn !== to,
  );

export const going = fc
  .tuple(user, fc.constantFrom<CompanyName>('client', 'client', 'second', 'provider'))
  .map(([name, to]) => go(name, to));

/** What users see of themselves agrees with the paper. */
export const lookAtUsers: Does = async (model, world) => {
  for (const name of userNames) await expectUser(name, model, world);
};

export const removing = user.map((name) =>
  step(
    `${name} leaves the provider`,
    async (model, world) => {
      await world.remove(name);
      model.remove(name);
    },
    ({ users }) => users[name].isMember,
  ),
);

/** Oftener on, so that most happens while they are. */
export const turning = fc
  .tuple(fc.constantFrom<CompanyName>('provider', ...clientNames), fc.constantFrom(true, true, false))
  .map(([company, on]) =>
    step(
      `turn the ${company}’s module ${on ? 'on' : 'off'}`,
      async (model, world) => {
        await world.turn(company, on);
        model.isOn[company] = on;
      },
      ({ isOn }) => isOn[company] !== on,
    ),
  );

export const passing = fc.constantFrom(1, 29, 30).map((days) =>
  step(`${days} days pass`, async (model, world) => {
    await world.pass(days * DAY_MS, (name) => model.users[name].isMember);
    model.goHome();
  }),
);
