/** A page that a mail leads to. The secret stands in the fragment, which no browser sends to a server. */
export function linkIn(publicUrl: string, page: 'verification' | 'reset' | 'invitation', secret: string): string {
  return new URL(`/open/${page}#${secret}`, publicUrl).href;
}
