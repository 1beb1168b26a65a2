import { Id } from '@souk/kernel/id'
import { CorrectShipment, DeliverShipment, Order, ShipOrder } from '@souk/order/contract'
import { z } from 'zod'
import { idOfKey } from '../id-of-key.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Shipments'
const OrderParams = z.strictObject({ id: Id })
const ParcelParams = z.strictObject({ id: Id, shipmentId: Id })

export const shipmentRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/shipments',
    operationId: 'createShipment',
    tag,
    summary: 'Send a parcel',
    description:
      'With `lines`, those pieces; without, all that is left. The order is `processing` until everything has left, then `shipped`. The customer gets a mail about each parcel. 409 when somebody else has sent these pieces meanwhile.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: OrderParams,
    body: ShipOrder.omit({ id: true, shipmentId: true }),
    answer: { status: 201, schema: Order, description: 'The order with its parcels' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.ship',
    run: async ({ services, params, body, principal }) =>
      await services.order.order.ship.mutate({
        ...body,
        id: params.id,
        shipmentId: idOfKey(principal, `shipment ${params.id}`),
      }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/orders/{id}/shipments/{shipmentId}',
    operationId: 'correctShipment',
    tag,
    summary: 'Correct the tracking of a parcel',
    description: 'What is left out becomes unknown again. The customer gets another mail.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: ParcelParams,
    body: CorrectShipment.omit({ id: true, shipmentId: true }),
    answer: { status: 200, schema: Order, description: 'The order with its parcels' },
    problems: ['not_found', 'idempotency_conflict'],
    calls: 'order.order.correctShipment',
    run: async ({ services, params, body }) =>
      await services.order.order.correctShipment.mutate({ ...body, ...params }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/orders/{id}/shipments/{shipmentId}/deliver',
    operationId: 'deliverShipment',
    tag,
    summary: 'A parcel has arrived',
    description: 'The order is `delivered` with its last parcel.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: ParcelParams,
    body: DeliverShipment.omit({ id: true, shipmentId: true }),
    answer: { status: 200, schema: Order, description: 'The order with its parcels' },
    problems: ['not_found', 'invalid_state', 'idempotency_conflict'],
    calls: 'order.order.deliverShipment',
    run: async ({ services, params, body }) =>
      await services.order.order.deliverShipment.mutate({ ...body, ...params }),
  }),
]
