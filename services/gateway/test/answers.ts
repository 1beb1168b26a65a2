import { notFound } from '@souk/kernel/errors'
import type { PaymentRouter } from '@souk/payment/router'
import { maxUploadBytes } from '@souk/product/contract'
import type { ProductRouter } from '@souk/product/router'
import type { HttpServer } from '@souk/service/serve'
import { type Neighbours, startNeighbour } from './neighbours.ts'
import * as sample from './samples.ts'

export const picture = Buffer.from('RIFF....WEBPVP8 a picture of a mug')
const one = <Item>(item: Item) => ({ items: [item], nextCursor: null })
const done = { ok: true } as const
const operationsOf = (service: string) => ({
  'operations.overview': () => sample.overview(service),
  'operations.deadLetters': () => ({ items: [sample.deadLetter()] }),
  'operations.replay': () => sample.deadLetter(),
})

/** All seven neighbours, each answering every procedure that the gateway uses with something that fits its contract. */
export async function startNeighbours(): Promise<Neighbours> {
  const [product, order, payment, inventory, identity, notification, audit] = await Promise.all([
    startProduct(),
    startOrder(),
    startPayment(),
    startInventory(),
    startIdentity(),
    startNotification(),
    startAudit(),
  ])
  return { product, order, payment, inventory, identity, notification, audit }
}

async function startProduct(): Promise<Neighbours['product']> {
  const pictureLoads: string[] = []
  const neighbour = await startNeighbour<ProductRouter>(
    'product',
    {
      'product.list': () => sample.productList([sample.product()]),
      'product.quote': ({ skus }) => ({ variants: skus.map((sku) => sample.quotedVariant(sku)) }),
      'product.get': ({ idOrSlug }) => sample.product({ slug: idOrSlug }),
      'product.create': () => sample.product(),
      'product.update': ({ id }) => sample.product({ id }),
      'product.remove': ({ id }) => ({ id }),
      'category.list': () => ({ items: [sample.category()] }),
      'category.create': () => sample.category(),
      'category.update': () => sample.category(),
      ...operationsOf('product'),
    },
    (server) => pictures(server, pictureLoads),
  )
  return { ...neighbour, pictureLoads }
}

/** Every picture exists but those whose id ends in zeros. */
function pictures({ app }: HttpServer, loads: string[]): void {
  app.get<{ Params: { id: string } }>('/media/:id/:file', async (request, reply) => {
    loads.push(request.url)
    if (request.params.id.endsWith('000000')) return await reply.code(404).send({})
    return await reply.header('etag', '"the-picture"').type('image/webp').send(picture)
  })
  app.addContentTypeParser(
    /^image\//,
    { parseAs: 'buffer', bodyLimit: maxUploadBytes },
    (_request, body, next) => next(null, body),
  )
  app.post<{ Querystring: Record<string, string> }>(
    '/images',
    { bodyLimit: maxUploadBytes },
    async (request, reply) => {
      const seen = {
        ...request.query,
        bytes: Buffer.isBuffer(request.body) ? request.body.length : 0,
        type: request.headers['content-type'],
        key: request.headers['idempotency-key'],
        hasToken: request.headers.authorization?.startsWith('Bearer '),
      }
      return await reply.code(201).send({ ...sample.product().images[0], alt: JSON.stringify(seen) })
    },
  )
}

