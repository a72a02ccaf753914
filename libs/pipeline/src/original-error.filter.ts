import { Catch, type ExceptionFilter } from '@nestjs/common';

/**
 * Hands a stage's error on as it is. Nest's own RPC filter would turn every error into an observable of
 * `{ status: 'error' }`; the stage runner decides by the error's class.
 */
@Catch()
export class OriginalErrorFilter implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}
