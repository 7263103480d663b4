export * from './create-user.ts';
export * from './events.ts';
export * from './mail-wanted.ts';
export * from './renew-verification.ts';
export * from './sign-in.ts';
export * from './sign-up.ts';
export * from './user.ts';
export * from './verify-email.ts';