const startOrder = async (): Promise<Neighbours['order']> =>
  await startNeighbour('order', {
    'cart.get': () => sample.cart(),
    'cart.addItem': () => sample.cart(),
    'cart.setQuantity': () => sample.cart(),
    'cart.clear': () => sample.cart(),
    'cart.merge': () => sample.cart(),
    'checkout.quote': () => sample.quote(),
    'order.place': ({ id }) => ({ status: 'placed', order: sample.placedOrder({ id }) }),
    'order.get': ({ id }) => sample.order({ id }),
    'order.list': () => one(sample.orderSummary()),
    'draft.list': () => one(sample.draftSummary()),
    'draft.get': () => sample.draft(),
    'draft.save': () => sample.draft(),
    'draft.send': () => sample.draft(),
    'draft.discard': () => sample.draft(),
    'draft.offer': () => sample.offeredDraft(),
    'draft.place': () => ({ status: 'placed', order: sample.placedOrder() }),
    'invoice.list': () => ({ items: [sample.orderDocument()] }),
    'invoice.pdf': () => sample.pdf,
    'order.mine': () => one(sample.orderSummary()),
    'order.cancel': ({ id }) => sample.order({ id, status: 'cancelled' }),
    'order.previewRest': () => sample.orderEditPreview(),
    'order.cancelRest': ({ id }) => sample.order({ id, edits: [sample.orderEdit()] }),
    'order.previewEdit': () => sample.orderEditPreview(),
    'order.edit': ({ id }) =>
      sample.order({ id, edits: [sample.orderEdit()], followUps: [sample.followUp()] }),
    'order.retryEdit': ({ id }) => sample.order({ id, edits: [sample.orderEdit()] }),
    'order.withdrawFollowUp': ({ id }) => sample.order({ id, followUps: [sample.followUp()] }),
    'order.ship': ({ id }) => sample.order({ id, status: 'processing' }),
    'order.correctShipment': ({ id }) => sample.order({ id, status: 'shipped' }),
    'order.deliverShipment': ({ id }) => sample.order({ id, status: 'delivered' }),
    'return.request': ({ id }) => sample.order({ id, status: 'delivered' }),
    'return.exchangeOptions': () => sample.exchangeOptions(),
    'return.list': () => one(sample.returnDetail()),
    'return.get': ({ id }) => sample.returnDetail({ id }),
    'return.approve': ({ id }) => sample.returnDetail({ id, status: 'approved' }),
    'return.decline': ({ id }) => sample.returnDetail({ id, status: 'declined' }),
    'return.exchange': ({ id }) => sample.returnDetail({ id, status: 'approved' }),
    'return.receive': ({ id }) => sample.returnDetail({ id, status: 'received' }),
    'return.refund': ({ id }) => sample.returnDetail({ id, status: 'completed' }),
    'order.changeStatus': ({ id, status }) => sample.order({ id, status }),
    'promotion.list': () => one(sample.promotion()),
    'promotion.get': ({ id }) => sample.promotion({ id }),
    'promotion.create': ({ id }) => sample.promotion({ id }),
    'promotion.update': ({ id }) => sample.promotion({ id }),
    'promotion.pause': ({ id }) => sample.promotion({ id }),
    'pricing.preview': () => sample.pricePreview(),
    'pricing.changes': () => one(sample.priceChange()),
    'pricing.taxes': () => ({ items: [sample.taxCountry()] }),
    'pricing.saveTax': () => sample.taxCountry(),
    'pricing.removeTax': ({ country }) => ({ country }),
    'pricing.zones': () => ({ items: [sample.zone()] }),
    'pricing.saveZone': () => sample.zone(),
    'pricing.removeZone': ({ id }) => ({ id }),
    'report.sales': () => sample.salesReport(),
    ...operationsOf('order'),
  })

async function startPayment(): Promise<Neighbours['payment']> {
  const hooks: Pick<Neighbours['payment'], 'onWebhook'> = { onWebhook: () => ({ status: 200, body: '{}' }) }
  const neighbour = await startNeighbour<PaymentRouter>(
    'payment',
    {
      'payment.methods': () => ({
        card: 'fields',
        banks: [{ code: 'HDFC', name: 'HDFC Bank' }],
        wallets: [{ code: 'paytm', name: 'Paytm' }],
      }),
      'payment.get': ({ id }) => sample.payment({ id }),
      'payment.list': () => one(sample.payment()),
      'payment.refund': ({ id, paymentId }) => sample.refund({ id, paymentId }),
      'payment.journal': () => ({ items: [] }),
      'credit.check': () => ({ last4: 'TVWX', balance: sample.credit().balance, expiresAt: null }),
      'credit.mine': () => ({ balance: sample.credit().balance, entries: [sample.creditEntry()] }),
      'credit.issue': ({ id }) => ({ ...sample.credit({ id }), code: 'ABCD-EFGH-JKMN-PQRS-TVWX' }),
      'credit.grant': ({ userId }) => sample.credit({ kind: 'store_credit', last4: null, userId }),
      'credit.disable': ({ id }) => ({ ...sample.credit({ id, status: 'disabled' }), entries: [] }),
      'credit.list': () => one(sample.credit()),
      'credit.get': ({ id }) => ({ ...sample.credit({ id }), entries: [sample.creditEntry()] }),
      'reconciliation.run': () => ({ looked: 1, healed: 0, differences: 0 }),
      'reconciliation.list': () => ({ items: [] }),
      'reconciliation.settle': ({ id, note }) => sample.difference({ id, note }),
      'reconciliation.stuckRefunds': () => ({ items: [] }),
      ...operationsOf('payment'),
    },
    (server) => webhooks(server, (hook) => hooks.onWebhook(hook)),
  )
  return Object.assign(hooks, neighbour)
}

