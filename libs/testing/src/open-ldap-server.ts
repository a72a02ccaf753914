import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { PrivateAuthority } from './private-authority.js';
import { ServerProcess } from './server-process.js';
import { unusedPort } from './unused-port.js';

const programs = ['/usr/sbin/slapd', '/usr/local/libexec/slapd', '/opt/homebrew/opt/openldap/libexec/slapd'];
const schemaFolders = ['/etc/ldap/schema', '/etc/openldap/schema', '/opt/homebrew/etc/openldap/schema'];
const moduleFolders = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap'];

/** An entry of the directory: every value as text, or as bytes. */
export interface LdapEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>;
}

export interface OpenLdapServerOptions {
  /** What is there from the start, below `dc=acme,dc=example`. */
  readonly entries?: readonly LdapEntry[];
  /** Lines of slapd.conf(5) for the database, e.g. `limits users size.prtotal=100`. */
  readonly database?: readonly string[];
}

/**
 * OpenLDAP's own server with configuration, data, certificate and ports of its own. Knows the schemas of people
 * (inetOrgPerson) and what Active Directory's `user` has of its own and tests use: `objectGUID` and `userAccountControl`.
 */
export class OpenLdapServer {
  readonly host = '127.0.0.1';
  readonly baseDn = 'dc=acme,dc=example';
  readonly adminDn = 'cn=admin,dc=acme,dc=example';
  readonly password = 'not-a-secret-of-anybody';
  private readonly authority = new PrivateAuthority();
  private process: ServerProcess | null = null;

  private constructor(
    private readonly directory: string,
    readonly port: number,
    readonly tlsPort: number,
    private readonly options: OpenLdapServerOptions,
  ) {}

  /** @throws Error where OpenLDAP's server is not installed */
  static async start(options: OpenLdapServerOptions = {}): Promise<OpenLdapServer> {
    const directory = mkdtempSync(join(tmpdir(), 'muster-slapd-'));
    const server = new OpenLdapServer(directory, await unusedPort(), await unusedPort(), options);
    server.prepare();
    await server.launch();
    return server;
  }

  get url(): string {
    return `ldap://${this.host}:${this.port}`;
  }

  get tlsUrl(): string {
    return `ldaps://${this.host}:${this.tlsPort}`;
  }

  /** PEM text of the authority that signed the server's certificate. */
  get ca(): string {
    return this.authority.ca;
  }

  async add({ dn, attributes }: LdapEntry): Promise<void> {
    await this.asAdmin(async (client) => client.add(dn, toAttributes(attributes)));
  }

  async delete(...dns: readonly string[]): Promise<void> {
    await this.asAdmin(async (client) => {
      for (const dn of dns) await client.del(dn);
    });
  }

  /** Gives an attribute these values and no others. */
  async replace(dn: string, type: string, ...values: string[]): Promise<void> {
    const modification = new Attribute({ type, values });
    await this.asAdmin(async (client) => client.modify(dn, new Change({ operation: 'replace', modification })));
  }

  /** As when its machine loses power. */
  async kill(): Promise<void> {
    await this.process?.end('SIGKILL');
  }

  /** After {@link kill}: at the same ports, with what it had. */
  async restart(): Promise<void> {
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.process?.end('SIGTERM');
    this.authority.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async asAdmin(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ url: this.url });
    await client.bind(this.adminDn, this.password);
    try {
      await work(client);
    } finally {
      await client.unbind();
    }
  }

  private prepare(): void {
    const { key, cert } = this.authority.sign(`IP:${this.host}`);
    writeFileSync(this.path('key.pem'), key);
    writeFileSync(this.path('cert.pem'), cert);
    writeFileSync(this.path('ca.pem'), this.ca);
    mkdirSync(this.path('data'));
    writeFileSync(this.path('slapd.conf'), this.configuration());
    const top: LdapEntry = {
      dn: this.baseDn,
      attributes: { objectClass: ['top', 'dcObject', 'organization'], o: 'Acme', dc: 'acme' },
    };
    const ldif = [top, ...(this.options.entries ?? [])].map(toLdif).join('\n');
    execFileSync(this.program(), ['-T', 'add', '-q', '-f', this.path('slapd.conf')], { input: ldif, stdio: 'pipe' });
  }

  private async launch(): Promise<void> {
    const listeners = `${this.url}/ ${this.tlsUrl}/`;
    this.process = await ServerProcess.start({
      name: 'slapd',
      program: this.program(),
      // With a level of logging it stays in the foreground and writes to stderr.
      args: ['-d', 'config', '-h', listeners, '-f', this.path('slapd.conf')],
      // It says that it is starting before it listens, and nothing when it does.
      isReady: async () => this.isListening(),
    });
  }

  private async isListening(): Promise<boolean> {
    const socket = connect(this.port, this.host);
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  private program(): string {
    const program = programs.find((path) => existsSync(path));
    if (program !== undefined) return program;
    throw new Error(
      `OpenLDAP's server is needed here and is in none of ${programs.join(', ')}. Install it: apt-get install slapd, dnf install openldap-servers, brew install openldap.`,
    );
  }

  private configuration(): string {
    const schemas = schemaFolders.find((path) => existsSync(path)) ?? schemaFolders[0];
    const modules = moduleFolders.find(
      (path) => existsSync(`${path}/back_mdb.so`) || existsSync(`${path}/back_mdb.la`),
    );
    const lines = [
      ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${schemas}/${name}.schema`),
      ...activeDirectorySchema,
      ...(modules === undefined ? [] : [`modulepath ${modules}`, 'moduleload back_mdb']),
      `TLSCertificateFile ${this.path('cert.pem')}`,
      `TLSCertificateKeyFile ${this.path('key.pem')}`,
      `TLSCACertificateFile ${this.path('ca.pem')}`,
      'database mdb',
      'maxsize 268435456',
      `suffix "${this.baseDn}"`,
      `rootdn "${this.adminDn}"`,
      `rootpw ${this.password}`,
      `directory ${this.path('data')}`,
      // Safe enough for what is thrown away.
      'dbnosync',
      ...(this.options.database ?? []),
    ];
    return `${lines.join('\n')}\n`;
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}

/** Names, ids and syntaxes as Active Directory publishes them. */
const activeDirectorySchema = [
  "attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )",
  "attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
  "objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP top AUXILIARY MAY ( objectGUID $ userAccountControl ) )",
];

function toAttributes(attributes: LdapEntry['attributes']): Attribute[] {
  return Object.entries(attributes).map(([type, value]) => new Attribute({ type, values: listOf(value) as string[] }));
}

/** RFC 2849; Base64 throughout, which holds any value. */
function toLdif({ dn, attributes }: LdapEntry): string {
  const line = (name: string, value: string | Buffer): string => `${name}:: ${Buffer.from(value).toString('base64')}`;
  const lines = Object.entries(attributes).flatMap(([name, value]) => listOf(value).map((one) => line(name, one)));
  return `${[line('dn', dn), ...lines].join('\n')}\n`;
}

function listOf(value: LdapEntry['attributes'][string]): (string | Buffer)[] {
  return typeof value === 'string' || Buffer.isBuffer(value) ? [value] : [...value];
}
