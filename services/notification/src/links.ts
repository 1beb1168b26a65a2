/** Every address that a mail links to. */
export type Links = {
  shop: string
  /** A guest's link carries the key to the order; a customer signs in. */
  order(orderId: string, accessToken: string | null): string
  /** Where a customer looks at a draft and pays it. */
  draft(draftId: string, draftToken: string): string
  account: string
  products: string
  forgotPassword: string
  resetPassword(token: string): string
  /** None when the admin's address is not configured. */
  stock(sku: string): string | undefined
}

export function createLinks(webUrl: string, adminUrl: string | undefined): Links {
  const query = (value: string) => encodeURIComponent(value)
  return {
    shop: webUrl,
    order: (orderId, accessToken) =>
      `${webUrl}/orders/${query(orderId)}${accessToken === null ? '' : `?token=${query(accessToken)}`}`,
    draft: (draftId, draftToken) => `${webUrl}/drafts/${query(draftId)}?token=${query(draftToken)}`,
    account: `${webUrl}/account`,
    products: `${webUrl}/products`,
    forgotPassword: `${webUrl}/forgot-password`,
    resetPassword: (token) => `${webUrl}/reset-password?token=${query(token)}`,
    stock: (sku) => (adminUrl === undefined ? undefined : `${adminUrl}/stock?q=${query(sku)}`),
  }
}
