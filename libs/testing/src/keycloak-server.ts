import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process.js';
import { unusedPort } from './unused-port.js';

const version = '26.5.0';

/** A Keycloak of its own, with its data in memory, of the programs that `scripts/services/keycloak.mjs` installs. */
export class KeycloakServer {
  private process: ServerProcess | null = null;
  private token: { value: string; endsAtMs: number } | null = null;

  private constructor(
    private readonly program: string,
    private readonly port: number,
  ) {}

  /** @throws Error where Keycloak is not installed */
  static async start(): Promise<KeycloakServer> {
    const folder = process.env['MUSTER_SERVICES_DIR'] ?? join(homedir(), '.cache', 'muster', 'services');
    const programs = join(folder, 'programs', `keycloak-${version}`);
    if (!existsSync(join(programs, '.verified'))) {
      throw new Error(
        `Keycloak is needed here and is not in ${programs}. Install it: node scripts/services/keycloak.mjs`,
      );
    }
    const program = join(programs, `keycloak-${version}`, 'bin', 'kc.sh');
    const server = new KeycloakServer(program, await unusedPort());
    await server.launch();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A request to the admin API as its first administrator; the answer as JSON, null when it has no body. */
  async admin<T = unknown>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.adminToken()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** Ends it; what it had is gone, too. */
  async stop(): Promise<void> {
    // Which its script passes on to Java, as it could not pass on SIGKILL.
    await this.process?.end('SIGTERM');
  }

  private async launch(): Promise<void> {
    const listen = ['--http-enabled=true', '--http-host=127.0.0.1', `--http-port=${this.port}`];
    this.process = await ServerProcess.start({
      name: 'Keycloak',
      program: this.program,
      args: ['start', '--optimized', '--hostname-strict=false', '--cache=local', ...listen],
      env: {
        KC_BOOTSTRAP_ADMIN_USERNAME: adminName,
        KC_BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
        JAVA_OPTS: javaOptions.join(' '),
      },
      isReady: async () => this.isAnswering(),
    });
  }

  private async isAnswering(): Promise<boolean> {
    const answer = await fetch(`${this.url}/realms/master`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok === true;
  }

  private async adminToken(): Promise<string> {
    if (this.token !== null && this.token.endsAtMs > Date.now()) return this.token.value;
    const form = { grant_type: 'password', client_id: 'admin-cli', username: adminName, password: adminPassword };
    const response = await fetch(`${this.url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: value, expires_in: seconds } = (await response.json()) as {
      access_token: string;
      expires_in: number;
    };
    this.token = { value, endsAtMs: Date.now() + (seconds - 20) * 1000 };
    return value;
  }
}

const javaOptions = [
  '-Xms256m',
  '-Xmx640m',
  '-XX:MaxMetaspaceSize=320m',
  '-XX:+UseSerialGC',
  // It lives for a minute or two: the second compiler would cost more than it gives.
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Dfile.encoding=UTF-8',
];
const adminName = 'admin';
const adminPassword = 'not-a-secret-of-anybody';
