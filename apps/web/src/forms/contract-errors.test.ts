import { Register } from '@souk/identity/contract'
import { Address } from '@souk/kernel/address'
import { describe, expect, it } from 'vitest'
import { checkContract } from './contract-errors.ts'

const names = {
  name: 'your name',
  line1: 'your street',
  email: 'your e-mail address',
  password: 'a password',
}
const address = { name: 'Ada', line1: 'Hill 1', city: 'Cork', postalCode: 'T12', country: 'IE' }

describe('what a form says about its fields', () => {
  it('gives what the contract gives when all is right', () => {
    expect(checkContract(Address, { ...address, name: '  Ada ' }, names)).toEqual({
      isValid: true,
      data: { ...address, name: 'Ada' },
    })
  })

  it('asks for what is missing, by its name', () => {
    expect(checkContract(Address, { ...address, name: '   ', line1: '', city: undefined }, names)).toEqual({
      isValid: false,
      errors: { name: 'Enter your name.', line1: 'Enter your street.', city: 'Enter this field.' },
    })
  })

  it('keeps the words the contract has itself', () => {
    expect(checkContract(Address, { ...address, phone: 'call me' }, names)).toMatchObject({
      errors: { phone: 'Digits, spaces and + ( ) . / - only' },
    })
    expect(checkContract(Register, { name: 'A', email: 'a@b.ie', password: 'short' }, names)).toMatchObject({
      errors: { password: 'At least 10 characters' },
    })
  })

  it('says what a complete e-mail address looks like', () => {
    expect(checkContract(Register, { name: 'A', email: 'ada@', password: 'long enough' }, names)).toEqual({
      isValid: false,
      errors: { email: 'Enter a complete e-mail address, such as name@example.com.' },
    })
  })

  it('says how long is too long', () => {
    expect(checkContract(Address, { ...address, name: 'a'.repeat(121) }, names)).toMatchObject({
      errors: { name: 'Use at most 120 characters.' },
    })
  })
})
