export * from './deliveries.ts';
export * from './events.ts';
export * from './preferences.ts';
export * from './send-mail.ts';
