import type { Level } from '@souk/inventory/contract'
import { Status } from '@souk/ui/badge'

/** What a level means for the shop, worst first. */
export function LevelState({ level }: { level: Level }) {
  if (level.available === 0) {
    return level.backorderable > 0 ? (
      <Status tone="warning">Ships later</Status>
    ) : (
      <Status tone="danger">Sold out</Status>
    )
  }
  return level.isLow ? <Status tone="warning">Low</Status> : <Status tone="positive">Fine</Status>
}
