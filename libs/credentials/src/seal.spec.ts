import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { sealFor, unseal } from './seal.ts';

function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { publicJwk: publicKey.export({ format: 'jwk' }), privateJwk: privateKey.export({ format: 'jwk' }) };
}

const content = { to: 'ada@example.com', secret: 'vkv_of-a-mail' };

describe('what is sealed', () => {
  it('is opened with the private key', async () => {
    const { publicJwk, privateJwk } = keyPair();
    expect(await unseal(privateJwk, await sealFor(publicJwk, content))).toEqual(content);
  });

  it('shows nothing of its content, and never looks the same twice', async () => {
    const { publicJwk } = keyPair();
    const [one, other] = [await sealFor(publicJwk, content), await sealFor(publicJwk, content)];
    expect(one).not.toBe(other);
    expect(decodeProtectedHeader(one)).toEqual({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      epk: { kty: 'OKP', crv: 'X25519', x: expect.any(String) },
    });
    for (const part of one.split('.')) expect(Buffer.from(part, 'base64url').toString()).not.toContain('vkv_');
  });

  it('is not opened with another key', async () => {
    const sealed = await sealFor(keyPair().publicJwk, content);
    await expect(unseal(keyPair().privateJwk, sealed)).rejects.toThrow('decryption operation failed');
  });

  it('is not opened once it was changed', async () => {
    const { publicJwk, privateJwk } = keyPair();
    const [header, key, iv, , tag] = (await sealFor(publicJwk, content)).split('.');
    await expect(unseal(privateJwk, [header, key, iv, 'AAAA', tag].join('.'))).rejects.toThrow();
  });
});
