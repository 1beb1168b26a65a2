import { connect, createServer, type Server, type Socket } from 'node:net'

/** What a wire does to what passes. `delayMs` later, not at all (`silent`), or torn after so many bytes. */
export type WireFault =
  | { kind: 'slow'; delayMs: number }
  | { kind: 'silent' }
  | { kind: 'refusing' }
  | { kind: 'torn'; afterBytes: number }

export type Wire = {
  port: number
  /** How many connections run through it now. */
  count(): number
  /** From now on, for every connection. Nothing makes it whole again; connections that lost bytes are cut. */
  set(fault: WireFault | undefined): void
  /** Ends every connection at once, without a goodbye. */
  cut(): void
  close(): Promise<void>
}

type Pair = { near: Socket; far: Socket; passed: number; hasLost: boolean }

/** A TCP proxy to `targetPort` on this machine that can fail as networks do. */
export async function openWire(targetPort: number, host = '127.0.0.1'): Promise<Wire> {
  const pairs = new Set<Pair>()
  let fault: WireFault | undefined

  const end = (pair: Pair) => {
    pairs.delete(pair)
    for (const socket of [pair.near, pair.far]) {
      if (socket.readyState === 'open') socket.resetAndDestroy()
      else socket.destroy()
    }
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (fault?.kind === 'refusing') {
      near.on('error', () => {})
      near.resetAndDestroy()
      return
    }
    const far = connect({ port: targetPort, host, allowHalfOpen: true, noDelay: true })
    const pair = { near, far, passed: 0, hasLost: false }
    pairs.add(pair)
    pass(pair, near, far)
    pass(pair, far, near)
  })

  function pass(pair: Pair, from: Socket, to: Socket): void {
    // Bytes leave in the order in which they came, however late.
    let readyAtMs = 0
    const later = (work: () => void) => {
      const delayMs = fault?.kind === 'slow' ? fault.delayMs : 0
      readyAtMs = Math.max(readyAtMs, Date.now() + delayMs)
      const waitMs = readyAtMs - Date.now()
      if (waitMs <= 0) work()
      else setTimeout(work, waitMs)
    }
    from.on('data', (chunk) => {
      if (fault?.kind === 'silent') {
        pair.hasLost = true
        return
      }
      if (fault?.kind === 'torn' && pair.passed + chunk.length > fault.afterBytes) {
        if (to.writable) to.write(chunk.subarray(0, Math.max(0, fault.afterBytes - pair.passed)))
        setImmediate(() => end(pair))
        return
      }
      pair.passed += chunk.length
      later(() => {
        if (to.writable && !to.write(chunk)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
      })
    })
    from.on('end', () => {
      if (fault?.kind === 'silent') pair.hasLost = true
      else later(() => to.end())
    })
    from.on('error', () => end(pair))
    from.on('close', () => {
      if (fault?.kind !== 'silent') later(() => end(pair))
    })
  }

  await listen(server)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The wire has no port')
  return {
    port: address.port,
    count: () => pairs.size,
    set(next) {
      const wasSilent = fault?.kind === 'silent'
      fault = next
      for (const pair of [...pairs]) {
        if (next?.kind === 'torn') pair.passed = 0
        if (wasSilent && (pair.hasLost || pair.near.destroyed || pair.far.destroyed)) end(pair)
      }
    },
    cut() {
      for (const pair of [...pairs]) end(pair)
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const pair of [...pairs]) end(pair)
      await closed
    },
  }
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
}
