import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Parameters } from '#demo/definition.ts';
import { checkValues, parseAddress, serializeAddress } from '#demo/parameter-address.ts';
import { defaultValues } from '#demo/parameters.ts';

const parameters = {
  message: { type: 'text', label: 'Message', default: 'Hello', maxLength: 10 },
  as: {
    type: 'choice',
    label: 'As',
    default: 'text',
    choices: [
      { value: 'text', label: 'text' },
      { value: 'binary', label: 'binary' },
    ],
  },
  waitMs: { type: 'number', label: 'Wait', default: 200, min: 100, max: 1000, step: 100 },
  resume: { type: 'flag', label: 'Resume', default: true },
} satisfies Parameters;
const demo = { id: 'sample', parameters };

describe('the address of a bench: ?<demo>.<parameter>=<value>', () => {
  it('comes back as the values that it was written from', () => {
    const values = { message: 'ö & =?#', as: 'binary', waitMs: 300, resume: false };
    const search = serializeAddress(demo, values);
    assert.deepEqual(parseAddress(demo, search), { values, problems: [] });
  });

  it('holds only what differs from the defaults, and keeps what is of others', () => {
    const search = serializeAddress(
      demo,
      { ...defaultValues(parameters), waitMs: 500 },
      '?other.message=x&sample.as=binary&q=1',
    );
    assert.equal(search, '?other.message=x&q=1&sample.waitMs=500');
    assert.equal(serializeAddress(demo, defaultValues(parameters)), '');
  });

  const bad = [
    { search: '?sample.nothing=1', names: 'nothing' },
    { search: '?sample.__proto__=1', names: '__proto__' },
    { search: '?sample.message=12345678901', names: 'message' },
    { search: '?sample.as=json', names: 'as' },
    { search: '?sample.waitMs=99', names: 'waitMs' },
    { search: '?sample.waitMs=1100', names: 'waitMs' },
    { search: '?sample.waitMs=150', names: 'waitMs' },
    { search: '?sample.waitMs=1e2', names: 'waitMs' },
    { search: '?sample.waitMs=', names: 'waitMs' },
    { search: '?sample.resume=yes', names: 'resume' },
  ];
  for (const { search, names } of bad) {
    it(`names and ignores what it can’t use: ${search}`, () => {
      const { values, problems } = parseAddress(demo, search);
      assert.deepEqual(values, {});
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', new RegExp(`“${names}”`));
    });
  }

  it('takes numbers at both ends of their range', () => {
    for (const waitMs of [100, 1000]) {
      assert.deepEqual(parseAddress(demo, `?sample.waitMs=${waitMs}`).values, { waitMs });
    }
  });
});

describe('the values that a lesson gives', () => {
  it('stop the build with the names of demo and parameter when they are wrong', () => {
    assert.throws(() => checkValues(demo, { mesage: 'x' }), /demo="sample".*“mesage”.*message/);
    assert.throws(() => checkValues(demo, { waitMs: '200' }), /“waitMs” takes a number/);
    assert.deepEqual(checkValues(demo, { resume: false }), { resume: false });
  });
});
