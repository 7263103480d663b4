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
    ['a script that names no host', 'javascript:alert(1)'],
    ['a file', 'ftp://acme.example/'],
    ['what a host and its port read as', 'acme.example:8080'],
  ])('may not be %s', (_what, address) => {
    expect(hosts.admit(address)).toBeUndefined();
  });

  it('is kept as a browser reads it', () => {
    expect(hosts.admit('https:\\\\ACME.example\\..\\start')).toBe('https://acme.example/start');
  });

  describe('in development, where the gateway itself is reached without encryption on the loopback', () => {
    const development = new LandingHosts({ PUBLIC_URL: 'http://localhost:3000', COOKIE_DOMAIN: 'localhost' });

    it('may be without it on that very host', () => {
      expect(development.admit('http://localhost:4000/devices')).toBe('http://localhost:4000/devices');
    });

    it('may not on any other', () => {
      for (const host of ['devices.localhost:4000', '127.0.0.1:3000', '[::1]:3000', 'acme.example'])
        expect(development.admit(`http://${host}/`)).toBeUndefined();
    });
  });

  it.each(['https://localhost:3000', 'http://access.acme.example', undefined])(
    'may not be unencrypted where the gateway is at %s',
    (PUBLIC_URL) => {
      const elsewhere = new LandingHosts({ PUBLIC_URL, COOKIE_DOMAIN: 'localhost' });
      for (const host of ['localhost', '127.0.0.1', 'access.acme.example'])
        expect(elsewhere.admit(`http://${host}/`)).toBeUndefined();
    },
  );

  it('may lie nowhere when no host is configured', () => {
    expect(new LandingHosts({}).admit('https://acme.example/')).toBeUndefined();
  });
});
