import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { Line, MAX_QUANTITY, Sku } from './contract/line.ts'

export * from './contract/count.ts'
export * from './contract/receipt.ts'
export * from './contract/transfer.ts'
export { MAX_QUANTITY, Sku }

export const movementKinds = [
  'receipt',
  'reservation',
  'release',
  'sale',
  'return',
  'adjustment',
  /** Came back and is not sold again: stands beside the return it takes off again. */
  'write_off',
  'transfer_out',
  'transfer_in',
  /** Promised beyond what is there; the promise ended; the promise was kept. */
  'backorder',
  'backorder_end',
  'backorder_fill',
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
  /** What a new order can have from the shelf: units that earlier orders wait for are theirs. */
  available: z.int(),
  /** Promised to orders beyond what is there. */
  backordered: z.int(),
  /** How far such promises may go, and how many more are possible now. */
  backorderLimit: z.int(),
  backorderable: z.int(),
  /** Staff hear of the SKU when this many or fewer are available; null leaves it to the shop's own figure. */
  lowThreshold: z.int().nullable(),
  /** The day on which staff expect the next delivery; null when nobody knows. May be over. */
  expectedOn: z.string().nullable(),
  isLow: z.boolean(),
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
  state: z.enum(['low', 'sold_out', 'backordered']).optional(),
  /** Only those that lie at this location. */
  locationId: Id.optional(),
  /** Besides those that match `q`, such as the SKUs of products whose names do. */
  orSkus: z.array(Sku).max(500).optional(),
  ...PageInput,
})
/** Nothing that is left out changes. */
export const ConfigureStock = z.strictObject({
  sku: Sku,
  lowThreshold: z.int().min(0).max(MAX_QUANTITY).nullable().optional(),
  backorderLimit: z.int().min(0).max(MAX_QUANTITY).optional(),
  expectedOn: z.iso.date().nullable().optional(),
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

/** What staff promised waits for its customer, or for what he sends back. */
const MAX_HOLD_SECONDS = 60 * 86_400
export const ReserveStock = z.strictObject({
  orderId: Id,
  lines: z.array(Line).min(1).max(100),
  ttlSeconds: z.int().min(1).max(MAX_HOLD_SECONDS),
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
  z.object({ status: z.literal('ended'), as: z.enum(['released', 'expired', 'committed', 'restocked']) }),
])
export type ReserveResult = z.infer<typeof ReserveResult>

export const ForOrder = z.strictObject({ orderId: Id })
export const ExtendReservation = ForOrder.extend({ ttlSeconds: z.int().min(1).max(86_400) })
export const ExtendResult = z.discriminatedUnion('status', [
  /** Never longer in total than the shop allows, so `expiresAt` may be earlier than asked for. */
  z.object({ status: z.literal('extended'), expiresAt: z.string() }),
  z.object({ status: z.literal('gone') }),
])
export const ReleaseStock = ForOrder.extend({ reason: z.string().min(1).max(200) })
export const ReleaseResult = z.object({ status: z.enum(['released', 'nothing_reserved', 'committed']) })
export const CommitResult = z.object({
  /** `gone`: released or expired before; the units are not this order's any more. */
  status: z.enum(['committed', 'gone']),
  /** What was sold before it was there, and ships later; left out when all was there. */
  promised: z
    .array(z.object({ sku: z.string(), quantity: z.int(), expectedOn: z.string().nullable() }))
    .optional(),
})
export type CommitResult = z.infer<typeof CommitResult>

/** `restocked`: sold, and put back when the order came to nothing. */
export const reservationStatuses = ['active', 'committed', 'released', 'expired', 'restocked'] as const
export type ReservationStatus = (typeof reservationStatuses)[number]
export const Reservation = z.object({
  id: Id,
  orderId: Id,
  status: z.enum(reservationStatuses),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int(), locationId: Id })),
  backorders: z.array(z.object({ sku: z.string(), quantity: z.int(), waiting: z.int() })),
  expiresAt: z.string(),
  createdAt: z.string(),
})
export type Reservation = z.infer<typeof Reservation>

export const Movement = z.object({
  id: Id,
  sku: z.string(),
  location: z.object({ id: Id, code: z.string(), name: z.string() }),
  kind: MovementKind,
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  backorderedDelta: z.int(),
  onHandAfter: z.int(),
  reservedAfter: z.int(),
  orderId: Id.nullable(),
  /** The transfer, count or receipt it belongs to. */
  documentId: Id.nullable(),
  reason: z.string().nullable(),
  actor: z.string(),
  createdAt: z.string(),
})
export type Movement = z.infer<typeof Movement>
export const ListMovements = z.strictObject({
  sku: Sku.optional(),
  orderId: Id.optional(),
  locationId: Id.optional(),
  ...PageInput,
})

const LocationName = z.string().trim().min(1).max(80)
/** Orders are served from the lowest `priority` first. */
export const Location = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  priority: z.int(),
  isActive: z.boolean(),
})
export type Location = z.infer<typeof Location>
export const CreateLocation = z.strictObject({
  code: z
    .string()
    .max(40)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens'),
  name: LocationName,
})
export const UpdateLocation = z.strictObject({
  id: Id,
  name: LocationName.optional(),
  /** Only an empty location can be deactivated. */
  isActive: z.boolean().optional(),
})
/** Every location, in the order in which orders are served from them. */
export const ReorderLocations = z.strictObject({ ids: z.array(Id).min(1).max(100) })

export const ById = z.strictObject({ id: Id })
