import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ServiceProblem } from './service-problem.mjs';

const CHECKSUMS = join(import.meta.dirname, 'checksums');
const VERIFIED = '.verified';

/**
 * Runs a program to its end and gives what it printed.
 *
 * @param {string} missing what to say when there is no such program
 */
export async function run(program, args, missing) {
  const output = [];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((done, failed) => {
    child.on('close', done);
    child.on('error', (error) => failed(error.code === 'ENOENT' ? new ServiceProblem(missing) : error));
  });
  const text = Buffer.concat(output).toString('utf8');
  if (code !== 0) throw new ServiceProblem(`${program} ${args.join(' ')} ended with ${code}:\n${text.trim()}`);
  return text;
}

async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The pinned files: SHA-256 by file name, as `sha256sum` writes them. */
async function readChecksums(name) {
  const lines = (await readFile(join(CHECKSUMS, `${name}.sha256`), 'utf8')).trim().split('\n');
  return new Map(lines.map((line) => line.split('  ').toReversed()));
}

/** Every pinned file must be there as pinned, and no other file beside them. */
async function verify(folder, name) {
  const pinned = await readChecksums(name);
  const present = await readdir(folder);
  const problems = [
    ...[...pinned.keys()].filter((file) => !present.includes(file)).map((file) => `${file} is missing`),
    ...present.filter((file) => !pinned.has(file)).map((file) => `${file} is not pinned`),
  ];
  for (const [file, expected] of pinned) {
    if (!present.includes(file)) continue;
    const actual = await sha256(join(folder, file));
    if (actual !== expected) problems.push(`${file} has SHA-256 ${actual}, pinned is ${expected}`);
  }
  if (problems.length > 0) {
    throw new ServiceProblem(
      `What was downloaded for ${name} is not what scripts/services/checksums pins; it is not used.\n  ${problems.join('\n  ')}`,
    );
  }
}

/**
 * Gives the folder with the files pinned under `name`. Downloads them once, beside it, and moves them there when every
 * checksum is right: the folder is there whole or not at all.
 *
 * @param {(folder: string) => Promise<void>} download puts the pinned files, and nothing else, into a folder
 * @param {(folder: string) => Promise<void>} [unpack] makes of verified files what is run
 */
export async function installed(folder, name, download, unpack = async () => {}) {
  const isThere = await stat(join(folder, VERIFIED)).catch(() => null);
  if (isThere !== null) return folder;
  console.error(`Downloading ${name} into ${folder} …`);
  const temporary = `${folder}.${process.pid}.tmp`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    await download(temporary);
    await verify(temporary, name);
    await unpack(temporary);
    await writeFile(join(temporary, VERIFIED), '');
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}
