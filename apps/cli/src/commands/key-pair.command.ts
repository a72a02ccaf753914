import { Argument, type Command } from 'commander';
import type { PublicKey } from '#api-client';
import { type ContextOf, show, type Shown } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { pairs } from '../output/text.js';
import { Terminal } from '../output/terminal.js';

const kinds = ['ssh', 'pgp'] as const;

export function addKeyPairCommands(program: Command, contextOf: ContextOf): void {
  const keyPair = program.command('key-pair').description('key pairs that Muster makes; nobody sees the private keys');

  keyPair
    .command('list [integration]')
    .description('the public keys by which an integration logs in and decrypts')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const keys = await context.api.inTenant('GET', '/integrations/{integration}/key-pairs', {
        path: { integration: id },
      });
      show(context, keys, () => print(context, keys.items));
    });

  keyPair
    .command('make')
    .addArgument(new Argument('<kind>', 'ssh logs in at a server, pgp decrypts files').choices(kinds))
    .argument('[integration]')
    .description('make a pair; the one there was goes on working')
    .action(async (kind: (typeof kinds)[number], wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const keys = await context.api.inTenant('POST', '/integrations/{integration}/key-pairs', {
        path: { integration: id },
        body: { kind },
      });
      show(context, keys, () => print(context, keys.items));
    });

  keyPair
    .command('drop <secret> [integration]')
    .description('take a pair away, by the secret that `list` names')
    .action(async (secret: string, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      await context.api.inTenant('DELETE', '/integrations/{integration}/key-pairs/{secret}', {
        path: { integration: id, secret },
      });
      show(context, { secret, dropped: true }, () => context.terminal.print(`The key pair ${secret} is dropped.`));
    });
}

function print({ terminal }: Shown, keys: readonly PublicKey[]): void {
  if (keys.length === 0) terminal.print('There is no key pair.');
  for (const { secret, kind, use, fingerprint, publicKey } of keys) {
    terminal.print(
      pairs([
        ['Secret', secret],
        ['Kind', kind],
        ['Use', use],
        ['Fingerprint', fingerprint],
      ]),
    );
    terminal.print(Terminal.cleanLines(publicKey));
    terminal.print();
  }
}
