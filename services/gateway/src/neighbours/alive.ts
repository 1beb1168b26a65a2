import type { Directory } from '@souk/service/discovery'
import type { ReadyCheck } from '@souk/service/serve'
import { request } from 'undici'

const timeoutMs = 1000

/** Ready means that at least one instance of the service answers. */
export function aliveCheck(service: string, directory: Directory): ReadyCheck {
  return async () => {
    await Promise.any(
      directory.addresses(service).map(async (address) => {
        const { statusCode, body } = await request(`${address}/healthz`, {
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        })
        await body.dump()
        if (statusCode !== 200) throw new Error(`${service} answers ${statusCode}`)
      }),
    )
  }
}
