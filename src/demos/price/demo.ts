import type { Goal } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const lightBatch = (id: string, transport: string, words: string): Goal => ({
  id,
  words,
  all: [
    {
      exists: {
        as: 'sent',
        where: { kind: 'server', 'data.name': 'sent', 'data.size': { atLeast: 50 } },
      },
    },
    {
      exists: {
        where: {
          kind: 'app',
          'data.name': 'bill',
          'data.transport': transport,
          'data.overhead': { atMost: 20 },
          'data.way': { sameAs: 'sent.data.way' },
          'data.batch': { sameAs: 'sent.data.batch' },
          'data.size': { sameAs: 'sent.data.size' },
          'data.messages': { sameAs: 'sent.data.messages' },
        },
      },
    },
  ],
});

export default defineDemo({
  id: 'price',
  title: 'The layered bill',
  summary:
    'The same message by five transports, one of them by a robot over HTTP/2 too, and what each puts around it, layer by layer.',
  lifelines: { server: 'server program' },
  http2: true,
  parameters: {
    way: {
      type: 'choice',
      label: 'Send by',
      default: 'each',
      choices: [
        { value: 'each', label: 'each way, one after another' },
        { value: 'down', label: 'WebSocket, down' },
        { value: 'up', label: 'WebSocket, up' },
        { value: 'events', label: 'SSE with id' },
        { value: 'events-plain', label: 'SSE without id' },
        { value: 'long', label: 'long poll, HTTP/1.1' },
        { value: 'short', label: 'short poll, every second one empty' },
        { value: 'http2', label: 'long poll, HTTP/2' },
      ],
    },
    size: {
      type: 'number',
      label: 'Payload',
      unit: 'bytes',
      default: 5,
      min: 1,
      max: 65_536,
      step: 1,
    },
    messages: { type: 'number', label: 'Messages', default: 1, min: 1, max: 400, step: 1 },
    layers: {
      type: 'choice',
      label: 'Count',
      default: 'sent',
      choices: [
        { value: 'sent', label: 'what is sent' },
        { value: 'all', label: 'TLS and TCP/IP too (MODEL)' },
      ],
    },
    events: {
      type: 'number',
      label: 'Events in a session',
      default: 10,
      min: 1,
      max: 400,
      step: 1,
    },
    newConnection: {
      type: 'flag',
      label: 'The WebSocket needs a TLS connection of its own',
      default: false,
    },
  },
  challenges: [
    {
      id: 'twenty-bytes',
      title: 'Twenty bytes or less',
      goals: [
        lightBatch(
          'websocket',
          'websocket',
          'by WebSocket: at most 20 bytes per message over the payload, set-up included, with 50 bytes or more in each',
        ),
        lightBatch('event-stream', 'event-stream', 'the same by an event stream'),
      ],
      hints: [
        'What is paid once gets cheaper with each message that shares it.',
        'A WebSocket from the server has 2 bytes around each message. How many share the handshake when 18 are left for it?',
        'An event has its fields and its chunk around it. What can be left out? Try 200 messages.',
      ],
    },
  ],
});
