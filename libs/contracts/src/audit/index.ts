export * from './list-audit.ts';
export * from './list-stored-audit.ts';
