import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import type { InMemoryPlatform } from '@/testing/in-memory-platform';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The gateway's own policy for the console's files: nothing from elsewhere, no inline script. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built console as the gateway does, before a platform in memory. */
export class ConsoleServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(platform: InMemoryPlatform): Promise<ConsoleServer> {
    const server = createServer((request, response) => void serve(platform, request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new ConsoleServer(server, `http://127.0.0.1:${String(port)}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function serve(platform: InMemoryPlatform, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/console')) {
    serveFile(path, outgoing);
    return;
  }
  const answer = await platform.answer(await requestOf(incoming));
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) {
    outgoing.end();
    return;
  }
  const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
  outgoing.on('close', () => body.destroy());
  body.on('error', () => outgoing.destroy());
  body.pipe(outgoing);
}

/** A file of the build; any other address below `/console` is the application's own. */
function serveFile(path: string, outgoing: ServerResponse): void {
  const inside = normalize(path.replace(/^\/console\/?/, ''));
  const file = join(DIST, inside);
  const found = inside !== '.' && file.startsWith(DIST) && existsSync(file) ? file : join(DIST, 'index.html');
  outgoing.writeHead(200, {
    'content-type': TYPES[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  });
  createReadStream(found).pipe(outgoing);
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, String(value));
  }
  const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
  const address = `http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`;
  return new Request(address, { method: incoming.method ?? 'GET', headers, ...body });
}
