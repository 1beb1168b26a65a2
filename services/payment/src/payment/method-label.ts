import type { PaymentMethod } from '../contract.ts'
import type { PaymentChoices } from '../provider/provider.ts'

/** What people see of a means of payment: never a token, and of a UPI id only its first letter and bank. */
export function methodLabel(method: PaymentMethod, known: PaymentChoices): string {
  switch (method.type) {
    case 'card':
      return 'Card'
    case 'upi': {
      const [name = '', bank = ''] = method.vpa.split('@')
      return `UPI ${name.slice(0, 1)}***@${bank}`
    }
    case 'netbanking':
      return `Netbanking, ${nameOf(known.banks, method.bank) ?? method.bank}`
    case 'wallet':
      return nameOf(known.wallets, method.wallet) ?? `Wallet ${method.wallet}`
    case 'cod':
      return 'Cash on delivery'
    case 'credit':
      return 'Gift card'
  }
}

function nameOf(list: PaymentChoices['banks'], code: string): string | undefined {
  return list.find((choice) => choice.code === code)?.name
}
