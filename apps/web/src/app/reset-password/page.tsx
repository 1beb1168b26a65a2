import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import type { Metadata } from 'next'
import Link from 'next/link'
import { ResetPasswordForm } from '../../features/account/reset-password-form.tsx'
import type { SearchParams } from '../../features/search/product-filters.ts'
import { paths } from '../../paths.ts'
import { AuthPage } from '../auth-page.tsx'

export const metadata: Metadata = {
  title: 'Choose a new password',
  robots: { index: false },
  // The address holds a key until the form has taken it over.
  referrer: 'no-referrer',
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { token } = await searchParams
  if (typeof token !== 'string' || token.length < 20 || token.length > 200) {
    return (
      <div className="page">
        <EmptyState
          headingLevel="h1"
          title="This link is not complete"
          actions={
            <LinkButton component={Link} href={paths.forgotPassword()}>
              Send a new link
            </LinkButton>
          }
        >
          Open the whole link from the e-mail, or have a new one sent.
        </EmptyState>
      </div>
    )
  }
  return (
    <AuthPage title="Choose a new password">
      <ResetPasswordForm token={token} />
    </AuthPage>
  )
}
