import { Alert } from '@souk/ui/alert'
import type { Metadata } from 'next'
import { readProfile } from '../../data/account.ts'
import { ChangePasswordForm } from '../../features/account/change-password-form.tsx'
import { ProfileForm } from '../../features/account/profile-form.tsx'
import type { SearchParams } from '../../features/search/product-filters.ts'

export const metadata: Metadata = { title: 'Profile', robots: { index: false } }

export default async function ProfilePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [{ name, email }, { password }] = await Promise.all([readProfile(), searchParams])
  return (
    <>
      <h1 className="display mb-8 text-3xl">Profile</h1>
      <div className="grid max-w-4xl gap-12 md:grid-cols-2">
        <section aria-labelledby="person">
          <h2 id="person" className="display mb-5 text-xl">
            Name and e-mail
          </h2>
          <ProfileForm name={name} email={email} />
        </section>
        <section aria-labelledby="password">
          <h2 id="password" className="display mb-5 text-xl">
            Password
          </h2>
          {password === 'changed' && (
            <Alert tone="success" title="Your password is changed" className="mb-5">
              Other devices are signed out.
            </Alert>
          )}
          <ChangePasswordForm email={email} />
        </section>
      </div>
    </>
  )
}
