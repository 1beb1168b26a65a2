import { ById, CreateLocation, Location, ReorderLocations, UpdateLocation } from '@souk/inventory/contract'
import { z } from 'zod'
import { route } from '../route.ts'

const tag = 'Stock'
export const LocationList = z.object({ items: z.array(Location) })

export const locationRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/locations',
    operationId: 'listLocations',
    tag,
    summary: 'Places of stock',
    access: 'staff',
    answer: {
      status: 200,
      schema: LocationList,
      description: 'In the order in which orders are served from them',
    },
    calls: 'inventory.location.list',
    run: async ({ services }) => await services.inventory.location.list.query(),
  }),
  route({
    method: 'POST',
    path: '/api/v1/locations',
    operationId: 'createLocation',
    tag,
    summary: 'Add a place, behind all others',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: CreateLocation,
    answer: { status: 201, schema: Location, description: 'The location' },
    problems: ['conflict', 'invalid_state'],
    calls: 'inventory.location.create',
    run: async ({ services, body }) => await services.inventory.location.create.mutate(body),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/locations/order',
    operationId: 'reorderLocations',
    tag,
    summary: 'Say from which place orders are served first',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: ReorderLocations,
    answer: { status: 200, schema: LocationList, description: 'All of them, in the new order' },
    problems: ['conflict'],
    calls: 'inventory.location.reorder',
    run: async ({ services, body }) => await services.inventory.location.reorder.mutate(body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/locations/{id}',
    operationId: 'updateLocation',
    tag,
    summary: 'Rename a place, close an empty one or open it again',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: ById,
    body: UpdateLocation.omit({ id: true }),
    answer: { status: 200, schema: Location, description: 'The location as it is now' },
    problems: ['not_found', 'conflict', 'invalid_state'],
    calls: 'inventory.location.update',
    run: async ({ services, params, body }) =>
      await services.inventory.location.update.mutate({ ...body, id: params.id }),
  }),
]
