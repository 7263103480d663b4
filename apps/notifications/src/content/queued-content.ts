import { MailContent } from '@valetkey/contracts';
import { z } from 'zod';
import { DigestContent } from '../digests/digest.letter.ts';
import { NoticeContent } from '../notices/notice.letter.ts';

/** What lies sealed in the queue: what other services order, and what this one tells by itself. */
export const QueuedContent = z.union([MailContent, DigestContent, NoticeContent]);
export type QueuedContent = z.infer<typeof QueuedContent>;
