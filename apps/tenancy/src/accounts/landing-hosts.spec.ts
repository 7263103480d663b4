import { describe, expect, it } from '@jest/globals';
import { LandingHosts } from './landing-hosts.ts';

const hosts = new LandingHosts({ PUBLIC_URL: 'https://access.acme.example', COOKIE_DOMAIN: 'Acme.example' });

describe('a landing page', () => {
  it.each([
    'https://access.acme.example/',
    'https://access.acme.example:8443/start?from=link',
    'https://acme.example/',
    'https://devices.eu.acme.example/',
  ])('may be %s', (address) => {
    expect(hosts.admit(address)).toBe(address);
  });

  it.each([
    ['another host', 'https://evil.example/'],
    ['a host that only ends like the domain', 'https://notacme.example/'],
    ['a host that only begins like it', 'https://acme.example.evil.example/'],
    ['the name of the domain as a user', 'https://acme.example@evil.example/'],
    ['a page that carries credentials', 'https://user:password@acme.example/'],
    ['an unencrypted one', 'http://acme.example/'],
    ['a script', 'javascript://acme.example/%0aalert(1)'],
  ])('may not be %s', (_what, address) => {
    expect(hosts.admit(address)).toBeUndefined();
  });

  it('is kept as a browser reads it', () => {
    expect(hosts.admit('https:\\\\ACME.example\\..\\start')).toBe('https://acme.example/start');
  });

  it('may be unencrypted on the loopback, for development', () => {
    const development = new LandingHosts({ PUBLIC_URL: 'http://localhost:3000' });
    expect(development.admit('http://localhost:4000/devices')).toBe('http://localhost:4000/devices');
    expect(development.admit('http://devices.localhost:4000/')).toBeUndefined();
  });

  it('may lie nowhere when no host is configured', () => {
    expect(new LandingHosts({}).admit('https://acme.example/')).toBeUndefined();
  });
});
