import type { AppRouter } from '@souk/api/router'
import { newId } from '@souk/kernel/id'
import type { inferRouterInputs } from '@trpc/server'
import { address } from './samples.ts'

type Tree = inferRouterInputs<AppRouter>
type Leaves<Node, Prefix extends string = ''> = {
  [Key in keyof Node & string]: Key extends 'admin'
    ? Leaves<Node[Key], `${Prefix}${Key}.`>
    : { [Name in keyof Node[Key] & string as `${Prefix}${Key}.${Name}`]: Node[Key][Name] }
}[keyof Node & string]
type Union<Value> = (Value extends unknown ? (value: Value) => void : never) extends (
  value: infer All,
) => void
  ? All
  : never
/** One input that is right for each procedure: a procedure without one does not compile. */
type Inputs = Union<Leaves<Tree>>

const id = newId()
export const order = {
  items: [{ sku: 'MUG-OAT', quantity: 1 }],
  email: 'maya@example.com',
  shippingAddress: address,
  paymentMethod: { type: 'card' as const, token: 'tok_visa' },
}
export const newProduct = {
  name: 'Harbour mug',
  description: 'Stoneware.',
  category: 'tableware',
  price: { amount: 1900, currency: 'EUR' as const },
  variants: [{ sku: 'HARBOUR-OAT', options: { colour: 'oat' }, stock: 5 }],
}

export const inputs: Inputs = {
  'product.list': {},
  'product.get': { idOrSlug: 'harbour-mug' },
  'product.categories': undefined,
  'cart.get': {},
  'cart.addItem': { sku: 'MUG-OAT', quantity: 1 },
  'cart.setQuantity': { sku: 'MUG-OAT', quantity: 0 },
  'cart.clear': {},
  'cart.merge': { cartId: id },
  'checkout.quote': { items: order.items },
  'checkout.place': { ...order, id },
  'order.get': { id },
  'order.mine': {},
  'draft.get': { id },
  'draft.place': { id, paymentMethod: { type: 'cod' }, expectedTotal: { amount: 2390, currency: 'EUR' } },
  'order.documents': { id },
  'order.documentPdf': { id },
  'order.cancel': { id },
  'payment.methods': undefined,
  'payment.get': { id },
  'account.register': { email: 'maya@example.com', password: 'a long passphrase', name: 'Maya' },
  'account.me': undefined,
  'account.updateProfile': { name: 'Maya' },
  'account.changePassword': { currentPassword: 'old', newPassword: 'a long passphrase' },
  'account.requestPasswordReset': { email: 'maya@example.com' },
  'account.resetPassword': { token: 'a-token-of-some-length', password: 'a long passphrase' },
  'address.list': undefined,
  'address.save': { address },
  'address.remove': { id },
  'auth.signIn': { email: 'maya@example.com', password: 'a long passphrase' },
  'auth.signOut': {},
  'order.requestReturn': {
    id,
    returnId: id,
    lines: [{ sku: 'MUG-OAT', quantity: 1 }],
    reason: 'damaged',
  },
  'admin.return.list': {},
  'admin.return.get': { id },
  'admin.return.approve': { id },
  'admin.return.decline': { id, answer: 'It was used' },
  'admin.return.receive': { id, lines: [{ sku: 'MUG-OAT', quantity: 1, disposition: 'restock' }] },
  'admin.return.refund': { id },
  'admin.draft.list': {},
  'admin.draft.get': { id },
  'admin.draft.save': {
    id,
    version: 0,
    email: 'maya@example.com',
    shippingAddress: address,
    lines: [{ sku: 'MUG-OAT', quantity: 1 }],
  },
  'admin.draft.send': { id },
  'admin.draft.discard': { id },
  'admin.draft.place': {
    id,
    paymentMethod: { type: 'cod' },
    expectedTotal: { amount: 2390, currency: 'EUR' },
  },
  'admin.order.list': {},
  'admin.order.get': { id },
  'admin.order.changeStatus': { id, status: 'shipped' },
  'admin.order.cancel': { id },
  'admin.order.ship': { id, shipmentId: id },
  'admin.order.correctShipment': { id, shipmentId: id, trackingNumber: 'JD01' },
  'admin.order.deliverShipment': { id, shipmentId: id },
  'admin.payment.get': { id },
  'admin.payment.list': {},
  'admin.payment.refund': { id, paymentId: id, reason: 'Scratched' },
  'admin.payment.journal': { id },
  'admin.product.list': {},
  'admin.product.get': { idOrSlug: 'harbour-mug' },
  'admin.product.create': newProduct,
  'admin.product.update': { id, name: 'Harbour cup' },
  'admin.product.remove': { id },
  'admin.category.create': { name: 'Tableware' },
  'admin.stock.list': {},
  'admin.stock.level': { sku: 'MUG-OAT' },
  'admin.stock.adjust': { sku: 'MUG-OAT', delta: 1, reason: 'found' },
  'admin.stock.products': { skus: ['MUG-OAT'] },
  'admin.stock.configure': { sku: 'MUG-OAT', lowThreshold: 3 },
  'admin.stock.movements': {},
  'admin.stock.locations': undefined,
  'admin.location.create': { code: 'back', name: 'Back' },
  'admin.location.update': { id, name: 'Back' },
  'admin.location.reorder': { ids: [id] },
  'admin.transfer.list': {},
  'admin.transfer.get': { id },
  'admin.transfer.create': { fromLocationId: id, toLocationId: newId(), lines: [{ sku: 'A', quantity: 1 }] },
  'admin.transfer.receive': { id },
  'admin.count.list': {},
  'admin.count.get': { id },
  'admin.count.open': { locationId: id },
  'admin.count.enter': { id, lines: [{ sku: 'A', counted: 1 }] },
  'admin.count.post': { id },
  'admin.count.cancel': { id },
  'admin.receipt.list': {},
  'admin.receipt.create': { locationId: id, lines: [{ sku: 'A', quantity: 1 }] },
  'admin.customer.list': {},
  'admin.customer.setRoles': { userId: id, roles: ['customer'] },
  'admin.report.sales': {},
  'admin.mailbox.list': {},
  'admin.mailbox.get': { id },
  'admin.mailbox.resend': { id },
  'admin.events.overview': undefined,
  'admin.events.deadLetters': undefined,
  'admin.events.replay': { service: 'order', id: crypto.randomUUID() },
  'admin.audit.list': {},
}
