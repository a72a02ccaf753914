import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { restEndpoints } from '../reference/rest-endpoints.js';
import { problemDocument } from '../http/problem-document.js';
import { type ProblemCode, problems } from '../http/problem.errors.js';
import { apiVersion } from './api-version.js';
import { bodyExamples } from './body-examples.js';
import { answerExamples } from './examples/answer-examples.js';
import { story } from './examples/story.js';
import { openApiDocument } from './open-api-document.js';

interface Schema {
  $ref?: string;
  examples?: unknown[];
}
interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, MediaType> }> }>>;
  components: { schemas: Record<string, Schema>; examples: Record<string, { value: unknown }> };
}

const endpoints = restEndpoints();
const { paths, components } = openApiDocument(endpoints, apiVersion) as unknown as Document;

/** Each body that some answer has, with the schema that the answer is made by. */
const bodies = endpoints.flatMap(({ method, path, response }) =>
  Object.entries(paths[path]?.[method.toLowerCase()]?.responses ?? {}).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([mediaType, media]) => ({
      answer: `${method} ${path} ${status}`,
      mediaType,
      media,
      response,
    })),
  ),
);
const goodOnes = bodies.filter(({ mediaType }) => mediaType !== 'application/problem+json');
const problemOnes = bodies.filter(({ mediaType }) => mediaType === 'application/problem+json');

/** The examples that a reader of the document is shown. */
function shown({ schema, example }: MediaType): unknown[] {
  if (example !== undefined) return [example];
  const component = schema?.$ref?.replace('#/components/schemas/', '');
  return component === undefined ? [] : (components.schemas[component]?.examples ?? []);
}

/** Components are named by their zod schema's id. */
function componentsOf(schema: z.ZodType): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>();
  z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema }) => {
      const id = z.globalRegistry.get(zodSchema)?.id;
      if (id !== undefined) found.set(id, zodSchema as unknown as z.ZodType);
    },
  });
  return found;
}

const zodComponents = new Map(
  endpoints.flatMap(({ response }) => (response === undefined ? [] : [...componentsOf(response)])),
);

/** A field that the schema does not know is missing in what it gives back. */
function requireExact(schema: z.ZodType | undefined, example: unknown): void {
  expect(schema?.safeParse(example)).toEqual({ success: true, data: example });
}

describe('answers', () => {
  it.each(goodOnes.filter(({ mediaType }) => mediaType !== '*/*' && !mediaType.startsWith('text/html')))(
    '$answer shows what it looks like',
    ({ media }) => {
      expect(shown(media)).not.toHaveLength(0);
    },
  );

  it.each(goodOnes.filter(({ response }) => response !== undefined))(
    'the examples of $answer fit its schema, and hold nothing that it does not describe',
    ({ media, response }) => {
      for (const example of shown(media)) requireExact(response, example);
    },
  );

  it.each(Object.entries(answerExamples.schemas))(
    'the examples of %s fit it, and hold nothing else',
    (name, examples) => {
      expect(components.schemas[name]?.examples).toEqual(examples);
      for (const example of examples) requireExact(zodComponents.get(name), example);
    },
  );

  it('there is no example of anything that is not answered', () => {
    const known = goodOnes.flatMap(({ answer }) => [answer, answer.replace(/ \d+$/, '')]);
    for (const name of Object.keys(answerExamples.answers)) expect(known).toContain(name);
  });
});

describe('problems', () => {
  it.each(problemOnes)('$answer shows each problem that it names', ({ answer, media }) => {
    const status = Number(answer.split(' ').at(-1));
    const examples = Object.entries(media.examples ?? {});
    expect(examples).not.toHaveLength(0);
    for (const [code, { $ref }] of examples) {
      const value = components.examples[$ref.replace('#/components/examples/', '')]?.value;
      requireExact(problemDocument, value);
      expect(value).toMatchObject({ code, status, title: problems[code as ProblemCode][1] });
    }
  });
});

describe('the story', () => {
  it('has every id that an example names', () => {
    const told = JSON.stringify([bodyExamples, answerExamples, components.examples]);
    const named = new Set(told.match(/\b(ten|int|syn|usr|key|out|chk)_[0-9a-z]+(_\d+)?/g));
    const known = JSON.stringify(story);
    expect([...named].filter((id) => !known.includes(`"${id}"`))).toEqual([]);
    expect(named.size).toBeGreaterThan(20);
  });
});
