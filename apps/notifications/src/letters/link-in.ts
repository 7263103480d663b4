/** Of a page: an address that a user added is confirmed without a password. */
type LinkedPage = 'verification' | 'verification?added' | 'reset' | 'invitation' | 'access-link';

/** A page that a mail leads to. The secret stands in the fragment, which no browser sends to a server. */
export function linkIn(publicUrl: string, page: LinkedPage, secret: string): string {
  return new URL(`/open/${page}#${secret}`, publicUrl).href;
}
