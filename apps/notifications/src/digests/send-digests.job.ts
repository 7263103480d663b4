import { Clock, type Job, Logger } from '@valetkey/observability';
import { systemContext } from '@valetkey/outbox';
import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '../directory/directory.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from '../notifications.config.ts';
import { Doorbell } from '../queue/doorbell.ts';
import { type DigestDay, digestDay } from './digest-day.ts';
import { Digests } from './digests.ts';

const BATCH = 100;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Once a day, one mail to each user who wants to be told so and for whom there is something. */
@Injectable()
export class SendDigestsJob implements Job {
  readonly everyMs = 60_000;

  constructor(
    private readonly digests: Digests,
    private readonly directory: Directory,
    private readonly doorbell: Doorbell,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(NOTIFICATIONS_CONFIG) private readonly config: NotificationsConfig,
  ) {}

  async run(): Promise<void> {
    const day = digestDay(this.clock.now(), this.config.DIGEST_HOUR_UTC);
    let last: string | undefined = NOBODY;
    while (last) last = await this.sendBatch(day, last);
  }

  /** The last user of the batch, or nothing when there is nobody left. */
  private async sendBatch(day: DigestDay, after: string): Promise<string | undefined> {
    const userIds = await this.digests.due(day, after, BATCH);
    if (userIds.length === 0) return undefined;
    const mailboxes = await this.directory.mailboxes(userIds, systemContext('notifications'));
    for (const userId of userIds) {
      try {
        await this.digests.queue(userId, mailboxes.get(userId), day);
      } catch (err) {
        // It may be this user's alone: others are not to go without theirs. It is tried again with the next run.
        this.logger.error({ err, userId }, 'a digest cannot be made');
      }
    }
    this.doorbell.ring();
    return userIds.at(-1);
  }
}
