/**
 * Runs `work` with a signal that aborts it after `timeoutMs` with a TimeoutError. Unlike AbortSignal.timeout
 * its clock stops with the answer: that one goes on, and makes an error nobody reads for every call.
 */
export async function withinTime<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController()
  const timer = setTimeout(
    () => abort.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')),
    timeoutMs,
  )
  try {
    return await work(abort.signal)
  } finally {
    clearTimeout(timer)
  }
}
