import { expect, it } from '@jest/globals';
import { deviceOf } from './device-of.ts';

const chromeOnWindows = (version: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

it.each([
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'],
  ['Chrome on Windows', chromeOnWindows(128)],
  [
    'Safari on iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  ],
  ['unknown device', 'curl/8.5.0'],
  ['unknown device', 'You won/1.0 (call us)'],
  ['unknown device', ''],
  ['unknown device', undefined],
])('%s', (device, userAgent) => {
  expect(deviceOf(userAgent)).toBe(device);
});

it('a new version of a browser is no new device', () => {
  expect(deviceOf(chromeOnWindows(129))).toBe(deviceOf(chromeOnWindows(128)));
});
