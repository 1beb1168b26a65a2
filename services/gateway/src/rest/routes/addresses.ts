import { AddressRef, SaveAddress, SavedAddress } from '@souk/identity/contract'
import { z } from 'zod'
import { route } from '../route.ts'

const tag = 'Accounts'
export const AddressList = z.object({ items: z.array(SavedAddress) })

export const addressRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/me/addresses',
    operationId: 'listAddresses',
    tag,
    summary: 'Saved addresses',
    access: 'customer',
    answer: { status: 200, schema: AddressList, description: 'The addresses' },
    calls: 'identity.address.list',
    run: async ({ services }) => await services.identity.address.list.query(),
  }),
  route({
    method: 'POST',
    path: '/api/v1/me/addresses',
    operationId: 'saveAddress',
    tag,
    summary: 'Save an address, or change the one with this id',
    access: 'customer',
    headers: ['Idempotency-Key'],
    body: SaveAddress,
    answer: { status: 201, schema: SavedAddress, description: 'The address' },
    calls: 'identity.address.save',
    run: async ({ services, body }) => await services.identity.address.save.mutate(body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/me/addresses/{id}',
    operationId: 'removeAddress',
    tag,
    summary: 'Remove an address',
    access: 'customer',
    params: AddressRef,
    answer: { status: 204, description: 'It is gone' },
    problems: ['not_found'],
    calls: 'identity.address.remove',
    run: async ({ services, params }) => await services.identity.address.remove.mutate(params),
  }),
]
