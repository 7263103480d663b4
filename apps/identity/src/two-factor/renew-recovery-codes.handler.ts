import { type InputOf, renewRecoveryCodes } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { ProvenChanges } from './proven-changes.ts';
import { replaceRecoveryCodes } from './replace-recovery-codes.ts';

@Injectable()
export class RenewRecoveryCodesHandler {
  constructor(private readonly changes: ProvenChanges) {}

  @Handles(renewRecoveryCodes)
  async renew(proof: InputOf<typeof renewRecoveryCodes>, context: HandlerContext) {
    return this.changes.make(proof, context, async ({ em }, { id }) => ({
      recoveryCodes: await replaceRecoveryCodes(em, id),
    }));
  }
}
