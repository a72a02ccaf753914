import { spawn } from 'node:child_process';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceProblem } from './service-problem.mjs';

const LOG_TAIL = 15;
const PORT_RELEASE_MS = 5_000;

function answersAt(port) {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
}

function takenPort(name, port) {
  const setting = `MUSTER_SERVICES_${name.toUpperCase()}_PORT`;
  return `Port ${port}, which ${name} needs, is taken by another program. Set ${setting} to a free one.`;
}

/** A server of ours: it outlives the command that started it and is known by the pid file in its folder. */
export class ServerProcess {
  /** @param {string} folder where pid file and log lie; named in the server's own arguments, so that a reused pid is told apart */
  constructor(name, folder) {
    this.name = name;
    this.folder = folder;
    this.pidFile = join(folder, 'pid');
    this.logFile = join(folder, 'log');
  }

  /** The pid, or null when it does not run. */
  async pid() {
    const text = await readFile(this.pidFile, 'utf8').catch(() => '');
    const pid = Number(text);
    if (!Number.isSafeInteger(pid) || pid <= 0) return null;
    try {
      process.kill(pid, 0);
    } catch {
      return null;
    }
    // Where there is no /proc the pid file is believed.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => this.folder);
    return command.includes(this.folder) ? pid : null;
  }

  async start(program, args, ports, environment = {}) {
    for (const port of ports) await this.#refuseTaken(port);
    const log = await open(this.logFile, 'a');
    try {
      const child = spawn(program, args, {
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: { ...process.env, ...environment },
      });
      await new Promise((done, failed) => {
        child.on('spawn', done);
        child.on('error', failed);
      });
      child.unref();
      await writeFile(this.pidFile, String(child.pid));
    } finally {
      await log.close();
    }
  }

  async stop() {
    const pid = await this.pid();
    if (pid === null) return false;
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 150; tries += 1) {
      if ((await this.pid()) === null) break;
      await sleep(100);
    }
    if ((await this.pid()) !== null) process.kill(pid, 'SIGKILL');
    await rm(this.pidFile, { force: true });
    return true;
  }

  /** Ends it as a crash would. */
  async kill() {
    const pid = await this.pid();
    if (pid === null) return false;
    process.kill(pid, 'SIGKILL');
    while ((await this.pid()) !== null) await sleep(10);
    return true;
  }

  /**
   * Resolves when `answers` does.
   *
   * @param {() => Promise<unknown>} answers one try; its rejections are waited out
   */
  async waitUntil(answers, seconds = 60) {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      try {
        return await answers();
      } catch (error) {
        if ((await this.pid()) === null) throw await this.#problem('ended', error);
        if (Date.now() > deadline) throw await this.#problem(`does not answer after ${seconds} s`, error);
      }
      await sleep(200);
    }
  }

  async #problem(what, error) {
    const log = await readFile(this.logFile, 'utf8').catch(() => '');
    const tail = log.trim().split('\n').slice(-LOG_TAIL).join('\n  ');
    return new ServiceProblem(`${this.name} ${what} (${error.message}). Its log, ${this.logFile}, ends:\n  ${tail}`);
  }

  async #refuseTaken(port) {
    // A process that has just been killed may hold its ports a moment longer than its pid.
    const deadline = Date.now() + PORT_RELEASE_MS;
    while (await answersAt(port)) {
      if (Date.now() > deadline) throw new ServiceProblem(takenPort(this.name, port));
      await sleep(200);
    }
  }
}
