import { CreateMails } from './001-create-mails.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-mails', class: CreateMails }];
