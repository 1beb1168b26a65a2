import type { ReactNode } from 'react'
import { AccountNav } from '../../features/account/account-nav.tsx'
import { SignOutButton } from '../../features/account/sign-out-button.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="page grid gap-x-16 gap-y-8 pt-8 md:pt-12 lg:grid-cols-[12rem_1fr]">
      <div className="flex flex-wrap items-center justify-between gap-4 lg:flex-col lg:items-start lg:justify-start">
        <AccountNav />
        <SignOutButton />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
