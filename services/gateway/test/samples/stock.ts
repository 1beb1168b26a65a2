import type { Level, Location, Movement, Receipt, StockCount, Transfer } from '@souk/inventory/contract'
import { newId } from '@souk/kernel/id'
import type { z } from 'zod'

const at = '2026-11-20T12:00:00.000Z'

export const level = (sku = 'MUG-OAT'): Level => ({
  sku,
  onHand: 5,
  reserved: 1,
  available: 4,
  backordered: 0,
  backorderLimit: 0,
  backorderable: 0,
  expectedOn: null,
  lowThreshold: null,
  isLow: true,
  locations: [],
  updatedAt: at,
})

export const movement = (): Movement => ({
  id: newId(),
  sku: 'MUG-OAT',
  location: { id: newId(), code: 'main', name: 'Main' },
  kind: 'receipt',
  onHandDelta: 5,
  reservedDelta: 0,
  backorderedDelta: 0,
  onHandAfter: 5,
  reservedAfter: 0,
  orderId: null,
  documentId: null,
  reason: 'received',
  actor: 'staff',
  createdAt: at,
})

export const location = (): z.infer<typeof Location> => ({
  id: newId(),
  code: 'main',
  name: 'Main',
  priority: 1,
  isActive: true,
})

const place = () => ({ id: newId(), code: 'main', name: 'Main' })

export const transfer = (over: Partial<Transfer> = {}): Transfer => ({
  id: newId(),
  status: 'dispatched',
  from: place(),
  to: place(),
  note: null,
  lines: [{ sku: 'MUG-OAT', quantity: 2, received: null, returned: 0, lost: 0, missing: 2 }],
  createdBy: 'staff',
  createdAt: at,
  receivedBy: null,
  receivedAt: null,
  cancelledBy: null,
  cancelledAt: null,
  ...over,
})

export const stockCount = (over: Partial<StockCount> = {}): StockCount => ({
  id: newId(),
  status: 'open',
  location: place(),
  note: null,
  lines: [{ sku: 'MUG-OAT', counted: 4, expected: 5, countedAt: at }],
  createdBy: 'staff',
  createdAt: at,
  closedBy: null,
  closedAt: null,
  ...over,
})

export const receipt = (): Receipt => ({
  id: newId(),
  location: place(),
  reference: null,
  lines: [{ sku: 'MUG-OAT', quantity: 24 }],
  createdBy: 'staff',
  createdAt: at,
})
