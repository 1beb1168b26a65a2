/**
 * Runs two things at once; when one fails the other is told to stop and waited for, so that nothing goes on
 * behind, nor starts a process that nobody stops any more.
 */
export async function allOrNone<A, B>(
  signal: AbortSignal,
  begin: (signal: AbortSignal) => [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const failed = new AbortController()
  const work = begin(AbortSignal.any([signal, failed.signal]))
  try {
    return await Promise.all(work)
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(work)
    throw error
  }
}
