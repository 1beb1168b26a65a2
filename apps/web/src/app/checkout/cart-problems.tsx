'use client'

import type { Cart } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { LinkButton } from '@souk/ui/link-button'
import Link from 'next/link'
import { paths } from '../../paths.ts'

/** What changed about the cart since it was filled, before anything is typed in vain. */
export function CartProblems({ lines }: { lines: Cart['lines'] }) {
  if (lines.length === 0) return null
  return (
    <Alert
      tone="warning"
      title="Your cart needs a look first"
      className="mb-8"
      actions={
        <LinkButton component={Link} href={paths.cart()} variant="secondary">
          Go to your cart
        </LinkButton>
      }
    >
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line.sku}>
            {line.name}: {problemText(line)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function problemText(line: Cart['lines'][number]): string {
  if (line.problem === 'not_for_sale') return 'no longer for sale'
  return line.problem === 'sold_out' ? 'sold out' : `only ${line.available ?? 0} left`
}
