/** Every link inside the admin is built here. */
export const paths = {
  dashboard: () => '/',
  signIn: (next?: string, why?: 'ended') =>
    withQuery('/sign-in', { next: next === '/' ? undefined : next, why }),
  orders: (query: { status?: string; q?: string } = {}) => withQuery('/orders', query),
  order: (id: string) => `/orders/${id}`,
  orderEvents: (id: string) => `/api/orders/${id}/events`,
  drafts: () => '/drafts',
  newDraft: () => '/drafts/new',
  draft: (id: string) => `/drafts/${id}`,
  invoice: (id: string) => `/api/invoices/${id}`,
  returns: (query: { status?: string; q?: string } = {}) => withQuery('/returns', query),
  return: (id: string) => `/returns/${id}`,
  products: (query: { q?: string; category?: string } = {}) => withQuery('/products', query),
  newProduct: () => '/products/new',
  product: (id: string) => `/products/${id}`,
  stock: (query: { q?: string; state?: string } = {}) => withQuery('/stock', query),
  stockItem: (sku: string) => `/stock/items/${encodeURIComponent(sku)}`,
  receipts: () => '/stock/receipts',
  transfers: () => '/stock/transfers',
  transfer: (id: string) => `/stock/transfers/${id}`,
  counts: () => '/stock/counts',
  count: (id: string) => `/stock/counts/${id}`,
  locations: () => '/stock/locations',
  movements: (query: { sku?: string; orderId?: string } = {}) => withQuery('/stock/movements', query),
  promotions: (query: { q?: string } = {}) => withQuery('/promotions', query),
  newPromotion: (query: { copy?: string } = {}) => withQuery('/promotions/new', query),
  promotion: (id: string) => `/promotions/${id}`,
  delivery: () => '/delivery',
  taxes: () => '/taxes',
  customers: (query: { q?: string } = {}) => withQuery('/customers', query),
  giftCards: (query: { q?: string; kind?: string } = {}) => withQuery('/gift-cards', query),
  giftCard: (id: string) => `/gift-cards/${id}`,
  mailbox: (query: { q?: string } = {}) => withQuery('/mailbox', query),
  message: (id: string) => `/mailbox/${id}`,
  messageBody: (id: string) => `/api/messages/${id}/body`,
  reconciliation: () => '/payments/reconciliation',
  events: () => '/events',
  audit: () => '/audit',
  activity: () => '/activity',
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value)
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

/** A path of this app to return to after sign-in, or the dashboard when the text leads elsewhere. */
export function localPath(text: string | null | undefined): string {
  const here = 'http://here'
  if (!text?.startsWith('/') || !URL.canParse(text, here)) return paths.dashboard()
  const url = new URL(text, here)
  if (url.origin !== here || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return paths.dashboard()
  return `${url.pathname}${url.search}`
}
