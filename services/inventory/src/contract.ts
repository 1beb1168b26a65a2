import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'

export const Sku = z.string().min(1).max(64)
/** Far below 2^31, so that sums of one column stay within an integer. */
export const MAX_QUANTITY = 1_000_000

export const movementKinds = [
  'receipt',
  'reservation',
  'release',
  'sale',
  'return',
  'adjustment',
  'transfer',
] as const
export const MovementKind = z.enum(movementKinds)
export type MovementKind = z.infer<typeof MovementKind>

/** Why a person changed a level. */
export const adjustmentReasons = [
  'received',
  'counted',
  'damaged',
  'lost',
  'found',
  'returned',
  'correction',
] as const

export const LocationLevel = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
})

export const Level = z.object({
  sku: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  locations: z.array(LocationLevel),
  updatedAt: z.string(),
})
export type Level = z.infer<typeof Level>

export const GetLevel = z.strictObject({ sku: Sku })
export const GetLevels = z.strictObject({ skus: z.array(Sku).min(1).max(200) })
export const ListLevels = z.strictObject({
  q: z.string().trim().max(64).optional(),
  /** Only those with this many or fewer available. */
  maxAvailable: z.int().min(0).max(MAX_QUANTITY).optional(),
  ...PageInput,
})

export const AdjustStock = z.strictObject({
  sku: Sku,
  delta: z
    .int()
    .min(-MAX_QUANTITY)
    .max(MAX_QUANTITY)
    .refine((delta) => delta !== 0, 'Not zero'),
  reason: z.string().trim().min(1).max(200),
  locationId: Id.optional(),
})
export type AdjustStock = z.output<typeof AdjustStock>

const Line = z.strictObject({ sku: Sku, quantity: z.int().min(1).max(MAX_QUANTITY) })
export const ReserveStock = z.strictObject({
  orderId: Id,
  lines: z.array(Line).min(1).max(100),
  ttlSeconds: z.int().min(1).max(86_400),
})
export type ReserveStock = z.output<typeof ReserveStock>

/** A repeat for the same order gives the same answer; nothing is reserved unless every line can be. */
export const ReserveResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('reserved'), expiresAt: z.string() }),
  z.object({
    status: z.literal('out_of_stock'),
    lines: z.array(z.object({ sku: z.string(), requested: z.int(), available: z.int() })),
  }),
  /** The reservation was made before and is over: released, expired or already sold. */
  z.object({ status: z.literal('ended'), as: z.enum(['released', 'expired', 'committed']) }),
])
export type ReserveResult = z.infer<typeof ReserveResult>

export const ForOrder = z.strictObject({ orderId: Id })
export const ReleaseStock = ForOrder.extend({ reason: z.string().min(1).max(200) })
export const ReleaseResult = z.object({ status: z.enum(['released', 'nothing_reserved', 'committed']) })
export const CommitResult = z.object({
  /** `gone`: released or expired before; the units are not this order's any more. */
  status: z.enum(['committed', 'gone']),
})
export const Restock = ForOrder.extend({
  /** One return of goods; repeating it changes nothing. */
  returnId: Id,
  lines: z.array(Line).min(1).max(100),
})

export const reservationStatuses = ['active', 'committed', 'released', 'expired'] as const
export type ReservationStatus = (typeof reservationStatuses)[number]
export const Reservation = z.object({
  id: Id,
  orderId: Id,
  status: z.enum(reservationStatuses),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int(), locationId: Id })),
  expiresAt: z.string(),
  createdAt: z.string(),
})
export type Reservation = z.infer<typeof Reservation>

export const Movement = z.object({
  id: Id,
  sku: z.string(),
  location: z.object({ id: Id, code: z.string() }),
  kind: MovementKind,
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  onHandAfter: z.int(),
  reservedAfter: z.int(),
  orderId: Id.nullable(),
  reason: z.string().nullable(),
  actor: z.string(),
  createdAt: z.string(),
})
export type Movement = z.infer<typeof Movement>
export const ListMovements = z.strictObject({ sku: Sku.optional(), orderId: Id.optional(), ...PageInput })

export const Location = z.object({ id: Id, code: z.string(), name: z.string(), priority: z.int() })
