import { cod } from './cod.ts'
import type { Provider, Providers } from './provider.ts'

/** Cash is ours to look after; cards go to the card provider where there is one; all else to `remote`. */
export function providersOf(remote: Provider, cards: Provider = remote): Providers {
  const known = new Map([cod, remote, cards].map((provider) => [provider.name, provider]))
  return {
    named: (name) => known.get(name),
    all: () => [...known.values()],
    forMethod: (type) => {
      if (type === 'cod') return cod
      return type === 'card' ? cards : remote
    },
  }
}
