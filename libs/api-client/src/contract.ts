import type { paths } from './api-types.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Paths as the contract writes them: `/v1/tenants/{tenant}/syncs/{sync}`. */
export type Path = keyof paths;

/** What the contract says of a method of a path; never where there is no such method. */
type Operation<P extends Path, M extends Method> = NonNullable<paths[P][Lowercase<M>]>;

/** Paths that know a method. */
export type PathWith<M extends Method> = { [P in Path]: Operation<P, M> extends never ? never : P }[Path];

type Parameters<P extends Path, M extends Method> = Operation<P, M> extends { parameters: infer Found } ? Found : never;

/** The parameters of a path, by name. */
export type PathParameters<P extends Path, M extends Method> =
  Parameters<P, M> extends { path: infer Found } ? Found : Record<never, never>;

/** What is undefined is not said. */
export type QueryOf<P extends Path, M extends Method> =
  Parameters<P, M> extends { query?: infer Found } ? OrUndefined<NonNullable<Found>> : Record<never, never>;

type OrUndefined<Values> = { [Name in keyof Values]: Values[Name] | undefined };

export type BodyOf<P extends Path, M extends Method> =
  Operation<P, M> extends { requestBody?: infer Found }
    ? NonNullable<Found> extends { content: { 'application/json': infer Body } }
      ? Body
      : undefined
    : undefined;

/** The body of the answer when all went well; undefined where there is none. */
export type AnswerTo<P extends Path, M extends Method = 'GET'> =
  Operation<P, M> extends { responses: infer Responses }
    ? JsonOf<Responses[Extract<keyof Responses, 200 | 201 | 202>]>
    : never;

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined;

/** An item of a list. */
export type ItemOf<P extends PathWith<'GET'>> = AnswerTo<P> extends { items: (infer Item)[] } ? Item : never;
