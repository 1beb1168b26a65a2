import { AsyncLocalStorage } from 'node:async_hooks'
import { anonymous, type Principal } from '@souk/kernel/principal'

/** What follows one request through a process and over its outgoing calls. */
export type RequestScope = {
  requestId: string
  principal: Principal
  /** Which process called, `edge` for a request from outside. */
  caller: string
  idempotencyKey: string | undefined
  /** Absolute time (ms) after which nobody waits for the answer. */
  deadlineAtMs: number | undefined
  /** Set by `once` when the answer came from an earlier identical command. */
  isReplay: boolean
}

const storage = new AsyncLocalStorage<RequestScope>()

export function runInRequest<Result>(scope: RequestScope, work: () => Result): Result {
  return storage.run(scope, work)
}

export function currentRequest(): RequestScope | undefined {
  return storage.getStore()
}

/** A scope for work that no request started, such as an event handler or a sweep. */
export function backgroundScope(caller: string, requestId: string): RequestScope {
  return {
    requestId,
    principal: anonymous,
    caller,
    idempotencyKey: undefined,
    deadlineAtMs: undefined,
    isReplay: false,
  }
}
