import { Id } from '@souk/kernel/id'
import { pageOf } from '@souk/kernel/page'
import {
  CheckGiftCard,
  Credit,
  CreditWithEntries,
  DisableCredit,
  GiftCardBalance,
  GrantCredit,
  IssuedGiftCard,
  IssueGiftCard,
  ListCredits,
  MyCredit,
} from '@souk/payment/contract'
import { z } from 'zod'
import { idOfKey } from '../id-of-key.ts'
import { pageQuery } from '../query.ts'
import { type RestRoute, route } from '../route.ts'

const tag = 'Gift cards'
const CardParams = z.strictObject({ id: Id })
export const CreditList = pageOf(Credit)

export const giftCardRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/gift-cards/balance',
    operationId: 'checkGiftCard',
    tag,
    summary: 'What is on a gift card',
    description: 'For whoever has its code. Limited like signing in.',
    access: 'public',
    limit: 'signIn',
    body: CheckGiftCard,
    answer: { status: 200, schema: GiftCardBalance, description: 'The balance' },
    problems: ['rate_limited'],
    calls: 'payment.credit.check',
    run: async ({ services, body }) => await services.payment.credit.check.mutate(body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/me/store-credit',
    operationId: 'getStoreCredit',
    tag,
    summary: 'Your store credit and what moved it',
    access: 'customer',
    answer: { status: 200, schema: MyCredit, description: 'Balance and history, newest first' },
    calls: 'payment.credit.mine',
    run: async ({ services }) => await services.payment.credit.mine.query(),
  }),
  route({
    method: 'GET',
    path: '/api/v1/gift-cards',
    operationId: 'listGiftCards',
    tag,
    summary: 'Gift cards and store credit, newest first',
    description: '`q` is the end of a code, or part of an e-mail address or note.',
    access: 'staff',
    query: z.strictObject({
      kind: ListCredits.shape.kind,
      userId: ListCredits.shape.userId,
      q: ListCredits.shape.q,
      ...pageQuery,
    }),
    answer: { status: 200, schema: CreditList, description: 'Gift cards' },
    calls: 'payment.credit.list',
    run: async ({ services, query }) => await services.payment.credit.list.query(query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/gift-cards',
    operationId: 'issueGiftCard',
    tag,
    summary: 'Issue a gift card',
    description: 'The answer shows the code, once. With `recipientEmail` it is also sent by mail.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: IssueGiftCard.omit({ id: true }),
    answer: { status: 201, schema: IssuedGiftCard, description: 'The card with its code' },
    problems: ['idempotency_conflict'],
    calls: 'payment.credit.issue',
    run: async ({ services, body, principal }) =>
      await services.payment.credit.issue.mutate({ ...body, id: idOfKey(principal, 'gift card') }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/gift-cards/{id}',
    operationId: 'getGiftCard',
    tag,
    summary: 'One gift card or store credit with its ledger',
    access: 'staff',
    params: CardParams,
    answer: { status: 200, schema: CreditWithEntries, description: 'The card' },
    problems: ['not_found'],
    calls: 'payment.credit.get',
    run: async ({ services, params }) => await services.payment.credit.get.query(params),
  }),
  route({
    method: 'POST',
    path: '/api/v1/gift-cards/{id}/disable',
    operationId: 'disableGiftCard',
    tag,
    summary: 'End a gift card for good',
    description: 'What is on it is void.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: CardParams,
    body: z.strictObject({ reason: DisableCredit.shape.reason }),
    answer: { status: 200, schema: CreditWithEntries, description: 'The card' },
    problems: ['not_found', 'invalid_state'],
    calls: 'payment.credit.disable',
    run: async ({ services, params, body }) =>
      await services.payment.credit.disable.mutate({ ...body, id: params.id }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/store-credit',
    operationId: 'grantStoreCredit',
    tag,
    summary: 'Give a customer store credit',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: GrantCredit.omit({ id: true }),
    answer: { status: 201, schema: Credit, description: 'The store credit as it now stands' },
    problems: ['idempotency_conflict'],
    calls: 'payment.credit.grant',
    run: async ({ services, body, principal }) =>
      await services.payment.credit.grant.mutate({ ...body, id: idOfKey(principal, 'store credit') }),
  }),
]
