import type { ShopEvent } from '@souk/events/catalog'
import { tagsOfEvent } from '../ready/tags.ts'

const windowMs = 50

/**
 * Gathers what events changed for a moment and says it once: a sale that empties a shelf must not
 * make every list be loaded once per piece.
 */
export function gatherChanges(onChanged: (tags: readonly string[]) => void) {
  let waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    timer = undefined
    const tags = [...waiting]
    waiting = new Set()
    onChanged(tags)
  }

  return {
    add: (event: ShopEvent): void => {
      const tags = tagsOfEvent(event)
      if (tags.length === 0) return
      for (const tag of tags) waiting.add(tag)
      timer ??= setTimeout(flush, windowMs)
    },
    stop: (): void => clearTimeout(timer),
  }
}
