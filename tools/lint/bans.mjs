/** NATS is known to messaging and to the libs that stand beside it. */
export const natsOnlyInMessaging = {
  regex: '^(@nats-io/|nats(/|$)|@nestjs/microservices(/|$))',
  message: 'Only libs/messaging, libs/testing and libs/access-events know NATS.',
};

export const contractsStayPortable = {
  regex: '^node:',
  message: 'Contracts are read by clients too: zod and nothing else.',
};

const noSleep = 'A test waits on a condition, never for a time.';
export const noTimerModules = { group: ['node:timers', 'node:timers/promises'], message: noSleep };
export const noTimers = ['setTimeout', 'setInterval'].map((name) => ({ name, message: noSleep }));

export const noFocusedTests = ['describe', 'it', 'test'].map((object) => {
  return { object, property: 'only', message: 'The rest would not run.' };
});

const message = 'Only libs/config reads the environment.';

/** Every way to the environment: `process.env`, `globalThis.process.env`, `{ env } = process`, `import { env }`. */
export const environmentOnlyInConfig = [
  {
    selector: "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env'])",
    message,
  },
  { selector: "MemberExpression[object.property.name='process'][property.name='env']", message },
  { selector: "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']", message },
  { selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']", message },
];
