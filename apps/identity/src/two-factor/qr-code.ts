import { toDataURL } from 'qrcode';

/** A PNG as a data URI (RFC 2397), wide enough for a camera at arm’s length. */
export async function qrCodeOf(text: string): Promise<string> {
  return toDataURL(text, { type: 'image/png', errorCorrectionLevel: 'M', scale: 6 });
}
