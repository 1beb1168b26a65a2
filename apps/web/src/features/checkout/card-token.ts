import { hostedPageToken, type PaymentMethods } from '@souk/payment/contract'

type Fields = { tokenize: () => Promise<string | undefined> }

/**
 * What stands for the card, or nothing when the fields show what is wrong with it. Throws while there is no
 * place to type one: nothing was sent then, which is not the same as having no answer.
 */
export async function readCardToken(
  entry: PaymentMethods['card'] | undefined,
  fields: Fields | null,
): Promise<string | undefined> {
  if (entry === 'hosted_page') return hostedPageToken
  if (entry === undefined || fields === null) throw new Error('There is no place to type a card')
  return await fields.tokenize()
}
