import type { PaymentMethod } from '../contract.ts'

/** What people see of a means of payment: never a token, and of a UPI id only its first letter and bank. */
export function methodLabel(method: PaymentMethod): string {
  switch (method.type) {
    case 'card':
      return 'Card'
    case 'upi': {
      const [name = '', bank = ''] = method.vpa.split('@')
      return `UPI ${name.slice(0, 1)}***@${bank}`
    }
    case 'netbanking':
      return `Netbanking ${method.bank}`
    case 'wallet':
      return `Wallet ${method.wallet}`
    case 'cod':
      return 'Cash on delivery'
  }
}
