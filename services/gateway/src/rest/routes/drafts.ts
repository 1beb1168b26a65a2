import { Id } from '@souk/kernel/id'
import { pageOf } from '@souk/kernel/page'
import { Draft, DraftSummary, SaveDraft } from '@souk/order/contract'
import { z } from 'zod'
import { pageQuery } from '../query.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Draft orders'
const DraftParams = z.strictObject({ id: Id })

export const draftRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/drafts',
    operationId: 'listDrafts',
    tag,
    summary: 'Draft orders, newest first',
    access: 'staff',
    query: z.strictObject(pageQuery),
    answer: { status: 200, schema: pageOf(DraftSummary), description: 'Drafts' },
    calls: 'order.draft.list',
    run: async ({ services, query }) => await services.order.draft.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/drafts/{id}',
    operationId: 'getDraft',
    tag,
    summary: 'One draft order',
    access: 'staff',
    params: DraftParams,
    answer: { status: 200, schema: Draft, description: 'The draft' },
    problems: ['not_found'],
    calls: 'order.draft.get',
    run: async ({ services, params }) => await services.order.draft.get.query(params),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/drafts/{id}',
    operationId: 'saveDraft',
    tag,
    summary: 'Make or edit a draft order',
    description:
      'The id is chosen by you. `version` is the one you read, 0 for a new draft; when somebody else saved meanwhile, nothing is changed. Prices are those of now, or `unitPrice` where you give one, and hold until the draft expires.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: DraftParams,
    body: SaveDraft.omit({ id: true }),
    answer: { status: 200, schema: Draft, description: 'The draft' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.draft.save',
    run: async ({ services, params, body }) =>
      await services.order.draft.save.mutate({ ...body, id: params.id }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/drafts/{id}/send',
    operationId: 'sendDraft',
    tag,
    summary: 'Mail the customer a link to pay',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: DraftParams,
    answer: { status: 200, schema: Draft, description: 'The draft' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.draft.send',
    run: async ({ services, params }) => await services.order.draft.send.mutate(params),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/drafts/{id}',
    operationId: 'discardDraft',
    tag,
    summary: 'Withdraw a draft order',
    description: 'It stays to be read; its link says that it was withdrawn.',
    access: 'staff',
    params: DraftParams,
    answer: { status: 200, schema: Draft, description: 'The draft' },
    problems: ['not_found', 'invalid_state'],
    calls: 'order.draft.discard',
    run: async ({ services, params }) => await services.order.draft.discard.mutate(params),
  }),
]