function webhooks({ app }: HttpServer, answer: Neighbours['payment']['onWebhook']): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, next) => next(null, body))
    scope.post<{ Params: { provider: string } }>('/webhooks/:provider', async (request, reply) => {
      const { status, body } = answer({
        provider: request.params.provider,
        headers: request.headers,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      })
      return await reply.code(status).type('application/json').send(body)
    })
    done()
  })
}

const startInventory = async (): Promise<Neighbours['inventory']> =>
  await startNeighbour('inventory', {
    'stock.level': ({ sku }) => {
      if (sku === 'UNKNOWN') throw notFound('SKU')
      return sample.level(sku)
    },
    'stock.levels': ({ skus }) => ({ items: skus.map((sku) => sample.level(sku)) }),
    'stock.list': () => one(sample.level()),
    'stock.adjust': ({ sku }) => sample.level(sku),
    'stock.configure': ({ sku }) => sample.level(sku),
    'stock.movements': () => one(sample.movement()),
    'location.list': () => ({ items: [sample.location()] }),
    'location.create': () => sample.location(),
    'location.update': () => sample.location(),
    'location.reorder': () => ({ items: [sample.location()] }),
    'transfer.list': () => one(sample.transfer()),
    'transfer.get': ({ id }) => sample.transfer({ id }),
    'transfer.create': () => sample.transfer(),
    'transfer.return': ({ id }) => sample.transfer({ id }),
    'transfer.writeOff': ({ id }) => sample.transfer({ id }),
    'transfer.receive': ({ id }) => sample.transfer({ id }),
    'count.list': () => one(sample.stockCount()),
    'count.get': ({ id }) => sample.stockCount({ id }),
    'count.open': () => sample.stockCount(),
    'count.enter': ({ id }) => sample.stockCount({ id }),
    'count.post': ({ id }) => sample.stockCount({ id }),
    'count.cancel': ({ id }) => sample.stockCount({ id }),
    'receipt.list': () => one(sample.receipt()),
    'receipt.create': () => sample.receipt(),
    ...operationsOf('inventory'),
  })

const startIdentity = async (): Promise<Neighbours['identity']> =>
  await startNeighbour('identity', {
    'auth.register': () => ({ user: sample.user() }),
    'auth.signIn': () => sample.signedIn(),
    'auth.refresh': () => sample.signedIn(),
    'auth.signOut': () => done,
    'auth.requestPasswordReset': () => done,
    'auth.resetPassword': () => done,
    'auth.changePassword': () => done,
    'auth.revokedSessions': () => ({ sessionIds: [] }),
    'account.me': () => sample.user(),
    'account.updateProfile': () => sample.user(),
    'address.list': () => ({ items: [sample.savedAddress()] }),
    'address.save': () => sample.savedAddress(),
    'address.remove': () => done,
    'user.list': () => one(sample.user()),
    'user.named': () => ({ items: [] }),
    'user.setRoles': () => sample.user(),
    'audit.list': () => one(sample.auditEntry()),
    ...operationsOf('identity'),
  })

const startNotification = async (): Promise<Neighbours['notification']> =>
  await startNeighbour('notification', {
    'mailbox.list': () => one(sample.message()),
    'mailbox.get': () => sample.message(),
    'mailbox.resend': () => sample.message(),
    ...operationsOf('notification'),
  })

const startAudit = async (): Promise<Neighbours['audit']> =>
  await startNeighbour('audit', {
    'audit.latest': () => sample.auditState(),
    'audit.run': () => sample.auditState(),
  })
