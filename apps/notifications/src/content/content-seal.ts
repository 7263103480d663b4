import { sealFor, unseal } from '@valetkey/credentials';
import { Inject, Injectable } from '@nestjs/common';
import { NOTIFICATIONS_CONFIG, type NotificationsConfig } from '../notifications.config.ts';

/** Closes what goes into the database, and opens it: no table holds a name, an address or a secret in clear. */
@Injectable()
export class ContentSeal {
  private readonly publicKey;
  private readonly privateKey;

  constructor(@Inject(NOTIFICATIONS_CONFIG) { MAIL_PRIVATE_KEY }: NotificationsConfig) {
    const { d: _private, ...publicKey } = MAIL_PRIVATE_KEY;
    this.publicKey = publicKey;
    this.privateKey = MAIL_PRIVATE_KEY;
  }

  async seal(content: unknown): Promise<string> {
    return sealFor(this.publicKey, content);
  }

  /** @throws what `unseal` throws for what is not sealed to this key. */
  async open(sealed: string): Promise<unknown> {
    return unseal(this.privateKey, sealed);
  }
}
