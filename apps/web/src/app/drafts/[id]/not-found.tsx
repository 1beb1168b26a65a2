import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import Link from 'next/link'
import { paths } from '../../../paths.ts'

export default function NoSuchDraft() {
  return (
    <div className="page pt-8 md:pt-12">
      <EmptyState
        title="There is no such order"
        headingLevel="h1"
        actions={
          <LinkButton component={Link} href={paths.products()}>
            To the shop
          </LinkButton>
        }
      >
        <p>Open it with the link in our e-mail. If it came to somebody else, ask them.</p>
      </EmptyState>
    </div>
  )
}
