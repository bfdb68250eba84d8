import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AstroIntegration } from 'astro';

type Attached = {
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
};

/** The part of `#demo-server/server.ts` that is used here. */
type DemoServerModule = {
  attachDemoServer(server: Server, options: { port: () => number; buildId: string }): Attached;
};

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Lets the demo server see each request before the dev server's middleware does, which would answer
 * an address without a slash at its end by itself.
 */
function handleFirst(server: Server, handle: Attached['handle']): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (handle(request, response)) return;
    for (const listener of listeners) listener(request, response);
  });
}

/** Serves the demos on the port of `astro dev`, and takes up their source anew when it changes. */
export function demoServerInDev(): AstroIntegration {
  return {
    name: 'demo-server-in-dev',
    hooks: {
      'astro:server:setup': async ({ server, logger }) => {
        const http = server.httpServer as Server | null;
        if (!http) return;
        let attached: Attached | undefined;

        const attach = async (): Promise<void> => {
          await attached?.close();
          attached = undefined;
          // Without this, the module that was loaded first comes back.
          server.environments.ssr.moduleGraph.invalidateAll();
          const loaded = await server.ssrLoadModule('/demo-server/server.ts');
          const options = { port: () => portOf(http), buildId: 'dev' };
          attached = (loaded as DemoServerModule).attachDemoServer(http, options);
        };
        let latest = Promise.resolve();
        const attachNext = (): Promise<void> => {
          latest = latest.then(attach).catch((error: unknown) => {
            logger.error(`The demo server did not load: ${String(error)}`);
          });
          return latest;
        };

        handleFirst(http, (request, response) => attached?.handle(request, response) ?? false);
        server.watcher.on('change', (path) => {
          if (!/[\\/](?:demo-server|src[\\/](?:protocol|capture))[\\/]/.test(path)) return;
          logger.info('taken up anew');
          void attachNext();
        });
        await attachNext();
      },
    },
  };
}
