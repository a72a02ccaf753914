/** Examples of what the API answers about one subject. */
export interface SubjectExamples {
  /** By component of the document: shown wherever an operation answers with it, unless that has an example of its own. */
  schemas: Readonly<Record<string, readonly object[]>>;
  /** By operation, `GET /v1/me`; of one of its statuses, `GET /readyz 503`. A text where the answer is no JSON. */
  answers: Readonly<Record<string, object | string>>;
}
