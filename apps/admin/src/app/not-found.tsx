import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { paths } from '../paths.ts'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-page px-6">
      <EmptyState
        title="There is no such page"
        headingLevel="h1"
        actions={
          <LinkButton href={paths.dashboard()} size="small">
            Go to the dashboard
          </LinkButton>
        }
      >
        <p>The address may be mistyped, or what was here has been removed.</p>
      </EmptyState>
    </main>
  )
}
