/** Every address of the shop, so that a link is never typed twice. */
export const paths = {
  home: () => '/',
  products: () => '/products',
  search: (q: string) => `/products?q=${encodeURIComponent(q)}`,
  colour: (family: string) => `/products?colour=${encodeURIComponent(family)}`,
  category: (slug: string) => `/categories/${encodeURIComponent(slug)}`,
  product: (slug: string, colour?: string) =>
    `/products/${encodeURIComponent(slug)}${colour ? `?colour=${encodeURIComponent(colour)}` : ''}`,
  cart: () => '/cart',
  checkout: () => '/checkout',
  signIn: (returnTo?: string) => withReturn('/sign-in', returnTo),
  register: (returnTo?: string) => withReturn('/register', returnTo),
  forgotPassword: () => '/forgot-password',
  account: () => '/account',
  accountOrders: () => '/account/orders',
  accountAddresses: () => '/account/addresses',
  accountCredit: () => '/account/credit',
  order: (id: string) => `/orders/${encodeURIComponent(id)}`,
  orderAccess: (id: string) => `/orders/${encodeURIComponent(id)}/access`,
  orderEvents: (id: string) => `/orders/${encodeURIComponent(id)}/events`,
  orderState: (id: string) => `/orders/${encodeURIComponent(id)}/state`,
  orderInvoices: (id: string) => `/orders/${encodeURIComponent(id)}/invoices`,
  /** Below the order's own address, so that a guest's key comes along. */
  orderInvoice: (id: string, documentId: string) =>
    `/orders/${encodeURIComponent(id)}/invoices/${encodeURIComponent(documentId)}`,
  draft: (id: string) => `/drafts/${encodeURIComponent(id)}`,
  shipping: () => '/shipping-and-returns',
  privacy: () => '/privacy',
} as const

function withReturn(path: string, returnTo?: string): string {
  return returnTo ? `${path}?callbackUrl=${encodeURIComponent(returnTo)}` : path
}
