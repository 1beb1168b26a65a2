import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a Redis that can be frozen: bytes are accepted and never arrive. */
export async function freezableLine(
  redisUrl: string,
): Promise<{ url: string; freeze(): void; stop(): void }> {
  const { hostname, port, pathname } = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    freeze: () => {
      for (const socket of sockets) {
        socket.unpipe()
        socket.resume()
      }
    },
    stop: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
