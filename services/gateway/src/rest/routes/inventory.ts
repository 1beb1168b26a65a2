import {
  AdjustStock,
  ConfigureStock,
  GetLevel,
  Level,
  ListLevels,
  MAX_QUANTITY,
  Movement,
} from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import { pageQuery, wholeNumber } from '../query.ts'
import { route } from '../route.ts'

const tag = 'Stock'
export const LevelList = pageOf(Level)
export const MovementList = pageOf(Movement)

export const inventoryRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/inventory',
    operationId: 'listLevels',
    tag,
    summary: 'Stock of all SKUs',
    access: 'staff',
    query: z.strictObject({
      q: ListLevels.shape.q,
      maxAvailable: wholeNumber(z.int().min(0).max(MAX_QUANTITY)).optional(),
      state: ListLevels.shape.state,
      locationId: ListLevels.shape.locationId,
      ...pageQuery,
    }),
    answer: { status: 200, schema: LevelList, description: 'Levels' },
    calls: 'inventory.stock.list',
    run: async ({ services, query }) => await services.inventory.stock.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/inventory/{sku}',
    operationId: 'getLevel',
    tag,
    summary: 'Stock of one SKU',
    access: 'staff',
    params: GetLevel,
    answer: { status: 200, schema: Level, description: 'On hand, reserved and available, per location' },
    problems: ['not_found'],
    calls: 'inventory.stock.level',
    run: async ({ services, params }) => await services.inventory.stock.level.query(params),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/inventory/{sku}',
    operationId: 'configureStock',
    tag,
    summary: 'Set when a SKU is low and how far it may be promised beyond stock',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: GetLevel,
    body: ConfigureStock.omit({ sku: true }),
    answer: { status: 200, schema: Level, description: 'The level as it is now' },
    problems: ['not_found', 'conflict'],
    calls: 'inventory.stock.configure',
    run: async ({ services, params, body }) =>
      await services.inventory.stock.configure.mutate({ ...body, sku: params.sku }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/inventory/{sku}/adjustments',
    operationId: 'adjustStock',
    tag,
    summary: 'Change the number on hand, with a reason',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: GetLevel,
    body: AdjustStock.omit({ sku: true }),
    answer: { status: 201, schema: Level, description: 'The level after' },
    problems: ['not_found', 'conflict', 'invalid_state'],
    calls: 'inventory.stock.adjust',
    run: async ({ services, params, body }) =>
      await services.inventory.stock.adjust.mutate({ ...body, sku: params.sku }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/inventory/{sku}/movements',
    operationId: 'listMovements',
    tag,
    summary: 'Why the stock is what it is',
    access: 'staff',
    params: GetLevel,
    query: z.strictObject(pageQuery),
    answer: { status: 200, schema: MovementList, description: 'Movements, newest first' },
    calls: 'inventory.stock.movements',
    run: async ({ services, params, query }) =>
      await services.inventory.stock.movements.query({ ...query, sku: params.sku }),
  }),
]
