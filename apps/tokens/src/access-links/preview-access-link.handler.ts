import { Failure, type InputOf, previewAccessLink } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { timeOf } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { ShownLinks } from './shown-links.ts';

@Injectable()
export class PreviewAccessLinkHandler {
  constructor(private readonly links: ShownLinks) {}

  @Handles(previewAccessLink)
  async preview({ token }: InputOf<typeof previewAccessLink>, context: HandlerContext) {
    const link = await this.links.find(token, context);
    if (link instanceof Failure) return link;
    const { accountName, editedByName, expiresAt, needs } = link;
    return {
      account: { name: accountName },
      by: { name: editedByName },
      expiresAt: timeOf(expiresAt).toISOString(),
      needs: (['password', 'code'] as const).filter((need) => needs[need]),
    };
  }
}
