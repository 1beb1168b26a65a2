/** What the provider's card fields say to this page. Anything else, from anywhere else, is not for us. */
export type CardMessage =
  | { type: 'souk.fields.ready' | 'souk.fields.resize'; height: number }
  | { type: 'souk.fields.submit' }
  | { type: 'souk.fields.token'; id: string; token: string }
  | { type: 'souk.fields.invalid'; id: string }

const most = { height: 900, id: 100, token: 200 }

export function readCardMessage(
  event: { origin: string; data: unknown },
  origin: string,
): CardMessage | undefined {
  if (event.origin !== origin || event.data === null || typeof event.data !== 'object') return undefined
  const { type, height, id, token } = event.data as Record<string, unknown>
  const isId = typeof id === 'string' && id.length <= most.id
  if (type === 'souk.fields.submit') return { type }
  if (type === 'souk.fields.ready' || type === 'souk.fields.resize') {
    if (typeof height !== 'number' || !Number.isFinite(height)) return undefined
    return { type, height: Math.min(most.height, Math.max(0, Math.ceil(height))) }
  }
  if (type === 'souk.fields.invalid' && isId) return { type, id }
  const isToken = typeof token === 'string' && token !== '' && token.length <= most.token
  return type === 'souk.fields.token' && isId && isToken ? { type, id, token } : undefined
}
