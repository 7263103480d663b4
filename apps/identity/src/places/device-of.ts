import Bowser from 'bowser';

const UNKNOWN = 'unknown device';

/** Names that the library gives by itself. What else a client may call itself does not get into a mail. */
const browsers = new Set<string>(Object.values(Bowser.BROWSER_MAP));
const systems = new Set<string>(Object.values(Bowser.OS_MAP));

/** The kind of browser and of system, without their versions: an update makes no new device. */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  const known = [browsers.has(browser.name ?? '') && browser.name, systems.has(os.name ?? '') && os.name];
  return known.filter(Boolean).join(' on ') || UNKNOWN;
}
