import { createHmac } from 'node:crypto'

/** No letter that is read as another: Crockford's base 32. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 20

/**
 * The code of a gift card: 100 bits that only this service can compute from the card's id, so that it is
 * stored nowhere and a repeated command still shows it.
 */
export function codeOf(cardId: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`gift-card-code ${cardId}`).digest()
  const signs = [...bytes.subarray(0, length)].map((byte) => letters[byte % letters.length])
  return signs.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** The code as it was meant, or nothing when no card can have it. */
export function readCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const isCode = plain.length === length && [...plain].every((sign) => letters.includes(sign))
  return isCode ? plain : undefined
}

/** What is stored of a code: nobody who has the database can try codes without the secret. */
export function hashCode(plain: string, secret: string): string {
  return createHmac('sha256', secret).update(`gift-card-hash ${plain}`).digest('base64url')
}
