// Reads WebSocket frames on standard input, the octets after an opening handshake, and prints one
// JSON line per frame: laid out first, then what RFC 6455 forbids about it.
import { parseArgs } from 'node:util';

import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import { FrameReader, type FrameElement } from '#protocol/websocket/frame-reader.ts';
import { frameViolations, type Role } from '#protocol/websocket/frame-violations.ts';
import type { Frame, FrameHeader } from '#protocol/websocket/frame.ts';
import { parseExtensions, type Extension } from '#protocol/websocket/extensions.ts';
import { MessageAssembler } from '#protocol/websocket/message-assembler.ts';
import { Opcode, opcodeName } from '#protocol/websocket/opcode.ts';
import { deflateContext, MessageInflater } from '#protocol/websocket/permessage-deflate.ts';

const USAGE = `Usage: node scripts/decode-frames.ts --role client|server [--extension permessage-deflate] < octets

  --role       who sent the octets: a client masks its frames, a server does not (RFC 6455 §5.1)
  --extension  one that the opening handshake agreed on, as its response says it, such as
               "permessage-deflate; server_no_context_takeover"; may be given several times

Prints one JSON line per frame. maskingKey, payloadData (as it crossed the wire) and applicationData
(unmasked) are base64. The last frame of a compressed message has inflatedData, of the whole message.
Octets in which no frame can be read come as a line of type "unread", with its header if that is whole.`;

function readArguments(): { readonly role: Role; readonly extensions: readonly Extension[] } {
  try {
    const { values } = parseArgs({
      options: { role: { type: 'string' }, extension: { type: 'string', multiple: true } },
    });
    const { role, extension = [] } = values;
    if (role !== 'client' && role !== 'server') throw new Error('--role takes client or server.');
    const extensions = extension.flatMap((value) => {
      const parsed = parseExtensions(value);
      if (parsed === undefined) throw new Error(`--extension ${value} is none (RFC 6455 §9.1).`);
      return parsed;
    });
    return { role, extensions };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { role, extensions } = readArguments();
const reader = new FrameReader();
const assembler = new MessageAssembler();
const names = { extensions: extensions.map(({ name }) => name) };
const context = deflateContext(extensions, role);
const inflater = context && new MessageInflater(context);

process.stdout.on('error', () => process.exit());
for await (const octets of process.stdin) print(reader.push(octets as Buffer));
print(reader.end());

function print(elements: readonly FrameElement[]): void {
  for (const element of elements) {
    const { offset, octets } = element;
    const line =
      element.type === 'frame'
        ? { type: 'frame', offset, ...lineOf(element.frame) }
        : {
            ...{ type: 'unread', offset, code: element.code },
            ...(element.header && {
              ...headerOf(element.header),
              violations: frameViolations(element.header, role, names),
            }),
            octets: base64(octets),
          };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

function lineOf(frame: Frame): Record<string, unknown> {
  const { opcode, payload, applicationData } = frame;
  const close = opcode === Opcode.close ? decodeCloseBody(applicationData, role) : undefined;
  const { message, violations } = assembler.push(frame);
  const inflated = message?.compressed === true ? inflater?.push(message) : undefined;
  return {
    ...headerOf(frame),
    payloadData: base64(payload),
    applicationData: base64(applicationData),
    ...(inflated?.applicationData && { inflatedData: base64(inflated.applicationData) }),
    ...close,
    violations: [
      ...frameViolations(frame, role, names),
      ...violations,
      ...(close?.violations ?? []),
      ...(inflated?.violations ?? []),
    ],
  };
}

function headerOf(header: FrameHeader): Record<string, unknown> {
  const { fin, rsv1, rsv2, rsv3, opcode, masked, payloadLength, lengthForm } = header;
  const { headerLength, maskingKey } = header;
  return {
    ...{ fin, rsv1, rsv2, rsv3, opcode, opcodeName: opcodeName(opcode), mask: masked },
    ...{ payloadLength, lengthForm, headerLength },
    ...(maskingKey && { maskingKey: base64(maskingKey) }),
  };
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64');
}
