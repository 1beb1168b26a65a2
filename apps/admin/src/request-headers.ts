/** What the proxy tells the pages about their request. A hint for links, never a proof of anything. */
export const pathHeader = 'x-souk-path'
export const nonceHeader = 'x-nonce'
