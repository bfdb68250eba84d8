import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

type Locked = { readonly integrity?: string; readonly resolved?: string; readonly link?: boolean };

const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

describe('threat 24: supply chain', () => {
  it('names every package of ours at one exact version', () => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        assert.match(version, /^\d+\.\d+\.\d+$/, `${name} in ${kind}`);
      }
    }
  });

  it('holds the digest of every package that is installed, and no address of its own', () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    assert.ok(packages.length > 100);
    for (const [path, { integrity, resolved }] of packages) {
      assert.match(integrity ?? '', /^sha512-/, path);
      assert.equal(resolved, undefined, `${path} has an address; .npmrc leaves them out`);
    }
  });

  it('runs no install script of any package', () => {
    assert.match(read('scripts/setup.mjs'), /'--ignore-scripts'/);
  });

  it('uses a ws that bounds fragments (8.21.1 or newer)', () => {
    const { version } = createRequire(import.meta.url)('ws/package.json') as { version: string };
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    assert.ok(major > 8 || (major === 8 && (minor > 21 || (minor === 21 && patch >= 1))), version);
  });
});
