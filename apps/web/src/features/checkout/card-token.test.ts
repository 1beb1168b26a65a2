import { describe, expect, test } from 'vitest'
import { readCardToken } from './card-token.ts'

const fields = (token: string | undefined) => ({ tokenize: async () => token })

describe('what stands for a card', () => {
  test('comes from the provider’s fields, or from nowhere when they refuse what was typed', async () => {
    expect(await readCardToken('fields', fields('tok_visa'))).toBe('tok_visa')
    expect(await readCardToken('fields', fields(undefined))).toBeUndefined()
  })

  test('is the word for the provider’s own page where the card is typed there', async () => {
    expect(await readCardToken('hosted_page', null)).toBe('hosted_page')
  })

  test('is refused while nobody knows where cards are typed, so that no pay button goes unanswered', async () => {
    await expect(readCardToken(undefined, null)).rejects.toThrow('no place')
    await expect(readCardToken('fields', null)).rejects.toThrow('no place')
  })
})
