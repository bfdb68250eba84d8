import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import tls from 'node:tls';
import { promisify } from 'node:util';

import { makeCertificate } from '#demo-server/robot/certificate.ts';
import { integer, objectIdentifier, octetString } from '#demo-server/robot/der.ts';

const run = promisify(execFile);

describe('DER', () => {
  // X.690 §8.3, §8.1.3.5 and §8.19.5 have these as examples or as rules.
  it('gives an integer whose first bit is set an octet before it', () => {
    assert.equal(integer(Buffer.from('80', 'hex')).toString('hex'), '02020080');
    assert.equal(integer(Buffer.from('7f', 'hex')).toString('hex'), '02017f');
  });

  it('writes a length in its shortest form', () => {
    const head = (length: number) =>
      octetString(Buffer.alloc(length)).subarray(0, -length).toString('hex');
    assert.equal(head(127), '047f');
    assert.equal(head(201), '0481c9');
    assert.equal(head(256), '04820100');
  });

  it('writes object identifiers in groups of seven bits', () => {
    assert.equal(objectIdentifier('2.999.3').toString('hex'), '0603883703');
    assert.equal(objectIdentifier('1.2.840.113549').toString('hex'), '06062a864886f70d');
  });
});

describe('the certificate', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  const made = makeCertificate(now);

  it('is one that OpenSSL reads, signed with its own key, for localhost and a day', () => {
    const certificate = new X509Certificate(made.cert);
    assert.equal(certificate.subject, 'CN=localhost');
    assert.equal(certificate.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1');
    assert.ok(certificate.verify(certificate.publicKey));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(made.key)));
    assert.equal(certificate.checkHost('localhost'), 'localhost');
    assert.equal(certificate.checkHost('example.com'), undefined);
    assert.equal(certificate.validFromDate.toISOString(), '2026-11-25T12:00:00.000Z');
    assert.equal(certificate.validToDate.toISOString(), '2026-11-26T12:00:00.000Z');
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  });

  it('has a serial number of its own, positive and of sixteen octets', () => {
    const serials = Array.from({ length: 50 }, () => new X509Certificate(makeCertificate().cert));
    for (const { serialNumber } of serials) assert.match(serialNumber, /^[4-7][0-9A-F]{31}$/);
    assert.equal(new Set(serials.map(({ serialNumber }) => serialNumber)).size, 50);
  });

  it('is in the form that DER allows, by openssl’s own parser', async (test) => {
    const asking = run('openssl', ['version']).catch(() => undefined);
    if ((await asking) === undefined) {
      test.skip('openssl is not installed');
      return;
    }
    const child = run('openssl', ['x509', '-noout', '-text', '-certopt', 'no_sigdump']);
    child.child.stdin?.end(made.cert);
    const { stdout } = await child;
    assert.match(stdout, /Version: 3 \(0x2\)/);
    assert.match(stdout, /Signature Algorithm: ecdsa-with-SHA256/);
    assert.match(
      stdout,
      /X509v3 Subject Alternative Name:\s+DNS:localhost, IP Address:127\.0\.0\.1/,
    );
  });

  it('is trusted by who is told to, and by nobody else', async () => {
    const fresh = makeCertificate();
    const server = tls.createServer(fresh, (socket) => socket.end());
    server.on('tlsClientError', () => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const place = { port, host: '127.0.0.1', servername: 'localhost' };
    const trusting = tls.connect({ ...place, ca: fresh.cert });
    await once(trusting, 'secureConnect');
    assert.equal(trusting.authorized, true);
    trusting.destroy();
    const [error] = (await once(tls.connect(place), 'error')) as [{ code: string }];
    assert.equal(error.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    const [other] = (await once(
      tls.connect({ ...place, ca: makeCertificate().cert }),
      'error',
    )) as [{ code: string }];
    assert.match(other.code, /SELF_SIGNED|SIGNATURE/);
    server.close();
  });
});
