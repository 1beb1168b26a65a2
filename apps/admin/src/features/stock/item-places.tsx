'use client'

import type { Level } from '@souk/inventory/contract'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable } from '@souk/ui/admin-table'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { numberText } from '../../frame/format.ts'

type Place = { id: string; name: string; onHand: number; reserved: number; available: number }

const columns: readonly Column<Place>[] = [
  { key: 'name', header: 'Location', isName: true, cell: ({ name }) => name },
  { key: 'onHand', header: 'On hand', isEnd: true, cell: ({ onHand }) => numberText(onHand) },
  { key: 'reserved', header: 'Reserved', isEnd: true, cell: ({ reserved }) => numberText(reserved) },
  { key: 'free', header: 'Free', isEnd: true, cell: ({ available }) => numberText(available) },
]

/** Every open location, also those where nothing of it lies, in the order in which orders are served. */
export function ItemPlaces({ level }: { level: Level }) {
  const api = useApi()
  const locations = useQuery(api.admin.stock.locations.queryOptions())
  const open = (
    locations.data?.items ?? level.locations.map((place) => ({ ...place, isActive: true }))
  ).filter(({ isActive }) => isActive)
  const places = open.map(({ id, name }): Place => {
    const known = level.locations.find((location) => location.id === id)
    return {
      id,
      name,
      onHand: known?.onHand ?? 0,
      reserved: known?.reserved ?? 0,
      available: known?.available ?? 0,
    }
  })
  return (
    <Panel title="Where it lies" isFlush>
      <DataTable caption="Levels per location" columns={columns} rows={places} rowKey={({ id }) => id} />
    </Panel>
  )
}
