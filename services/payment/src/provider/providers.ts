import { cod } from './cod.ts'
import type { Provider, Providers } from './provider.ts'

/** Cash is ours to look after; everything else goes through the card provider. */
export function providersOf(remote: Provider): Providers {
  const known = new Map([cod, remote].map((provider) => [provider.name, provider]))
  return {
    named: (name) => known.get(name),
    forMethod: (type) => (type === 'cod' ? cod : remote),
  }
}
