const REDACTED = '[Redacted]';

/** The keys whose values are never logged, at any depth and in any case. */
const KEYS = [
  '(?:proxy-)?authorization',
  '(?:set-)?cookie',
  '\\w*password',
  '\\w*secret',
  '(?:[a-z]+_)?token',
  'code',
  'otpauth_?uri',
  'qr_?code',
  'recovery_?codes?',
  'challenge',
  'private_?key',
  '\\w+_key',
].join('|');
const SENSITIVE_KEY = new RegExp(`^(?:${KEYS})$`, 'i');
const SENSITIVE_MEMBER = new RegExp(`"(?:${KEYS})":`, 'i');

/** Our own secrets by their prefix; no `\b` before it, for in JSON the `\n` before one ends in a letter. */
const SECRET = /vk[slfapkivrcx]_[0-9A-Za-z]{20,}/g;

/** The password in a URL (RFC 3986 §3.2.1), as drivers like to quote it. */
const URL_PASSWORD = /(:\/\/[^\s:/@"]*):[^\s/@"]+@/g;

/** `code` is also how errors are named: ECONNREFUSED, 23505 (SQLSTATE), invalid_token, an exit code. */
const ERROR_CODE = /^(?:[A-Z][A-Z_]+|[0-9A-Z]{5}|[a-z]+(?:_[a-z]+)*|-?\d{1,3})$/;

/** Text without the secrets that can be told by their look. */
export function redactText(text: string): string {
  return text.replace(SECRET, REDACTED).replace(URL_PASSWORD, `$1:${REDACTED}@`);
}

/**
 * A line of JSON without its secrets. It works on the finished line rather than by pino's `redact`, whose paths end at a
 * fixed depth; and only a line with a sensitive key in it is parsed, so that all others cost next to nothing.
 */
export function redactLine(line: string): string {
  const text = redactText(line);
  return SENSITIVE_MEMBER.test(text) ? `${JSON.stringify(JSON.parse(text, redactMember))}\n` : text;
}

function redactMember(key: string, value: unknown): unknown {
  const isErrorCode = key === 'code' && ERROR_CODE.test(String(value));
  return SENSITIVE_KEY.test(key) && !isErrorCode ? REDACTED : value;
}
