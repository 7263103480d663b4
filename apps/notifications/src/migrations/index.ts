import { CreateMails } from './001-create-mails.ts';
import { AddNotices } from './002-add-notices.ts';

/** In the order in which they run; names never change. */
export const migrations = [
  { name: '001-create-mails', class: CreateMails },
  { name: '002-add-notices', class: AddNotices },
];
