import { scheduled } from '@valetkey/observability';
import { serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { ForgetOldMailsJob } from './housekeeping/forget-old-mails.job.ts';
import { migrations } from './migrations/index.ts';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from './notifications.config.ts';
import { Delivery } from './queue/delivery.ts';
import { Doorbell } from './queue/doorbell.ts';
import { Mail } from './queue/mail.entity.ts';
import { MailQueue } from './queue/mail-queue.ts';
import { OutcomeNotes } from './queue/outcome-notes.ts';
import { SendMailHandler } from './queue/send-mail.handler.ts';
import { SendMailsJob } from './queue/send-mails.job.ts';
import { SmtpClient } from './smtp/smtp-client.ts';

/** The mails of the platform: queued sealed, sent once each. */
@Module({})
export class NotificationsModule {
  static forRoot(config: NotificationsConfig): DynamicModule {
    return {
      module: NotificationsModule,
      imports: serviceModules('notifications', config, { entities: [Mail], migrations }),
      providers: [
        { provide: NOTIFICATIONS_CONFIG, useValue: config },
        SendMailHandler,
        Doorbell,
        MailQueue,
        Delivery,
        OutcomeNotes,
        SendMailsJob,
        SmtpClient,
        ...scheduled(ForgetOldMailsJob),
      ],
    };
  }
}
