import { styleText } from 'node:util'

/** Tells the person what is going on: one line per finished step, and in between what still runs and for how long. */
export type Progress = {
  /** `doing` is shown while it runs, `done` once it is true. */
  step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T>
  note(sentence: string): void
  /** Detail of what runs, such as the names still waited for. */
  detail(text: string): void
  elapsedSeconds(): number
  end(): void
}

/** For shops that tests open. */
export const silentProgress: Progress = {
  step: (_doing, _done, work) => work(),
  note: () => {},
  detail: () => {},
  elapsedSeconds: () => 0,
  end: () => {},
}

const quietMs = 5000

export function createProgress(stream: NodeJS.WriteStream = process.stdout): Progress {
  const startedAt = Date.now()
  const running = new Map<string, number>()
  const isLive = stream.isTTY === true
  let detail = ''
  let saidAt = Date.now()

  const clear = () => {
    if (isLive) stream.write('\r\x1b[K')
  }
  const print = (line: string) => {
    clear()
    stream.write(`${line}\n`)
    saidAt = Date.now()
  }
  const current = () => {
    const titles = [...running.keys()].join(' · ')
    return `${seconds(Date.now() - startedAt).padStart(7)}  ${titles}${detail ? ` (${detail})` : ''}`
  }
  const tick = () => {
    if (running.size === 0) return
    if (isLive)
      stream.write(`\r\x1b[K${styleText('dim', current().slice(0, (stream.columns ?? 80) - 1), { stream })}`)
    else if (Date.now() - saidAt >= quietMs) print(current())
  }
  const timer = setInterval(tick, isLive ? 250 : 1000)
  timer.unref()

  return {
    async step(doing, done, work) {
      const began = Date.now()
      running.set(doing, began)
      tick()
      try {
        const result = await work()
        print(
          `${styleText('green', '      ✓', { stream })}  ${done}  ${styleText('dim', seconds(Date.now() - began), { stream })}`,
        )
        return result
      } finally {
        running.delete(doing)
        detail = ''
      }
    },
    note: (sentence) => print(`         ${sentence}`),
    detail: (text) => {
      detail = text
    },
    elapsedSeconds: () => (Date.now() - startedAt) / 1000,
    end() {
      clearInterval(timer)
      running.clear()
      clear()
    },
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
