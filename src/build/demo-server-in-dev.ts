import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AstroIntegration } from 'astro';

/** The part of `#demo-server/server.ts` that is used here. */
type DemoServerModule = {
  attachDemoServer(
    server: Server,
    options: { port: () => number; buildId: string },
  ): {
    handle(request: IncomingMessage, response: ServerResponse): boolean;
    close(): Promise<void>;
  };
};

/** Serves the demos on the port of `astro dev`, and takes up their source anew when it changes. */
export function demoServerInDev(): AstroIntegration {
  return {
    name: 'demo-server-in-dev',
    hooks: {
      'astro:server:setup': async ({ server, logger }) => {
        const { httpServer } = server;
        if (!httpServer) return;
        const http = httpServer as Server;
        const port = (): number => {
          const address = http.address();
          return typeof address === 'object' && address !== null ? address.port : 0;
        };
        let attached: ReturnType<DemoServerModule['attachDemoServer']> | undefined;

        const attach = async (): Promise<void> => {
          await attached?.close();
          attached = undefined;
          // Without this, the module that was loaded first comes back.
          server.environments.ssr.moduleGraph.invalidateAll();
          const module = await server.ssrLoadModule('/demo-server/server.ts');
          attached = (module as DemoServerModule).attachDemoServer(http, { port, buildId: 'dev' });
        };
        let latest = Promise.resolve();
        const attachNext = (): Promise<void> => {
          latest = latest.then(attach).catch((error: unknown) => {
            logger.error(`The demo server did not load: ${String(error)}`);
          });
          return latest;
        };

        server.middlewares.use((request, response, next) => {
          if (!attached?.handle(request, response)) next();
        });
        server.watcher.add('demo-server');
        server.watcher.on('change', (path) => {
          if (/[\\/](?:demo-server|src[\\/](?:protocol|capture))[\\/]/.test(path))
            void attachNext();
        });
        await attachNext();
      },
    },
  };
}
