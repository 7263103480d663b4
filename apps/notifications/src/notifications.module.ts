import { durablesOf } from '@valetkey/messaging/topology';
import { scheduled } from '@valetkey/observability';
import { followEvents, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { ContentSeal } from './content/content-seal.ts';
import { ListDeliveriesHandler } from './deliveries/list-deliveries.handler.ts';
import { RetryDeliveryHandler } from './deliveries/retry-delivery.handler.ts';
import { Digests } from './digests/digests.ts';
import { SendDigestsJob } from './digests/send-digests.job.ts';
import { Directory } from './directory/directory.ts';
import { TellEvents } from './events/tell-events.ts';
import { Tellings } from './events/tellings.ts';
import { ForgetOldMailsJob } from './housekeeping/forget-old-mails.job.ts';
import { WipeFailedMailsJob } from './housekeeping/wipe-failed-mails.job.ts';
import { migrations } from './migrations/index.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from './notifications.config.ts';
import { GetPreferencesHandler } from './preferences/get-preferences.handler.ts';
import { Preferences } from './preferences/preferences.entity.ts';
import { UpdatePreferencesHandler } from './preferences/update-preferences.handler.ts';
import { Delivery } from './queue/delivery.ts';
import { Doorbell } from './queue/doorbell.ts';
import { Mail } from './queue/mail.entity.ts';
import { MailQueue } from './queue/mail-queue.ts';
import { OutcomeNotes } from './queue/outcome-notes.ts';
import { SendMailHandler } from './queue/send-mail.handler.ts';
import { SendMailsJob } from './queue/send-mails.job.ts';
import { SmtpClient } from './smtp/smtp-client.ts';

const handlers = [
  GetPreferencesHandler,
  ListDeliveriesHandler,
  RetryDeliveryHandler,
  SendMailHandler,
  UpdatePreferencesHandler,
];

/** The mails of the platform: ordered by other services or made of what happens, queued sealed, sent once each. */
@Module({})
export class NotificationsModule {
  static forRoot(config: NotificationsConfig): DynamicModule {
    return {
      module: NotificationsModule,
      imports: serviceModules('notifications', config, { entities: [Mail, Preferences], migrations }),
      providers: [
        { provide: NOTIFICATIONS_CONFIG, useValue: config },
        ...handlers,
        ContentSeal,
        Delivery,
        Digests,
        Directory,
        Doorbell,
        MailQueue,
        OutcomeNotes,
        SendMailsJob,
        SmtpClient,
        Tellings,
        ...durablesOf('notifications').flatMap((durable) => followEvents(durable, TellEvents)),
        ...scheduled(ForgetOldMailsJob),
        ...scheduled(SendDigestsJob),
        ...scheduled(WipeFailedMailsJob),
      ],
    };
  }
}
