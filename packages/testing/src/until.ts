/** Asks again and again until `probe` gives something truthy; fails after `timeoutMs` with `what`. */
export async function until<Result>(
  what: string,
  probe: () => Promise<Result | undefined | false | null> | Result | undefined | false | null,
  timeoutMs = 20_000,
): Promise<Result> {
  const deadline = Date.now() + timeoutMs
  let last: unknown
  for (;;) {
    try {
      const found = await probe()
      if (found) return found
      last = undefined
    } catch (error) {
      last = error
    }
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
