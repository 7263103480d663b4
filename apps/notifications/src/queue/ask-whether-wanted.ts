import {
  Failure,
  isAccessLinkWanted,
  isInvitationWanted,
  isResetWanted,
  isVerificationWanted,
  type RequestContext,
} from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import type { QueuedContent } from '../content/queued-content.ts';

interface Asked {
  mailId: string;
  content: QueuedContent;
}

/** Whether what a mail announces still lives: who made its secret knows. What has happened is always worth telling. */
export async function askWhetherWanted(
  bus: Bus,
  { mailId, content }: Asked,
  context: RequestContext,
): Promise<boolean | Failure> {
  const answer = await ask(bus, { mailId, content }, context);
  return answer instanceof Failure ? answer : answer.wanted;
}

async function ask(
  bus: Bus,
  { mailId, content }: Asked,
  context: RequestContext,
): Promise<{ wanted: boolean } | Failure> {
  if ('verificationId' in content) {
    return bus.ask(isVerificationWanted, { verificationId: content.verificationId }, context);
  }
  if ('resetId' in content) return bus.ask(isResetWanted, { resetId: content.resetId }, context);
  if ('invitationId' in content) {
    return bus.ask(isInvitationWanted, { invitationId: content.invitationId, mailId }, context);
  }
  if ('accessLinkId' in content) {
    const { accessLinkId, secretNumber } = content;
    return bus.ask(isAccessLinkWanted, { accessLinkId, secretNumber }, context);
  }
  return { wanted: true };
}
