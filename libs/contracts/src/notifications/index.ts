export * from './events.ts';
export * from './send-mail.ts';
