import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { type Shown, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { readText } from '../key-value.js';
import { renderTable } from '../output/table.js';
import type { Profile, ProfileStore } from '../profiles/profile-store.js';

interface AddOptions {
  keyFile?: string;
  replace?: boolean;
  url: string;
  apiKey?: string;
  tenant?: string;
}

/** What is shown of a profile: never its key. */
interface ProfileView {
  name: string;
  url: string;
  tenant: string | null;
  hasKey: boolean;
  inUse: boolean;
}

export function addProfileCommands(program: Command, shownOf: (command: Command) => Shown, store: ProfileStore): void {
  const profile = program.command('profile').description('servers by name, each with its key and tenant');

  profile
    .command('add <name>')
    .description('keep --url, --api-key and --tenant under a name')
    .option('--key-file <file>', 'read the API key from a file; - is standard input')
    .option('--replace', 'in the place of one of that name')
    .addHelpText(
      'after',
      `
Examples:
  muster profile add production --url https://muster.example --key-file - < key.txt
  muster profile add local --url http://127.0.0.1:8080 --tenant Acme --key-file key.txt`,
    )
    .action(async (name: string, _options: object, command: Command) => {
      const shown = shownOf(command);
      const { keyFile, replace, url, apiKey, tenant } = command.optsWithGlobals<AddOptions>();
      requireName(name);
      if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
        throw new CliError(`${url} is no address. Give one such as http://127.0.0.1:8080.`);
      }
      const profiles = store.read();
      const others = profiles.profiles.filter((one) => one.name !== name);
      if (others.length < profiles.profiles.length && replace !== true) {
        throw new CliError(`There is a profile ${name} already.`, exitCodes.conflict, [
          'Put this one in its place: --replace',
        ]);
      }
      const key = keyFile === undefined ? apiKey : (await readText(keyFile)).trim();
      const added: Profile = {
        name,
        url,
        ...(key === undefined || key === '' ? {} : { apiKey: key }),
        ...(tenant === undefined || tenant === '' ? {} : { tenant }),
      };
      store.write({ ...profiles, profiles: [...others, added] });
      show(shown, view(added, profiles.inUse), () => {
        shown.terminal.print(`Profile ${name} is there${added.apiKey === undefined ? ', without a key' : ''}.`);
        if (profiles.inUse !== name) shown.terminal.note(`Next: muster profile use ${name}`);
      });
    });

  profile
    .command('list')
    .description('all profiles, without their keys')
    .action((_options: object, command: Command) => {
      const shown = shownOf(command);
      const { inUse, profiles } = store.read();
      const items = profiles.map((one) => view(one, inUse)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      show(shown, { items, nextCursor: null }, () => {
        const columns = [
          { head: 'Name', value: ({ name }: ProfileView) => name },
          { head: 'In use', value: (row: ProfileView) => (row.inUse ? 'yes' : '') },
          { head: 'Address', value: ({ url }: ProfileView) => url, flexible: true },
          { head: 'Tenant', value: ({ tenant }: ProfileView) => tenant, flexible: true },
          { head: 'Key', value: ({ hasKey }: ProfileView) => (hasKey ? 'yes' : 'none') },
        ];
        shown.terminal.print(renderTable(shown.terminal, columns, items));
      });
    });

  profile
    .command('use <name>')
    .description('take this one from now on, where no other is named')
    .action((name: string, _options: object, command: Command) => {
      const shown = shownOf(command);
      const found = store.find(name);
      store.write({ ...store.read(), inUse: name });
      show(shown, view(found, name), () => shown.terminal.print(`Profile ${name} (${found.url}) is in use.`));
    });

  profile
    .command('remove <name>')
    .description('forget a profile and its key; the key itself goes on working')
    .action((name: string, _options: object, command: Command) => {
      const shown = shownOf(command);
      store.find(name);
      const { inUse, profiles } = store.read();
      store.write({
        inUse: inUse === name ? null : inUse,
        profiles: profiles.filter((one) => one.name !== name),
      });
      show(shown, { name, removed: true }, () => shown.terminal.print(`Profile ${name} is gone.`));
    });
}

function requireName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(name)) return;
  throw new CliError('A profile’s name is up to 64 letters, digits, dots, dashes and underscores.');
}

function view({ name, url, tenant, apiKey }: Profile, inUse: string | null): ProfileView {
  return { name, url, tenant: tenant ?? null, hasKey: apiKey !== undefined, inUse: inUse === name };
}
