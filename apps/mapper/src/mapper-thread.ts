import { parentPort } from 'node:worker_threads';
import { type EncodedMessage, RejectedRecordError } from '#core';
import { nothingSeen, PageJob } from './page-job.js';
import type { FromThread, ToThread } from './thread-messages.js';

/** The other end of `ThreadedPageMapper`: does the work that needs a processor and nothing else. */
const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const jobs = new Map<number, PageJob>();

port.on('message', (order: ToThread) => {
  try {
    carryOut(order);
  } catch (error) {
    jobs.delete(order.job);
    if (error instanceof RejectedRecordError) {
      answer({ kind: 'refused', job: order.job, code: error.code, message: error.message });
    } else {
      const { name, message, stack = '' } = error instanceof Error ? error : new Error('thrown value is no error');
      answer({ kind: 'failed', job: order.job, name, message, stack });
    }
  }
});

function carryOut(order: ToThread): void {
  if (order.kind === 'begin') {
    const job = new PageJob(order.input);
    if (!order.lookUp) {
      answerMapped(order.job, job.finish(nothingSeen));
      return;
    }
    jobs.set(order.job, job);
    answer({ kind: 'identified', job: order.job, identities: job.identities });
    return;
  }
  const job = jobs.get(order.job);
  jobs.delete(order.job);
  if (job === undefined) throw new Error('a page is finished that was never begun');
  answerMapped(order.job, job.finish(order.seen));
}

/** The bytes change hands instead of being copied. */
function answerMapped(job: number, { key, headers, value }: EncodedMessage): void {
  // Small buffers share one allocation with others, which must stay here.
  const own = value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value);
  const bytes = new Uint8Array(own.buffer as ArrayBuffer);
  answer({ kind: 'mapped', job, message: { key, headers, value: bytes } }, [bytes.buffer]);
}

function answer(message: FromThread, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}
